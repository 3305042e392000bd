"""Tokens by which programs come in: one's own, and those of an organisation."""
