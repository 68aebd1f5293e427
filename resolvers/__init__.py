"""How a request is answered: from a GraphQL operation to one statement and its answer."""
