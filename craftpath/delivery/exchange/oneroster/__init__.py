"""OneRoster 1.2: what an organisation's people and classes are, as its REST services and its csv packages say it."""
