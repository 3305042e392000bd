"""The power goes: servers killed in the middle of what they do."""
