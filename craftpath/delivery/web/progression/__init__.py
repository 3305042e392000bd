"""Gates: what each asks, who is ready, who can supply what is missing; the decision; the page to show at home."""
