"""Which of two versions of the same thing stands, when sites wrote without knowing of each other?

Two sites that have heard the same versions, in any order and however often, keep the same one; what was written on both
sides without either knowing of the other is a clash, and both sides of it are told.
"""

from craftpath.engines.merging.versions import FIRST, Clash, Version, merge, seen_by, written

__all__ = ["FIRST", "Clash", "Version", "merge", "seen_by", "written"]
