"""Only on a demo site: its people, one press each, and a sheet to try an import with. Knows no other page."""
