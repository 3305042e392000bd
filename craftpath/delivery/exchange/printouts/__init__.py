"""What is printed, paper by paper: each builder asks the nouns for a whole cohort at once and answers printouts."""
