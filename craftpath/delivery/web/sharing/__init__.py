"""Pages about what organisations share with each other: rules, what they show, and who looked."""
