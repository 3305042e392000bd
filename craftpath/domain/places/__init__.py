"""Places: where an organisation trains: where it lies, what it offers, how many it takes, how one gets there.

Words: place 培训地点, seats 学位 (how many of an occupation begin in a term), travel 路程时间 (minutes by a mode,
stated or estimated), outline 轮廓. Positions are WGS-84; those of Chinese maps are made true when they come in.
Neighbours: demand is counted from applications and enrolments, which stand above, so the doors put both together.
"""
