"""Matching: a round in which an office finds out who should teach whom, before anything holds.

Words: round 匹配轮次 (people, days and what matters, until it is published or dropped), seat 名单席位 (one person in a
round, on one side), profile 带教档案 (what somebody can teach and wants to learn, shift, languages), weight 权重 (how
much a criterion counts), mark 锁定／禁配 (a pin or a ban of two people), preference 志愿 (whom somebody would like),
proposal 匹配方案 (what the engine found, kept with its figures). Neighbours: publishing forms pairs in `pairing`; the
engine `pairing` solves, this room says what a pair is worth and puts the answer into words.

One way through: `gathering` reads a round as columns, `scoring` says what each possible pair is worth, `solving` asks
the engine, `explaining` says why, `publishing` lets it hold.
"""
