"""Pages: bulletins."""
