"""Pages of what enterprise and college run together: those of an agreement, one of them, products over the years."""
