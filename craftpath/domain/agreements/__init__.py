"""Agreements: what was agreed, checked, signed and changed between an apprentice, an enterprise and a college.

Words: agreement 培养协议, terms 协议条款, checklist 核对清单 (ILO Recommendation 208 and the law's rows),
waiver 豁免, amendment 变更协议, absence 请假, application 报名. The text is fixed by `kernel/signing.py`;
`checking.py` and `consequences.py` are arithmetic without a database; countries are files in `presets/`. It calls
down to `apprenticeships` to begin, pause, move and end an enrolment. Neighbours: `partnership` keeps the cooperation
agreements.
"""
