"""Pages: sign-in, password, settings."""
