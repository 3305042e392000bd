"""Participation: what an apprentice took part in beside lessons and work, as somebody has confirmed it.

Words: confirmed act 已确认的学习活动 (a forum attended, a contribution to a study group, a text read, a course
finished). How much somebody posts or opens is activity and counts nowhere; what counts is what a person stands for, or
what a course has tested. Neighbours: the nouns above hand their confirmed acts down here; `evaluation` counts them.
"""
