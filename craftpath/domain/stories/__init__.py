"""Masters' stories: told by prompts, shown with consent, leading on to skills, exercises and the master.

A story is told (`telling`), checked by the office and shown (`moving`), and talked about (`talking`). Who agreed to
what stands on the story; the purpose `story` of the kernel's consents rules above it: taken back there, every story of
that person is gone at once.
"""
