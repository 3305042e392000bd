"""A bulletin on paper."""
