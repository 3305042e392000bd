"""Pages of outside evidence: what programs send, and what of it counts."""
