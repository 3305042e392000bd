"""Pages of sessions and attendance: plan, call the roll, settle, confirm, sums."""
