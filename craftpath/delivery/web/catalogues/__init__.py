"""Pages of classifications and public catalogues: searched, held against each other, and taken in from files."""
