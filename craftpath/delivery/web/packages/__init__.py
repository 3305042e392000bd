"""Pages of packages: taking them in, trying them, playing them, and who is how far."""
