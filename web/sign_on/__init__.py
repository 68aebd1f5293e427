"""The pages of signing on and off."""
