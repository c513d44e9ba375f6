"""The command line: reads files, prints text; every decision is made below."""
