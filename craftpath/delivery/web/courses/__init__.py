"""Pages of courses on line: writing, following, looking after those who follow."""
