"""Committees: who sits in one, what it meets about, how it votes, and who does what was decided.

Words: committee 委员会, seat 席位, meeting 会议, agenda 议程, motion 议案, vote 表决, minutes 会议纪要, decision 决议.

A committee belongs to whatever its owner is (a `Ref`: a cooperation, a chart of an occupation) and has sides:
organisations that each name their own seats. Votes are counted by `engines/voting`, minutes signed through
`kernel/signing.py`. Neighbours: `partnership` founds committees for its cooperations; any noun above may.
"""
