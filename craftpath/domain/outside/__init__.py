"""Outside evidence: what a simulator or another platform tells counts for a skill where a coordinator has said so.

Words: mapping 对应规则, outside evidence 外部佐证. A mapping names a program (its token), a verb, an activity, the
least that is enough and the skill that it speaks of; nothing counts without one. Statements stay in `activity`; here
stands only which of them count, for whom. `growth` reads them as one more kind of proof.
"""
