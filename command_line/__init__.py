"""The command line, one file per command; cli.py puts them together."""
