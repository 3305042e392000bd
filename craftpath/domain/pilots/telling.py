"""Country cases: loaded, written, published with consent, withdrawn; kept at hand for a step."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from craftpath.domain.pilots import rules
from craftpath.domain.pilots.cycles import preset
from craftpath.domain.pilots.facts import CaseKept, CaseMoved
from craftpath.domain.pilots.models import CountryCase, KeptCase, RoundStep
from craftpath.domain.pilots.moving import held
from craftpath.domain.pilots.states import CASE
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.organisations import Organisation
from craftpath.values.verdict import Refused, Verdict, not_now, require

LONGEST_SOURCE = 300


@dataclass(frozen=True, slots=True)
class Told:
    """A case as somebody writes it; texts in the languages that it has."""

    place: str
    title: dict[str, str]
    done: dict[str, str]
    learnt: dict[str, str]
    steps: Sequence[str]
    source: str


@action
def load_cases(*, by: Actor, at: datetime) -> int:
    """Load the cases that come with the program; one that is there already stays as it is. Returns how many."""
    require(rules.may_load(by))
    tables = preset("cases.toml")["case"]
    for table in tables:
        values = {name: value for name, value in table.items() if name != "key"}
        values |= {"state": "published", "made_at": at, "published_at": at}
        CountryCase._base_manager.get_or_create(organisation=None, key=table["key"], defaults=values)
    return len(tables)


@action
def write_case(
    told: Told,
    *,
    organisation: Organisation,
    made_id: uuid.UUID,
    case: CountryCase | None = None,
    by: Actor,
    at: datetime,
) -> CountryCase:
    """Write an own case, or change one; the same `made_id` again is the same case. A published one stays published."""
    require(rules.may_start(by, case.organisation if case and case.organisation else organisation))
    if case is not None and case.organisation is None:
        raise Refused(not_now("pilots.case_of_the_program"))
    require(_can_be(told))
    values = {
        "place": told.place, "title": told.title, "done": told.done, "learnt": told.learnt,
        "steps": list(told.steps), "source": told.source.strip(),
    }  # fmt: skip
    if case is not None:
        CountryCase._base_manager.filter(pk=case.pk).update(**values)
        case.refresh_from_db()
        return _told(case, by, at)
    row, fresh = CountryCase._base_manager.get_or_create(
        organisation=organisation,
        key=str(made_id),
        defaults={**values, "sure": "own", "made_by": by.person, "made_at": at},
    )
    return _told(row, by, at) if fresh else row


@action
def publish_case(case: CountryCase, *, consent: str, by: Actor, at: datetime) -> CountryCase:
    """Show it to the organisations below; `consent` says who agreed. Once more changes nothing."""
    case = _own(case, by)
    given = consent.strip()
    if not given or len(given) > LONGEST_SOURCE:
        raise Refused(not_now("pilots.no_consent", most=LONGEST_SOURCE))
    if case.state == "published" and case.consent == given:
        return case
    case.state, case.consent = CASE.after(case.state, "publish"), given
    case.published_by, case.published_at = by.person, at
    case.save(update_fields=["state", "consent", "published_by", "published_at"])
    return _told(case, by, at)


@action
def withdraw_case(case: CountryCase, *, by: Actor, at: datetime) -> CountryCase:
    """Show it to one's own organisation only again. Once more changes nothing."""
    case = _own(case, by)
    if case.state == "withdrawn":
        return case
    case.state = CASE.after(case.state, "withdraw")
    case.save(update_fields=["state"])
    return _told(case, by, at)


@action
def keep_case(step: RoundStep, case: CountryCase, *, by: Actor, at: datetime) -> None:
    """Keep a case at hand for a step; twice is once."""
    step = held(step)
    require(rules.may_work(by, step))
    require(rules.can_change(step))
    if case.state != "published":
        raise Refused(not_now("pilots.case_not_published"))
    _row, fresh = KeptCase.objects.get_or_create(
        step=step, case=case, defaults={"kept_by": by.person, "kept_at": at}
    )
    if fresh:
        _told_of_step(step, True, by, at)


@action
def let_go_case(step: RoundStep, case: CountryCase, *, by: Actor, at: datetime) -> None:
    """No longer keep it at hand; twice is once."""
    step = held(step)
    require(rules.may_work(by, step))
    require(rules.can_change(step))
    gone, _ = KeptCase.objects.filter(step=step, case=case).delete()
    if gone:
        _told_of_step(step, False, by, at)


def _can_be(told: Told) -> Verdict:
    if len(told.place) != 2 or not (told.place.isascii() and told.place.isalpha() and told.place.isupper()):
        return not_now("pilots.place_unknown")
    verdict = rules.can_name(told.title)
    for words in (told.done, told.learnt):
        for one in words.values() or [""]:
            verdict = verdict and rules.can_say(one)
    if not told.steps:
        return not_now("pilots.case_without_step")
    if len(told.source.strip()) > LONGEST_SOURCE or not told.source.strip():
        return not_now("pilots.no_source", most=LONGEST_SOURCE)
    return verdict


def _own(case: CountryCase, by: Actor) -> CountryCase:
    rows = CountryCase.objects.select_for_update(of=("self",), no_key=True)
    row = rows.get(pk=case.pk)
    if row.organisation is None:
        raise Refused(not_now("pilots.case_of_the_program"))
    require(rules.may_start(by, row.organisation))
    return row


def _told(case: CountryCase, by: Actor, at: datetime) -> CountryCase:
    tell(CaseMoved(case.state), by=by, at=at, organisation=case.organisation, subject=case.ref)
    return case


def _told_of_step(step: RoundStep, kept: bool, by: Actor, at: datetime) -> None:
    told = CaseKept(step=step.order, round=step.round.number, kept=kept)
    tell(told, by=by, at=at, organisation=step.round.pilot.organisation, subject=step.round.pilot.ref)
