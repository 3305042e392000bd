"""Reviews: every few weeks apprentice, mentor and college look back and agree on what comes next.

Words: review 回顾谈话 (one talk of the three, planned for a moment), part 发言 (what one side writes for it),
goal 谈话目标 (something agreed in a review, carried into the next ones until it is met or dropped), colour
状态灯 (green, amber or red, the latter two with a reason), excuse 免签 (why somebody who took part does not
sign any more). Neighbours: the text is fixed and signed by the kernel, in any order; facts shown beside
it come from `logbook`, `learning` and `training`; whether reviews were held in time goes up into
`evaluation` and `progression`.
"""
