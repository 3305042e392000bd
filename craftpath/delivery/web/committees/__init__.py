"""Pages of committees: who sits in them, meetings, votes, minutes and decisions."""
