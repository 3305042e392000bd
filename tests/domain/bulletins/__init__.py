"""Bulletins: composing, writing, voices, the way to everybody."""
