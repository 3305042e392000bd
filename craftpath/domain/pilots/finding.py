"""Findings of a round, and whether its steps are done: what each asks for against what is there."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from craftpath.domain.apprenticeships.queries import cohorts, hosts_below
from craftpath.domain.pilots.evidence import judging, own, teaching, wanting
from craftpath.domain.pilots.models import Deliverable, Pilot, PilotRound, RoundStep
from craftpath.domain.pilots.registry import PROVIDERS, Asked, Found
from craftpath.kernel.access import system
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.tenancy import looking_for

__all__ = ["Lack", "Standing", "gather", "judging", "own", "standing_of", "standings", "teaching", "wanting"]


@dataclass(frozen=True, slots=True)
class Lack:
    """What a step still lacks: `deliverable` with its key, `finding` with its key, or `before`, the key of a step."""

    what: str
    key: str

    def as_json(self) -> dict[str, str]:
        """The form that is kept with a step that was closed without."""
        return {"what": self.what, "key": self.key}


@dataclass(frozen=True, slots=True)
class Standing:
    """A step with what was found for it and what it lacks; of a closed one, as it was then."""

    step: RoundStep
    checks: tuple[Found, ...]
    shows: tuple[Found, ...]
    given: tuple[Deliverable, ...]
    lacks: tuple[Lack, ...]

    @property
    def ready(self) -> bool:
        """Whether it can be closed without a reason."""
        return not self.lacks


def gather(pilot: Pilot, row: PilotRound, keys: Collection[str], at: datetime) -> dict[str, Found]:
    """key → what is found now, as the pilot's office sees the record; keys that nobody provides are left out."""
    wanted = [key for key in dict.fromkeys(keys) if key in PROVIDERS]
    with looking_for(system(pilot.organisation).scope):
        asked = _asked(pilot, row, at)
        found = [PROVIDERS[key](asked) for key in wanted]
    return {one.key: one for one in found if one is not None}


def _asked(pilot: Pilot, row: PilotRound, at: datetime) -> Asked:
    members = tuple(pilot.members.order_by("pk").values_list("organisation__path", flat=True))
    chosen = list(pilot.classes.order_by("pk").values_list("pk", flat=True))
    rows = cohorts().order_by("pk")
    within = rows.filter(_of_members(members), state="running").distinct()
    rows = rows.filter(pk__in=chosen) if chosen else within
    return Asked(pilot, row, dict(rows.values_list("pk", "programme_id")), members, pilot.day(at), at)


def _of_members(paths: Sequence[str]) -> Q:
    """Classes of members, and those of which an apprentice learns at one."""
    found = Q(pk__in=[])
    for path in paths:
        found |= Q(organisation__path__startswith=path)
        found |= Q(enrolments__enterprise__path__startswith=path)
    return found


def keys_of(steps: Sequence[RoundStep]) -> list[str]:
    """What these steps ask the record for."""
    return [key for step in steps for key in (*step.words["checks"], *step.words.get("shows", ()))]


def standings(row: PilotRound, steps: Sequence[RoundStep], at: datetime) -> list[Standing]:
    """Every step of a round, in order. The steps come with deliverables prefetched; closed ones ask nothing."""
    live = [step for step in steps if step.state == "open"]
    found = gather(row.pilot, row, keys_of(live), at) if live else {}
    return [_standing(step, steps, found) for step in steps]


def standing_of(step: RoundStep, steps: Sequence[RoundStep], at: datetime) -> Standing:
    """How one step stands among those of its round; only what it asks for is looked for."""
    own = next(one for one in steps if one.pk == step.pk)
    found = gather(own.round.pilot, own.round, keys_of([own]), at) if own.state == "open" else {}
    return _standing(own, steps, found)


def _standing(step: RoundStep, steps: Sequence[RoundStep], found: Mapping[str, Found]) -> Standing:
    words = step.words
    given = tuple(one for one in step.deliverables.all() if one.taken_back_at is None)
    if step.state != "open":
        found = {one["key"]: Found.of(one) for one in step.found}
    checks = tuple(found[key] for key in words["checks"] if key in found)
    shows = tuple(found[key] for key in words.get("shows", ()) if key in found)
    if step.state != "open":
        return Standing(step, checks, shows, given, tuple(Lack(**one) for one in step.lacked))
    there = {one.key for one in given}
    lacks = [Lack("deliverable", one["key"]) for one in words["deliverables"] if one["key"] not in there]
    lacks += [Lack("finding", one.key) for one in checks if not one.met]
    lacks += [Lack("before", one.key) for one in steps if one.order < step.order and one.state == "open"]
    return Standing(step, checks, shows, given, tuple(lacks))


def who_may_take_part(organisation: Organisation, pilot: Pilot | None = None) -> list[Organisation]:
    """Organisations that a pilot of this office may have as members: its own, those below, hosts of its apprentices.

    Those that take part in `pilot` already may stay, also where nobody learns with them any more.
    """
    able = Q(path__startswith=organisation.path) | Q(pk__in=hosts_below(organisation))
    if pilot is not None:
        able |= Q(pk__in=pilot.members.order_by().values("organisation_id"))
    return list(Organisation.objects.filter(able).order_by("path"))
