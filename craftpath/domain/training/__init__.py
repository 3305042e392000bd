"""Training: what is planned for an apprentice, and the ledger in which every evidenced minute stands once.

Words: plan 培训计划 (a cohort's units), department 部门 (where units are learned, with its capacity), stay 轮岗安排
(one apprentice, one unit, some weeks), pattern 轮岗模式 (steps from which the stays of a cohort come), clash 冲突,
hour line 学时记录 (a day's minutes in one bucket, with their source), bucket 学时类别 (`programmes.HourBucket`),
reversal 冲销 (a line that takes another one back). Lines are appended and never altered; a sum is the sum of lines.
Neighbours: `logbook` and `learning` write confirmed hours down here; `programmes` says which units and buckets
there are.
"""
