"""What an entry is about: its name, and the page where it can be seen; a handful of queries for a whole page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from craftpath.delivery.web.shell.templatetags import say
from craftpath.domain.apprenticeships.queries import cohorts
from craftpath.domain.evaluation.queries import evaluations
from craftpath.domain.evaluation.versions import contests
from craftpath.domain.learning.queries import attendances, sessions
from craftpath.domain.programmes.queries import programmes, schemes
from craftpath.kernel.layouts import layouts
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.sheets import imports
from craftpath.values.ref import Ref

Name = Callable[[Any], str]


def _title(row: Any) -> str:
    return say.text(row.name)


# (noun, kind) → the rows that the reader sees, how one is called, its page (or none).
_KINDS: dict[tuple[str, str], tuple[Callable[[], QuerySet[Any]], Name, str]] = {
    ("apprenticeships", "cohort"): (cohorts, _title, "apprenticeships:cohort"),
    ("programmes", "scheme"): (schemes, _title, "programmes:scheme"),
    ("programmes", "programme"): (programmes, _title, ""),
    ("evaluation", "evaluation"): (
        evaluations,
        lambda row: f"{_title(row.cohort)} · {_title(row.stage)}",
        "evaluation:cohort",
    ),
    ("evaluation", "contest"): (
        contests,
        lambda row: f"{row.version.enrolment.person.name} · {_title(row.version.evaluation.stage)}",
        "evaluation:contest",
    ),
    ("learning", "session"): (sessions, lambda row: say.text(row.title), "learning:session"),
    ("learning", "attendance"): (
        attendances,
        lambda row: f"{row.enrolment.person.name} · {say.text(row.session.title)}",
        "",
    ),
    ("kernel", "organisation"): (Organisation.objects.all, _title, ""),
    ("kernel", "layout"): (layouts, lambda row: row.name, "layouts:layout"),
    ("kernel", "sheet"): (imports, lambda row: row.file.name, "sheets:columns"),
}


def people_named(ids: Iterable[str]) -> dict[str, str]:
    """public id → name of the people whom entries point to; no query if there are none."""
    wanted = {public_id for public_id in ids if public_id}
    if not wanted:
        return {}
    return dict(Person.objects.filter(public_id__in=wanted).values_list("public_id", "name"))


def subjects(refs: Iterable[str], organisation: str) -> dict[str, tuple[str, str]]:
    """ref → (name, address); what the reader may not see, or no longer exists, is left out."""
    wanted: dict[tuple[str, str], set[str]] = {}
    for text in refs:
        if text.count("/") == 2:
            ref = Ref.parse(text)
            wanted.setdefault((ref.noun, ref.kind), set()).add(ref.public_id)
    found: dict[str, tuple[str, str]] = {}
    for (noun, kind), ids in wanted.items():
        if (noun, kind) not in _KINDS:
            continue
        rows, name, page = _KINDS[noun, kind]
        for row in rows().filter(public_id__in=ids):
            url = reverse(page, args=[organisation, row.public_id]) if page else ""
            found[str(Ref(noun, kind, row.public_id))] = (name(row), url)
    return found
