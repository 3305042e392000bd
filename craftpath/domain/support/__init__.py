"""Support: who may need a word, why, and what came of it.

Words: look 近况 (how one apprenticeship stands, kept current), sign 提示 (a fact that speaks of somebody, as a rule
names it: given, acted on, set right, lapsed), act 帮助记录 (what a person did about it: contact, talk, plan, refer,
nothing needed), correction 更正申请 (the apprentice says that a fact is not so), model 统计模型 (a plain figure beside
the rules, off until somebody approves it). Nothing here ends, fails or moves anything: a person reads and acts.
"""
