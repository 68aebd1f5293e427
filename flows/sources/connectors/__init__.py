"""One small file for each common record: what its fields mean in the hub's own words."""
