"""Pages: apprenticeships."""
