"""Study: where somebody stands in a skill by what was answered, what comes next and why, and five minutes of practice.

Words: diagnosis 学情诊断 (as few questions as certainty allows), answer 答题记录 (one row an answer, with all that
the engine needs), card 练习卡 (when a question comes again), set 一组练习 (what fills five minutes), override 调整
(known, must, not now; by a trainer or by the apprentice), objection 异议 (what is said of me is wrong).
Stands on exams (exercises: items that are open to practice, rendered and scored there), on growth (goals) and on
training (which units practise a skill). Nothing here counts in any mark, and no level of `growth` comes of it.
The engine `engines/mastery` says what is mastered, what to ask next and when a question comes again.

Reading order: models → measuring (what answers say) → diagnosing, practising → steering → pathing → queries.
"""
