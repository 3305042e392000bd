"""Questions and answers: asked in two taps, answered by whoever knows within a time that is said beforehand.

Words: question 提问 (with who sees it and who sees the name), answer 回答, call 转到 (who is asked to answer), accepted
采纳 (by the asker), endorsed 认可 (by a master or trainer), thanks 感谢, report 举报, hiding 隐藏 (by the office, for a
reason, with an appeal), promise 答复时限.
Stands on apprenticeships (whose class, whose master) and standards (skills). A hidden name is kept here and nowhere
else: no fact, notice, file or address tells it. `docs/decisions/0044-a-name-that-is-hidden.md`
"""
