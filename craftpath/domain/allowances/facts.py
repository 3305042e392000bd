"""What can have happened to allowances. Amounts are minor units; people are counted, never named."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from craftpath.kernel.facts import Fact, fact


@fact
@dataclass(frozen=True)
class BookDrafted(Fact):
    """Somebody began a new version of the rules."""

    code: ClassVar[str] = "allowances.book_drafted"
    number: int


@fact
@dataclass(frozen=True)
class BookAdopted(Fact):
    """A version of the rules holds from a day on."""

    code: ClassVar[str] = "allowances.book_adopted"
    number: int
    valid_from: str
    rules: int


@fact
@dataclass(frozen=True)
class BookDropped(Fact):
    """A draft of rules was thrown away."""

    code: ClassVar[str] = "allowances.book_dropped"
    number: int


@fact
@dataclass(frozen=True)
class RunComputed(Fact):
    """A month was computed; `digest` stands for the inputs."""

    code: ClassVar[str] = "allowances.computed"
    month: str
    lines: int
    total: int
    currency: str
    digest: str


@fact
@dataclass(frozen=True)
class RunChecked(Fact):
    """Somebody checked a computed month."""

    code: ClassVar[str] = "allowances.checked"
    month: str


@fact
@dataclass(frozen=True)
class RunSentBack(Fact):
    """A checked month goes back, with a reason."""

    code: ClassVar[str] = "allowances.sent_back"
    month: str
    because: str


@fact
@dataclass(frozen=True)
class RunApproved(Fact):
    """Somebody else approved a month; its lines never change from now on."""

    code: ClassVar[str] = "allowances.approved"
    month: str
    total: int
    currency: str


@fact
@dataclass(frozen=True)
class RunPaid(Fact):
    """A month was paid."""

    code: ClassVar[str] = "allowances.paid"
    month: str
    paid_on: str
    reference: str


@fact
@dataclass(frozen=True)
class CorrectionAsked(Fact):
    """A settled month is looked at again in the next run."""

    code: ClassVar[str] = "allowances.correction_asked"
    month: str
    because: str


@fact
@dataclass(frozen=True)
class LineQuestioned(Fact):
    """A trainer asked about a line of the own."""

    code: ClassVar[str] = "allowances.questioned"
    confidential: ClassVar[bool] = True


@fact
@dataclass(frozen=True)
class QuestionAnswered(Fact):
    """The office answered."""

    code: ClassVar[str] = "allowances.answered"
    confidential: ClassVar[bool] = True


@fact
@dataclass(frozen=True)
class QuestionWithdrawn(Fact):
    """Whoever asked took the question back."""

    code: ClassVar[str] = "allowances.question_withdrawn"
    confidential: ClassVar[bool] = True


@fact
@dataclass(frozen=True)
class PayTemplateKept(Fact):
    """How a payment file looks was written down."""

    code: ClassVar[str] = "allowances.template_kept"
    name: str


@fact
@dataclass(frozen=True)
class PayTemplateRemoved(Fact):
    """A template is offered no more."""

    code: ClassVar[str] = "allowances.template_removed"
    name: str


@fact
@dataclass(frozen=True)
class PayReferencesKept(Fact):
    """Bank or payroll references were written down; of how many people."""

    code: ClassVar[str] = "allowances.references_kept"
    people: int


@fact
@dataclass(frozen=True)
class PayFileTaken(Fact):
    """Somebody took a payment file, with everybody's references in it."""

    code: ClassVar[str] = "allowances.file_taken"
    month: str
    template: str
    people: int
    total: int
    sha256: str
