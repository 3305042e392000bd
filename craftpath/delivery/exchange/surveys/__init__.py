"""Surveys between the nouns: whom they ask, and their answers as sheets."""
