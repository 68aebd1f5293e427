"""What a matching of willing people and open posts is given: read from the graph in few statements, plain values."""
