"""Exams: the bank of items from which papers are put together.

Words: item 试题 (what is asked, of one kind), version 试题版本 (its text, key and points at one time: append-only),
stimulus 共用材料 (a text or picture that several items refer to), picture 试题图片, enemies 互斥试题 (never in one
paper). Nothing is judged here: `engines/scoring` does that, from what `content.question` hands it. Neighbours:
`programmes` has the outcomes that items ask for, `standards` the core skills; papers and sittings will stand on
`ItemVersion`.

Reading order: content (what an item holds, and what is wrong with it) → models → rules → actions → queries.
"""
