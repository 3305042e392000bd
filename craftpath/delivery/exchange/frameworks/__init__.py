"""Frameworks of skills on their way in and out: CASE 1.1 packages, workbooks, text tables."""
