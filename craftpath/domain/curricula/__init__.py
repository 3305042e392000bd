"""Curricula: versions of what a trade is taught, from units to choose among to an approved plan that cohorts follow."""
