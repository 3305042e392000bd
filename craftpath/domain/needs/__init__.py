"""Analyses of needs: what surveys of skills come to, worked out once, published, and signed as a list of priorities.

Words: analysis 需求分析 (one or several surveys, worked out by a stated method and kept), priority 优先项 (a skill of
the list that is published with it), sign-off 会签 (somebody stands by the list), part 调查部分 (one wave of one
survey). The arithmetic stands in `engines/needs`, what is hidden in `engines/disclosure`; answers come as columns from
`domain/surveys`. Nothing here knows who answered what.
"""
