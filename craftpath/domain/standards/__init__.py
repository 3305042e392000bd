"""Standards: what there is to be learned, by names that every college and country shares.

Words: framework 技能框架 (a published list of skills), domain 技能领域, skill 技能. The first framework is the nineteen
core skills of the ILO. Neighbours: every noun above tags its rows with a skill's key; nothing here knows who they
are.
"""
