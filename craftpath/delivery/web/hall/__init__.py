"""The door of the examination room: a code from a slip opens the own paper, on whatever device."""
