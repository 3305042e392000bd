"""Pages of the studio: drafts of new occupations, their versions, pilots and decisions, and training projects."""
