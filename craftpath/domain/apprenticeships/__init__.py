"""Apprenticeships: who learns where, with whom, and how far along the path.

Words: cohort 班级, enrolment 在学记录 (one person in one cohort, with the student number), party 相关人员 (mentor,
trainer or assessor of one apprentice, between two dates), stage progress 阶段进度. A stage opens only when the one
before it is passed by a recorded decision. Neighbours: `programmes` says which stages there are; `evaluation`
marks and sums up; `pairing` will write the parties down here.
"""
