"""The demonstration's sign-on: a real OpenID provider (npm `oidc-provider`) for two agencies with sample people."""
