"""Remarks as they are read: by what they are about, with their answers; apprentices without names."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.curricula.texts import SIDES

if TYPE_CHECKING:
    from craftpath.domain.curricula.models import ReviewComment, VersionReview
    from craftpath.domain.curricula.queries import Content
    from craftpath.kernel.people import Person


@dataclass(slots=True)
class Said:
    """A remark with who made it, and its answers."""

    row: ReviewComment
    who: str
    side: str
    own: bool
    answers: list[Said] = field(default_factory=list)


@dataclass(slots=True)
class Thread:
    """What remarks are about, with these remarks: the open ones first."""

    name: str
    remarks: list[Said]

    @property
    def open(self) -> int:
        """How many are not resolved."""
        return sum(one.row.resolved_at is None for one in self.remarks)


def threads(review: VersionReview, content: Content, reader: Person) -> list[Thread]:
    """Of the whole, of units, of outcomes: in the order of the version; one query."""
    rows = list(review.comments.select_related("person"))
    said = {
        row.pk: Said(row, _who(row), str(SIDES.get(row.side, "")), row.person_id == reader.pk) for row in rows
    }
    for row in rows:
        if row.answers_id in said:
            said[row.answers_id].answers.append(said[row.pk])
    names = dict(topics(content))
    found: dict[str, list[Said]] = {}
    for row in rows:
        if row.answers_id is None:
            found.setdefault(_topic(row), []).append(said[row.pk])
    order = [*(key for key in names if key in found), *(key for key in found if key not in names)]
    return [
        Thread(names.get(key, key), sorted(found[key], key=lambda one: one.row.resolved_at is not None))
        for key in order
    ]


def topics(content: Content) -> list[tuple[str, str]]:
    """What a remark can be about, as choices: `whole`, `unit:key`, `outcome:key`."""
    units = [(f"unit:{one.key}", text(one.name)) for one in content.units]
    outcomes = [(f"outcome:{one.key}", text(one.name)) for one in content.outcomes]
    return [("whole", _("The whole version")), *units, *outcomes]


def _topic(row: ReviewComment) -> str:
    return "whole" if row.about == "whole" else f"{row.about}:{row.key}"


def _who(row: ReviewComment) -> str:
    if row.side == "apprentices":
        return _("An apprentice")
    return row.person.name if row.person else "–"
