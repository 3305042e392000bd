"""Judging: what several people see of a piece of practical work, and the mark on which they agree.

Words: rubric 评分量规 (criteria with levels, versioned, never altered once it is used), practical assessment 实践考核
(a task, project, contest or job that a cohort is judged at, for one item of its scheme), rater 评分人 (who is
asked about whose work), rating 评分 (a level for each criterion, or "not observed"), exhibit 作品材料 (a photo, video,
drawing or file of the work), judgement 评判结果 (what the ratings came to, published with all of them and the gap).
Neighbours: the rule by which marks become one stands in the scheme (`programmes`), its arithmetic in
`engines/rating`; a published mark is handed down to `evaluation`, which points back here.
"""
