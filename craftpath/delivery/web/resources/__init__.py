"""Pages of the resource library."""
