"""How large what somebody brings may be."""

LARGEST = 2 * 2**20
"""Bytes of a file."""
