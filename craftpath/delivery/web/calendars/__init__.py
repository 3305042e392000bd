"""Somebody's own calendar as a feed that other programs read; other rooms bring what stands in it."""
