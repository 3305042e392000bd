"""Teaching: who teaches a unit of one class together, with which shares and hours – as planned, and as it was.

Words: team 教学团队 (the people who teach one unit of one class), member 团队成员 (somebody in it: trainer, skilled
master, enterprise mentor or entrepreneur, with a share), lead 负责人 (answers for the team), guest 外聘人员 (somebody
without an account), peak 生产高峰 (days on which an enterprise spares fewer people), planned hours 计划学时 (minutes of
a member in a week), taught hours 带教学时 (minutes of a member on a day, confirmed).
Neighbours: `training` says when the class is in the unit and where, `learning` which sessions were held by whom,
`pairing` who stands in for whom. Above it, allowances read `taught_minutes`.
"""
