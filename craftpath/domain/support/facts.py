"""What can have happened in support. What tells of a person is confidential: no organisation's history shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from craftpath.kernel.facts import Fact, fact


@fact
@dataclass(frozen=True)
class HelpRecorded(Fact):
    """Somebody wrote down what was done about it."""

    code: ClassVar[str] = "support.help_recorded"
    confidential: ClassVar[bool] = True
    kind: str


@fact
@dataclass(frozen=True)
class HelpTakenBack(Fact):
    """What was written down was a mistake."""

    code: ClassVar[str] = "support.help_taken_back"
    confidential: ClassVar[bool] = True
    kind: str


@fact
@dataclass(frozen=True)
class HelpLookedAt(Fact):
    """Somebody looked at what came of it."""

    code: ClassVar[str] = "support.help_looked_at"
    confidential: ClassVar[bool] = True
    outcome: str


@fact
@dataclass(frozen=True)
class CorrectionAsked(Fact):
    """The apprentice says that a fact is not so."""

    code: ClassVar[str] = "support.correction_asked"
    confidential: ClassVar[bool] = True
    rule: str


@fact
@dataclass(frozen=True)
class CorrectionEnded(Fact):
    """It was answered, withdrawn, or its sign ended by itself."""

    code: ClassVar[str] = "support.correction_ended"
    confidential: ClassVar[bool] = True
    rule: str
    state: str


@fact
@dataclass(frozen=True)
class SignCorrected(Fact):
    """A sign rested on something that was not so, and is silent until its facts have once been otherwise."""

    code: ClassVar[str] = "support.sign_corrected"
    confidential: ClassVar[bool] = True
    rule: str


@fact
@dataclass(frozen=True)
class ModelFitted(Fact):
    """A model was fitted on past apprenticeships, or there were too few of them."""

    code: ClassVar[str] = "support.model_fitted"
    version: int
    cases: int
    left: int
    fit: bool


@fact
@dataclass(frozen=True)
class ModelSwitched(Fact):
    """An organisation uses a model from now on, or no longer."""

    code: ClassVar[str] = "support.model_switched"
    version: int
    on: bool
