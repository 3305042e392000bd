"""The REST API: the same actions, rules and queries as the pages, as JSON, for programs with a token."""
