"""Programmes: what an apprenticeship is made of – stages, learning areas and evaluation schemes, each a version.

Words: programme 培养方案, stage 阶段, learning area 学习领域, evaluation scheme 评价方案 (components 评价项目
with their items 评价条目, pass rules 合格规则). A country is a preset: rows read from a file, no code.
A scheme is one row whose definition is written whole, so its weights total 100 at every save, and
it never changes once it is in use. Neighbours: `apprenticeships` follows a programme's stages, `evaluation`
applies a scheme.
"""
