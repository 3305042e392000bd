"""Craftpath (匠途): one record of an apprenticeship, from the signed agreement to the diploma."""
