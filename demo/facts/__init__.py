"""What is true and was not generated: divisions, subjects, institutions, platforms, the origin's agreements."""
