"""Training: what is planned for an apprentice, and the ledger in which every evidenced minute stands once.

Words: hour line 学时记录 (a day's minutes in one bucket, with their source), bucket 学时类别 (`programmes.HourBucket`),
reversal 冲销 (a line that takes another one back). Lines are appended and never altered; a sum is the sum of lines.
Neighbours: `logbook` and `learning` write confirmed hours down here; `programmes` says which buckets there are.
"""
