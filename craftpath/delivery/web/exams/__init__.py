"""Pages of the item bank."""
