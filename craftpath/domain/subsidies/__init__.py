"""Subsidies: what a public body pays for a class of apprentices, from its registration to the audit.

Words: scheme 补贴办法 (one version of a region's rule, as a row), file 补贴档案 (one class of one enterprise under one
scheme), person of a file 档案学员, paper 材料 (a required document, with its versions), claimed year 已申领人年 (a
person-year that nobody claims again), audit 审计 (a drawn sample, access until a day, findings with answers), pack
材料包 (the whole file as one archive).
The arithmetic stands in `engines/allowances/subsidies`; what it came to is kept here and never worked out anew. What
the house knows of agreements, sessions and results is read in the doors and comes in as plain values.
"""
