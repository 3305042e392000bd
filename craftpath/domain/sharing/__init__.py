"""Sharing: what one organisation lets another see, for which purpose, on which basis, and until when.

Words: sharing rule 共享规则 (giver, receiver, kind of data, columns, of whom, purpose, basis, days), basis 依据
(agreement in force, law, consent, public interest), look 查看 (who of the receiver looked, when, at how many lines).
A rule is written by the giver and accepted by the receiver; it is never edited but replaced, and ends with its basis.
Which kinds of data there are and what their lines hold, `delivery/exchange/sharing` knows, since it reads the nouns
above. Neighbours: `partnership` says until when an agreement binds.
"""
