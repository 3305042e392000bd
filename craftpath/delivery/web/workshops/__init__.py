"""Workshops: planned, come to, held and reported."""
