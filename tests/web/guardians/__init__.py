"""A guardian answers by link and code."""
