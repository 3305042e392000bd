"""Files of the library read, and the languages in which catalogues speak of them."""
