"""The write side: a command decides, one unit of work writes what it decided (`docs/decisions`)."""
