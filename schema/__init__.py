"""What a client may ask: GraphQL types from the model, mutations, results, errors."""
