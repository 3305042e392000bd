"""Insight: what the record says of many at once, in figures that give nobody away.

Every noun below gives its rows of the star in a `starred` of its own; this one keeps their additive parts in cells,
slice by slice, follows the history to know which slices are stale, and decides over all cells of a tree which of them
anybody may see. It calls no action of another noun. It also keeps what was handed over to a lake, and the figures of
roll-ups that were taken in.
"""
