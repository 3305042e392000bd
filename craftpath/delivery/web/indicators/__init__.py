"""Pages of indicators: what an organisation's figures say, by one definition each, and what anybody may read."""
