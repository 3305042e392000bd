"""Papers and sittings for those who hold them: what is asked, who sits where, codes, essays, results."""
