"""Progression: gates between stages, and before an examination.

Words: gate 关口 (what must be true before a stage is left or an examination is sat), condition 条件 (one line of it),
finding 核对结果 (how one condition stands for one apprentice, with figures and who can supply what is missing),
evidence 佐证 (a paper that somebody has seen, noted by name), waiver 免除 (a condition that somebody takes upon
oneself), passage 通关 (the recorded decision, with everything as it stood then: passed, admitted, or to repeat).
Nothing passes by itself: a person opens a gate. Neighbours: what conditions ask is read from `evaluation`, `reviews`,
`logbook`, `learning`, `training`, `agreements`; the stage itself is passed in `apprenticeships`.
"""
