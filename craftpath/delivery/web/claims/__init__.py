"""Pages of outside certificates: one's own, the officer's desk, trusted issuers, and the ladders of levels."""
