"""The learner's record: one person across employers, colleges, stages and cities, shown, shared and carried along.

Words: record 学习档案 (what is gathered of one person, computed and never kept), section 栏目 (one kind of entries),
share 分享链接 (a link to chosen sections until a day; revoked at once; who looked is counted, not kept), look 查看
(how often a share was opened on a day, by which kind of browser), imported record 带入档案 (a signed file of another
site, verified, kept apart from what happened here; it never counts by itself).
Stands on all nouns that know something of a learner, and writes into none of them.
"""
