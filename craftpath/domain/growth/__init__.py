"""Growth: what all the record says of one person's core skills, stage by stage, beside the peers' median.

Words: proof 佐证 (one confirmed fact about one skill), level 水平 (what the proofs come to, on a scale of our own, with
its doubt), view 评估 (sliders for every skill: the own self-check 自评, kept apart, or a mentor's 师傅评估, which is a
proof), goal 技能目标 (in the apprentice's words), objection 异议 (this is not about this skill).
Neighbours: the nouns below say what their rows tell of skills (`skilled.py` of each); nothing is written there. The
engine `engines/growth` makes levels of proofs.

Reading order: evidence → standing → steps (what to do next) → actions.
"""
