"""Study groups: a few of a class who learn together for a goal, in a rhythm, until a day, and say what came out.

Words: group 学习小组, member 组员 (outside, invited, asking, in), session 活动 (with a host 主持 and whoever brings
the exercise 出题), rota 轮值 and swap 对调, attendance 出勤 (by exception, with an objection 异议), notes 共享笔记,
task 任务, offer 我会的 and wish 我想学的, result 成果 (signed by the members), contribution 贡献 (a confirmed fact
about one member).
Stands on forums (what is said in a group), apprenticeships (the class) and standards (skills). Levels of skills come
from above as plain values. Only confirmed contributions may count in an evaluation (`confirmed.py`).
`docs/decisions/0051-study-groups.md`
"""
