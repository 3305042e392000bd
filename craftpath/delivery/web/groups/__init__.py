"""Study groups: forming one in two screens, the group's own page, what is read by those who look after a class."""
