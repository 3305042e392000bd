"""Forums: the list, one forum, its meetings, threads and posts; what waits; the office."""
