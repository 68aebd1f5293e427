"""The HTTP edge: the GraphQL endpoint, health, pages."""
