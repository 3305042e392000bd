"""What has somebody mastered, how sure is that, what should be asked next, learnt next, practised next?

Answers go in as columns, one row an answer; one apprentice is a cohort of one. Two models read them: `Scale` (ability
and difficulty, the usual one) and `Tracing` (known or not known, guess and slip). `mastery` gives the chance that each
skill is mastered, with a level and its interval; without an answer it says what the model begins with and how wide that
is. `foretold` says of each answer how probable it was after the earlier ones: by it models are compared
(`bench/mastery.py`).

`next_question` asks what tells most, until `findings` are certain; `path` skips what is mastered and puts first what is
missing; `practising` says when a question comes again and fills five minutes. No clock and no chance: days and moments
are given, and the order of people changes nothing.
"""

from craftpath.engines.mastery.calibrating import calibrate, tune
from craftpath.engines.mastery.diagnosing import Certainty, Found, State, findings, heard, next_question
from craftpath.engines.mastery.expecting import fit
from craftpath.engines.mastery.following import beliefs, foretold, mastery
from craftpath.engines.mastery.pathing import Known, Need, Path, Reason, Step, Why, Wishes, path
from craftpath.engines.mastery.scaling import Scale
from craftpath.engines.mastery.tracing import Tracing
from craftpath.engines.mastery.types import Answers, Mastery, Model, Questions

__all__ = [
    "Answers",
    "Certainty",
    "Found",
    "Known",
    "Mastery",
    "Model",
    "Need",
    "Path",
    "Questions",
    "Reason",
    "Scale",
    "State",
    "Step",
    "Tracing",
    "Why",
    "Wishes",
    "beliefs",
    "calibrate",
    "findings",
    "fit",
    "foretold",
    "heard",
    "mastery",
    "next_question",
    "path",
    "tune",
]
