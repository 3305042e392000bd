"""The working calendar of an organisation."""
