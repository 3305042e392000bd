"""Pages: sheets."""
