"""Figures of many as files: a city's star handed over to a lake, and the figures of a roll-up taken in."""
