"""Activity: what people did, as xAPI statements, kept append-only from the first day.

Words: statement (actor, verb, object, result, context). Neighbours: every noun above hands its own
facts down here through its reactions; nothing here knows who they are.
"""
