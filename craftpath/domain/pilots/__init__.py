"""Pilots: organisations, cities and sectors going round the steps that build core skills into training.

Words: cycle 步骤表 (one version of the steps, as data), pilot 试点 (who goes round, with members and goals), round 轮次
(once round, on one version of the cycle), step 步骤 (with owner, day, deliverables), finding 取证 (what the site
itself finds in the record), change 改进事项 (what the last step decides; the next round starts from it), case 国别案例,
report 轮次报告 (issued as a version, frozen).
Stands on every noun below and writes into none. How a step is done: `docs/decisions/0040-steps-are-done-by-evidence.md`
"""
