"""Threats of the design: each control has a test, and each test fails for the naive version."""
