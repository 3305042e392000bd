"""Curricula: versions of what a trade is taught, from units to choose among to an approved plan that cohorts follow.

Words: curriculum 课程方案 (what an organisation teaches for one occupation, grown from a programme), unit card 单元卡片
(a unit in the organisation's library, to choose among), version 课程方案版本 (units chosen, in order, with outcomes and
how these are assessed), review 课程评审 (college, enterprise and apprentices vote and comment on a version).
Neighbours: `programmes` gives stages, learning areas and kinds of hours, and takes an activated version back as a
programme of the organisation, which new cohorts choose; `standards` knows the skills, `partnership` the enterprises.
"""
