"""Pages of appraisals: one's own, rounds, one trainer's for the office, contests, what counts, three questions."""
