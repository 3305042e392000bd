"""Things that lead to a skill: whoever knows some registers a provider, which is asked once for all skills.

What a later room brings adds a provider and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import day, text
from craftpath.domain.apprenticeships.groups import Group
from craftpath.domain.courses.queries import open_runs, own_runs
from craftpath.domain.exams.exercises import exercises_by_skill
from craftpath.domain.judging.skilled import coming
from craftpath.domain.stories.queries import wall
from craftpath.domain.training.skilled import stays_with_skills

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment

MOST = 2  # of one kind for one skill


@dataclass(frozen=True, slots=True)
class Lead:
    """One thing that leads to a skill. `exercises` is begun by a press, the others are pages."""

    kind: str
    label: str
    url: str = ""
    icon: str = "learn"
    note: str = ""


Provider = Callable[[Request, "Enrolment", Sequence[str]], Mapping[str, Sequence[Lead]]]
PROVIDERS: dict[str, Provider] = {}


def leads(kind: str) -> Callable[[Provider], Provider]:
    """Register whoever knows things of a kind; a kind has one provider."""

    def register(provider: Provider) -> Provider:
        if PROVIDERS.setdefault(kind, provider) is not provider:
            raise TypeError(f"two providers lead by {kind}")
        return provider

    return register


def leads_to(request: Request, row: Enrolment, keys: Sequence[str]) -> dict[str, list[Lead]]:
    """key of a skill → what leads there, kind by kind; a constant number of queries."""
    found: dict[str, list[Lead]] = {key: [] for key in keys}
    for provider in PROVIDERS.values():
        for key, some in provider(request, row, keys).items():
            if key in found:
                found[key] += list(some)[:MOST]
    return found


@leads("exercises")
def _exercises(request: Request, row: Enrolment, keys: Sequence[str]) -> dict[str, list[Lead]]:
    found = {}
    for key, n in exercises_by_skill(row.cohort.organisation).items():
        said = ngettext("Practise: %(n)s question", "Practise: %(n)s questions", n) % {"n": n}
        found[key] = [Lead("exercises", said)]
    return found


@leads("units")
def _units(request: Request, row: Enrolment, keys: Sequence[str]) -> dict[str, list[Lead]]:
    found: dict[str, list[Lead]] = {}
    for one in stays_with_skills(Group.of(row.cohort_id, [row.pk])):
        if one.ends_on < request.today:
            continue
        url = reverse("training:stay", args=[request.organisation.key, one.public_id])
        note = _("until %(day)s") if one.starts_on <= request.today else _("from %(day)s")
        on = one.ends_on if one.starts_on <= request.today else one.starts_on
        for key in one.skills:
            lead = Lead("units", text(one.unit), url, "plan", note % {"day": day(on)})
            found.setdefault(key, []).append(lead)
    return found


@leads("works")
def _works(request: Request, row: Enrolment, keys: Sequence[str]) -> dict[str, list[Lead]]:
    found: dict[str, list[Lead]] = {}
    for one in coming(row.pk):
        if one.due_on >= request.today:
            url = reverse("judging:work", args=[request.organisation.key, one.practical, row.public_id])
            note = _("until %(day)s") % {"day": day(one.due_on)}
            title = _("Show it in “%(work)s”") % {"work": one.title}
            found.setdefault(one.skill, []).append(Lead("works", title, url, "results", note))
    return found


@leads("courses")
def _courses(request: Request, row: Enrolment, keys: Sequence[str]) -> dict[str, list[Lead]]:
    """Online courses that train the skill: those that one follows first, then those that one may begin."""
    found: dict[str, list[Lead]] = {}
    if request.user.pk != row.person_id:
        return found  # a course opens for whoever learns in it
    for run in [*own_runs(row.person, request.today), *open_runs(row.person, request.today)]:
        url = reverse("courses:run", args=[request.organisation.key, run.public_id])
        for key in run.course.skills:
            found.setdefault(key, []).append(Lead("courses", text(run.course.title), url))
    return found


@leads("stories")
def _stories(request: Request, row: Enrolment, keys: Sequence[str]) -> dict[str, list[Lead]]:
    """The newest stories that speak of the skill."""
    found: dict[str, list[Lead]] = {}
    for story in wall()[:SHELF]:
        url = reverse("stories:story", args=[request.organisation.key, story.public_id])
        for key in story.skills:
            found.setdefault(key, []).append(Lead("stories", story.title, url, "story"))
    return found


SHELF = 60
"""How many of the newest stories are looked through."""
