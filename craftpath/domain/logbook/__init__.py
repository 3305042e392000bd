"""Logbook: what apprentices did, day by day, in their own words, and what their mentors say to it.

Words: entry 学习日志 (one piece of a day, with minutes, a photo or a line, and one skill); confirmation 确认 (by a
mentor or trainer of the apprentice; a confirmed entry never changes); remark 批注; correction 更正; other version
另一版本 (what a second device wrote at the same time); talk 抽查面谈 (two minutes a month about one entry); observation
观察记录 (a job that somebody saw an apprentice do). Nothing is
confirmed by silence; overdue and silent are questions of the day, never states. Neighbours: confirmed hours go down
into the ledger of `training`.
"""
