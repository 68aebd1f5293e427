"""Where the graph is: the model, the Cypher compiler, the commands, the driver."""
