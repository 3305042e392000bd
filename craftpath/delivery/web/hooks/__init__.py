"""Web hooks of an organisation."""
