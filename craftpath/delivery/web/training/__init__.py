"""Plans, rotation, hours: what a cohort learns where and when, and what has been done of it."""
