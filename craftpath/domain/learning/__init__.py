"""Learning: what is taught together, and who was there.

Words: session 课次 (a lesson, a workshop, a safety induction, between two moments), roll call 点名 (what one teacher
says about a whole class at once, by exception), attendance 出勤 (what stands of it for one apprentice), other mark
另一记录 (what a second roll call says differently), objection 异议 (the apprentice says that it was otherwise). A roll
call is never written over: where two people differ, both stand and are shown until somebody settles it. Neighbours:
hours of a closed session go down into the ledger of `training`.
"""
