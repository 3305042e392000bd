"""Units, outcomes and assessments of curricula as sheets, out and in."""
