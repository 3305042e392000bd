"""Accreditation: enterprises come into the register of a city, and their training places are recognised.

Words: registration 企业登记 (what an enterprise says of itself, checked line by line, with a visit, then decided by
the city), line 核对项, visit 实地核查, training place 培训岗位 (so many apprentices of one occupation at one enterprise
or site, between two days, under conditions). Registering plants the organisation in the tree, or ties the registration
to one that is there. Neighbours: agreements ask `queries.capacity_on` how many places there are; nothing here knows
who learns where.
"""
