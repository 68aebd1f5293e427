"""Records that other people keep, read into the graph: readers, connectors, one loader, one report."""
