"""Appraisals: how well a trainer's apprentices progress, fairly, with its doubt, and open to objection.

Words: scheme 带教评价办法 (what counts how much: one version of a row), round 评价批次 (one organisation, one period),
appraisal 带教评价 (what a round says of one trainer), part 评价指标 (progress, verification, response, continuity,
voice), band 评价档次, voice 徒弟反馈 (answers of apprentices, counted and never kept singly), contest 申诉.
Neighbours: the arithmetic is `engines/appraisal`; what counts comes from `evaluation`, `logbook` and `pairing`. A
published result is written down into the standing of `pairing`; `allowances` reads the band. Nothing here sorts people.
"""
