"""Frameworks of skills: reading, comparing, writing and carrying them (see `urls.py`)."""
