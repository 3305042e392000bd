"""Signing, for every noun that has something to sign: on screen, by a link with a code, and the paper to take away."""
