"""Pages of study: where one stands, what comes next, five minutes of practice, and what a trainer sees and says."""
