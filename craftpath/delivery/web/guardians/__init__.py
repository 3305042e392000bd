"""A guardian says yes or no for a child by a link and a code, and takes it back the same way."""
