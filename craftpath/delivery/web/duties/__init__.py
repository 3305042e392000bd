"""What is due and overdue, for those who look after it."""
