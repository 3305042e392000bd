"""Practical work: rubrics, who is asked to rate what, rating on a phone, and publishing what raters agree on."""
