"""Pages of the logbook: one's own week, the mentor's week, one apprentice's log, who is silent."""
