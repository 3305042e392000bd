"""The directory that a personnel system keeps, and what its groups mean here."""
