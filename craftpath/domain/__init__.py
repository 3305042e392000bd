"""The nouns of the business in one agreed stack; `docs/tour.md` tells the order."""
