"""Reviews: one's own, those of a cohort, planning from a pattern, and one review from its words to its signatures."""
