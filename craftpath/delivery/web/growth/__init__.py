"""Skill pages: one person's core skills by stage, what was said of each, the self-check, and a cohort at a glance."""
