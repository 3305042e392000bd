"""Offers: who asks a city's service desk for what, who offers what, and what came of it.

Words: request 供需事项 (one thing that is asked for or offered; its kind says which), message 留言 (what one side says
to the other, in one thread), promise 答复承诺 (so many workdays until somebody answers), fit 匹配 (how well two
requests go together, with its reasons), outcome 结果 (what came of it, and what the asker thinks of it). Every request
belongs to one city, whose desk sees to it that somebody answers. What came of it is a Ref, resolved in the doors.
"""
