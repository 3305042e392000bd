"""Keeping the index of what can be found: `kinds` says what, `reading` reads it, `following` keeps up with changes."""
