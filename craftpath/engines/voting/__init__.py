"""Voting: what a committee has decided when its votes are counted.

Words: quorum 法定人数, simple majority 简单多数, two thirds 三分之二多数, unanimous 一致同意, majority of
each side 各方过半.

A seat that votes has one voice: yes, no or abstain. Below the quorum nothing is decided, whatever was voted. An
abstention counts for the quorum and for neither side of the question.
"""

from craftpath.engines.voting.counting import count
from craftpath.engines.voting.types import Outcome, Rule, Tally, Voice, Vote

__all__ = ["Outcome", "Rule", "Tally", "Voice", "Vote", "count"]
