"""Tests: a mirror of `craftpath/`, and besides `house/` (the architecture), `journeys/` (a real browser), `cast`."""
