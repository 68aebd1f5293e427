"""When work happens outside a request: harvests, imports, repairs."""
