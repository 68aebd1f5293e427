"""The words that generated names are put together from."""
