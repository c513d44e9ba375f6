"""Faults the library survives: broken files, threads, interruptions, odd surroundings.

The ordinary run uses small numbers. `python -m tests.faults.deep` runs the same tests with large ones.
"""
