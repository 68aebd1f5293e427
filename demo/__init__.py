"""The demonstration: a deterministic generator of plausible records."""
