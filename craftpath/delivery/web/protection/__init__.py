"""Pages of requests about one's own data: one's own, and the desk of the office that answers."""
