"""What is checked of a registration, what can be said of it, and how long words may be."""

LINES = ("identity", "contact", "occupations", "masters", "equipment", "safety", "rooms", "pays")
"""What is checked of a registration, in this order."""
OUTCOMES = ("accepted", "asked")
LEVELS = ("none", "warn", "block")
"""What happens where an agreement is begun and no place is free."""
LONGEST_NAME = 120
LONGEST_WORDS = 2000
LONGEST_PHRASE = 500
