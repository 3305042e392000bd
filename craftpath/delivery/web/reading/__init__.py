"""Reading: lists, a text with one's notes and record, the club's ideas, and the table for the office."""
