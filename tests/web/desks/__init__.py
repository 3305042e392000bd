"""Pages: desks."""
