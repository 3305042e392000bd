"""1EdTech's REST services for programs of a college: CASE 1.1 for everybody, OneRoster 1.2 by a token."""
