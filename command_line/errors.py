"""Why a command could not run; cli.py prints the sentence and ends with 2."""


class CommandLineError(Exception):
    """Its text says what stood in the way and what mends it."""
