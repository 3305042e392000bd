"""`manage.py` commands: demo, serve, work."""
