"""What an assessment may be seen by, as choices: rubrics, and blueprints and papers of examinations of the place."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from craftpath.delivery.web.history.subjects import subjects
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.exams.queries import blueprints, papers
from craftpath.domain.judging.queries import newest_rubrics

if TYPE_CHECKING:
    from craftpath.kernel.organisations import Organisation

MOST = 200


def choices(organisation: Organisation, standing: str = "") -> list[tuple[str, Any]]:
    """Pointers with names that the reader sees, by kind; what stands there already stays. Three or four queries."""
    rubrics = newest_rubrics().exclude(state="retired").filter(organisation=organisation)
    groups = [
        (_("Rubrics"), [(str(row.ref), text(row.name)) for row in rubrics[:MOST]]),
        (
            _("Blueprints of examinations"),
            [(str(row.ref), row.title) for row in blueprints().filter(organisation=organisation)[:MOST]],
        ),
        (
            _("Papers of examinations"),
            [
                (str(row.ref), row.title)
                for row in papers().filter(organisation=organisation).exclude(state="shelved")[:MOST]
            ],
        ),
    ]
    listed = {ref for _head, rows in groups for ref, _name in rows}
    found: list[tuple[str, Any]] = [("", "–")]
    if standing and standing not in listed:
        found.append((standing, name_of(standing, organisation.key)))
    return [*found, *(group for group in groups if group[1])]


def name_of(ref: str, organisation: str) -> str:
    """What a pointer is called for this reader."""
    return subjects([ref], organisation).get(ref, (_("something that you do not see"), ""))[0]


def linked(refs: Iterable[str], organisation: str) -> dict[str, tuple[str, str]]:
    """pointer → (name, address) of those that the reader sees."""
    return subjects({ref for ref in refs if ref}, organisation)
