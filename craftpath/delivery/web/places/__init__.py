"""Pages: see `urls.py`."""
