"""The hard questions, answered by pure functions: no Django, no clock, no database."""
