"""Pages. Each folder mirrors a noun: addresses, views, forms, and the HTML beside them."""
