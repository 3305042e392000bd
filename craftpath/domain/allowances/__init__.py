"""Allowances: what trainers are paid for their apprentices, month by month, by rules that are rows.

Words: allowance 带徒津贴, rule book 津贴规则 (a version of an organisation's rules, valid from a day), run 月度核算
(what one month comes to), line 津贴明细 (one pair, one rule, one month), counter-line 冲销 (takes an approved line
back), payment file 发放文件. Neighbours: pairs and their days come from `pairing`, stages from `apprenticeships`,
confirmed hours from `logbook`, decided results from `evaluation`; the arithmetic is the engine's.

Whoever computes or checks a run never approves it. What is approved stays; a correction is lines of a later run.
"""
