"""xAPI: is this a statement, how does it look once it is kept, and is it the same as another?

Words: statement 学习陈述, agent 行为主体, group 群组, verb 动词, activity 活动, attachment 附件, voiding 作废.

`check` holds a statement against every requirement of xAPI 1.0.3 or 2.0.0 (IEEE 9274.1.1) and raises `Wrong`, which
names the place and the requirement. `completed` is the form in which a store keeps it, `same` compares two of them as
far as a statement cannot change. What is found by which agent or activity is said in `finding`, how a statement is
shown in `formats`, whether a signature belongs to it in `signatures`. No clock, no chance, no network: what a store
adds is given.
"""

from craftpath.engines.xapi.equality import same
from craftpath.engines.xapi.normal import completed
from craftpath.engines.xapi.statements import check
from craftpath.engines.xapi.types import Version, Wrong

__all__ = ["Version", "Wrong", "check", "completed", "same"]
