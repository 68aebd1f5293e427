"""`/verify`: whether a certificate is real, for anybody who holds its number."""
