"""How a mutation is answered: input → command → lane → the record's id or a fact."""
