"""Ventures: what enterprise and college run together – units, teams, projects, products.

Words: venture 共营项目 (planned, running, finished, stopped), side 参与方 with what it does, in charge 负责人,
milestone 里程碑, pointer 关联 (a Ref to what it is about, resolved by the doors), log 纪事, product 成果 (shown at the
end with a photo).
Stands on partnership (`basis.py` is the one place that asks for the sides of an agreement and its last day). Each
side names its own people in charge. Hours and costs are contributions and stand elsewhere.
"""
