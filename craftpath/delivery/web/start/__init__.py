"""The first start of a real site: one form makes the organisation and its first person; then it is gone."""
