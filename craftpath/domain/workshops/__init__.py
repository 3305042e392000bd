"""Workshops: events of one or several days, on site and on line, from the agenda to the certificate and the report.

Words: workshop 研讨会, day 会议日, site 会场, agenda item 议程, speaker 主讲人, registration 报名, waiting list 候补,
check-in 签到, live question 现场提问, poll 投票, case 案例, certificate of attendance 参会证明, shelf 资源架.
Whoever comes needs no account: a registration is changed, shown at the door and used in the hall by its own link and
code. A vote is counted and not kept, so nobody can tell who voted what. Neighbours: `surveys` asks how it was,
`pilots` keeps country cases and reports that stand on the same shelf.
"""
