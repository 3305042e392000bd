"""The one door of the offline outbox: what devices wrote without a network comes in here, for all nouns.

A device names each write and sends it until there is an answer. Rooms say what they take (`takes`); the door gives each
write its receipt, so that one that arrives twice is done once.
"""
