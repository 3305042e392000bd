"""Subsidy files on their way in and out: what the record knows of their papers, sheets, and the whole as an archive."""
