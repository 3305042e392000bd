"""Pages: evaluation."""
