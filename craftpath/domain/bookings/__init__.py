"""Bookings: machines, rooms and people that one side lets others use, and who uses what when.

Words: thing 可预约资源 (equipment, room, trainer, other), closure 停用, booking 预约 (asked, booked, used, not used,
cancelled), series 每周预约, slot 时段 (a quarter of an hour of one place of a thing, which exists once), basis 依据
(the cooperation agreement under which a partner books).
Stands on partnership (`basis.py` is the one place that asks who shares with whom, and until when). What a trainer
does at a time comes from above as plain values (`Busy`). Nothing is booked twice: the database refuses a second slot.
`docs/decisions/0055-booked-quarters-are-rows.md`
"""
