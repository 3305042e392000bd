"""Directives: what an authority or an office tells the organisations below it, and who has read it.

Words: notice 通知, plan 计划, quota 指标 (how many of an occupation a place trains in a year), receipt 阅读回执
(who opened it first, and when), answer 答复 (asked for by a day). A correction is a version; what was said before
stays readable. Neighbours: progress of quotas is counted from enrolments, which stand above, so the doors put both
together.
"""
