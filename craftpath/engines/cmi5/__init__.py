"""cmi5: what an assignable unit may say, what its platform says, and what is satisfied by that.

Words: assignable unit 学习单元, registration 登记, session 会话, to abandon 中断, to waive 免修, satisfied 达成.

`wrong_with` holds a statement of a unit against the rules of the standard and names the first that it breaks.
`telling` makes the statements and the launch data that a platform owes. `fulfilling` says which units, blocks and
courses are satisfied. No clock, no chance, no network: identifiers and moments are given.
"""

from craftpath.engines.cmi5.fulfilling import Line, met, satisfied
from craftpath.engines.cmi5.launches import Launch, Unit, context_template, launch_data
from craftpath.engines.cmi5.statements import Past, verb_of, wrong_with

__all__ = [
    "Launch",
    "Line",
    "Past",
    "Unit",
    "context_template",
    "launch_data",
    "met",
    "satisfied",
    "verb_of",
    "wrong_with",
]
