"""Pages about cooperation agreements of enterprises and colleges."""
