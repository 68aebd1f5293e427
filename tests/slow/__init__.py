"""The slow, obvious path: a small graph in lists, and one resolver that walks it field by field under graphql-core."""
