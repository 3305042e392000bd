"""Pages of subsidy files: the board, one file with its papers, people and audits, schemes, claimed years."""
