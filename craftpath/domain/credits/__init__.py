"""The credit bank: what somebody has learned, kept as credits, until an institution takes it for a diploma.

Words: account 学分账户 (one for each person), entry 账目 (a line of the ledger: earned, converted, reversed; never
altered), credit 学分 (an earned line: used whole, and once), area 学分类别, earning rule 学分认定规则 (what an
outcome is worth, with dates), diploma 学历文凭 (a goal: total, areas, minima, what is on offer), conversion rule
折算规则 (a row of an institution's table, with dates), request 折算申请 (submitted, checked, accepted, partly,
rejected, posted, reversed), recognition of prior learning 先前学习认定.
Points are whole hundredths, everywhere. Expired is a matter of the day and writes nothing.
"""
