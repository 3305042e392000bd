"""Mentoring: what the people of a pair do together, from the agreement to the page that they keep.

Words: goal 带徒目标 (what one side is to reach, by a day), meeting 带徒记录 (a talk or an hour at the bench, written by
one and confirmed by the other), halfway talk 期中面谈 (both answer alone, then look at both answers), product 作品
(what the two made, and before whom it was shown), agreement of a pair 师徒协议 (signed by everybody in it and by the
office), graduation 出师 (checked, thanked, and frozen as a page to keep).
Neighbours: `pairing` says who is paired with whom, on which days; nothing here changes that. Those who appraise stand
above and read meetings.
"""
