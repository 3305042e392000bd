"""Fitting a model on the past apprenticeships of this site, and switching it on or off. Off until somebody approves.

A case is one apprenticeship on one day of its own, the 90th and every 180th after it, looked at with the figures as
they were then; left says whether it ended early within the 180 days that followed. Only days whose 180 days are over
count, so nobody's future is guessed, and those who go on in training are among the cases.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

import numpy as np
from django.db.models import Max
from django.utils import timezone

from craftpath.domain.apprenticeships.noticed import Among, Course, active_at, courses_begun_before
from craftpath.domain.support import rules
from craftpath.domain.support.facts import ModelFitted, ModelSwitched
from craftpath.domain.support.gathering import gather
from craftpath.domain.support.models import Fitted, Use
from craftpath.domain.support.queries import ALARM
from craftpath.domain.support.ruling import FEATURES, KNOWN_LATER, RULES, VERSION
from craftpath.engines.forewarning import TooFew, Trained, as_table, judge, train
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.jobs import enqueue
from craftpath.kernel.organisations import Organisation
from craftpath.values.verdict import Refused, may_not, not_now, require

FIRST_LOOK, AHEAD = timedelta(days=90), timedelta(days=180)
MOST = 20_000
"""Apprenticeships that are read at most, the newest first."""
LOOKS_EACH = 6
PAST_RULES = tuple(rule for rule in RULES if rule.code in KNOWN_LATER)


@dataclass
class Cases:
    """What the engine is given, case by case."""

    rows: list[Any] = field(default_factory=list)
    left: list[bool] = field(default_factory=list)
    people: list[str] = field(default_factory=list)
    alarmed: list[bool] = field(default_factory=list)
    groups: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))


@action
def ask_for_model(*, by: Actor, at: datetime) -> None:
    """Have one fitted in the background; a second wish within the hour is the same one."""
    require(rules.may_fit(by))
    if by.person is None or by.organisation is None:
        raise Refused(may_not("support.not_yours"))
    if Fitted.objects.filter(made_at__gt=at - timedelta(hours=1)).exists():
        raise Refused(not_now("support.fitted_lately"))
    enqueue("fit_model", by.person.pk, by.organisation.pk)


@action
def fit_model(*, by: Actor, at: datetime) -> Fitted:
    """Fit one on what is past; a new version each time, also where there are too few cases, which it then says."""
    require(rules.may_fit(by))
    cases = cases_until(at)
    table = np.array(cases.rows, float).reshape(len(cases.rows), len(FEATURES))
    found = train(
        table, np.array(cases.left, bool), cases.people, FEATURES,
        alarmed=np.array(cases.alarmed, bool), groups=cases.groups,
    )  # fmt: skip
    version = (Fitted.objects.aggregate(last=Max("version"))["last"] or 0) + 1
    row = Fitted(version=version, cases=len(cases.left), left=sum(cases.left), made_at=at)
    if isinstance(found, TooFew):
        row.why = found.code
        row.report = asdict(found)
    else:
        row.fit, row.definition, row.report = found.fit, as_table(found.model), _report(found)
    row.save()
    tell(ModelFitted(version, row.cases, row.left, row.fit), by=by, at=at, subject=row.ref)
    return row


@action
def switch_model(
    model: Fitted, organisation: Organisation, *, on: bool, words: str = "", by: Actor, at: datetime
) -> Use:
    """Use it, or no longer, for an organisation and all below; whoever does stands for it. Looks follow at night."""
    require(rules.may_use(by, organisation))
    require(rules.can_be_switched(model, on))
    if by.person is None:
        raise Refused(may_not("support.not_yours"))
    newest = Use._base_manager.filter(organisation=organisation).order_by("-pk").first()
    if newest is not None and newest.on == on and newest.model_id == model.pk:
        return newest
    row = Use.objects.create(
        organisation=organisation,
        model=model,
        on=on,
        words=words.strip()[: rules.LONGEST],
        by=by.person,
        at=at,
    )
    tell(ModelSwitched(model.version, on), by=by, at=at, organisation=organisation, subject=model.ref)
    return row


def cases_until(at: datetime) -> Cases:
    """Every case that is over by now; queries grow with the different days that are looked at, not with the people."""
    today = timezone.localdate(at)
    courses = courses_begun_before(today - FIRST_LOOK - AHEAD, MOST)
    sizes = active_at({one.enterprise for one in courses if one.enterprise is not None})
    by_day: dict[date, list[Course]] = defaultdict(list)
    for one in courses:
        for day in _days(one, today):
            by_day[day].append(one)
    cases = Cases()
    for day in sorted(by_day):
        _add(cases, day, {one.pk: one for one in by_day[day]}, sizes)
    return cases


def _days(course: Course, today: date) -> list[date]:
    """The days on which somebody is looked at: in training then, and 180 days ago at least."""
    last = min(one for one in (course.ended_on, course.planned_end, today) if one is not None)
    days = (course.starts_on + FIRST_LOOK + AHEAD * n for n in range(LOOKS_EACH))
    return [day for day in days if day < last and day + AHEAD <= today]


def _add(cases: Cases, day: date, courses: dict[int, Course], sizes: dict[int, int]) -> None:
    at = timezone.make_aware(datetime.combine(day, time(12)))
    for first in range(0, len(courses), 500):
        found = gather(Among.of(list(courses)[first : first + 500]), at, past=True)
        told = judge(PAST_RULES, found.columns, len(found.people))
        # A rule that is the house's alone is no alarm about anybody; two of them together are.
        alarmed = told.weight >= ALARM
        for one, row, named in zip(found.people, found.table.tolist(), alarmed.tolist(), strict=True):
            course = courses[one.pk]
            cases.rows.append(row)
            cases.left.append(course.left and course.ended_on is not None and course.ended_on <= day + AHEAD)
            cases.people.append(course.person)
            cases.alarmed.append(named)
            for key, name in _groups(course, day, sizes).items():
                cases.groups[key].append(name)


def _groups(course: Course, day: date, sizes: dict[int, int]) -> dict[str, str]:
    """What a case is grouped by; "" where the site does not know."""
    age = "" if course.birth is None else _age((day - course.birth).days / 365.25)
    size = "" if course.enterprise is None else _size(sizes.get(course.enterprise, 0))
    return {"age": age, "trade": _name(course.trade), "size": size, "place": _name(course.college)}


def _age(years: float) -> str:
    return "under_18" if years < 18 else "18_to_24" if years < 25 else "25_and_over"


def _size(people: int) -> str:
    return "up_to_4" if people < 5 else "5_to_19" if people < 20 else "20_and_over"


def _name(name: dict[str, str]) -> str:
    return json.dumps(name, ensure_ascii=False, sort_keys=True) if name else ""


def _report(found: Trained) -> dict[str, Any]:
    """All that the engine says of it, as plain values; what is suppressed stays null."""
    return {
        "rules": VERSION,
        "people": found.people,
        "penalty": found.penalty,
        "threshold": found.model.threshold,
        "gain": list(found.gain),
        "losses": dict(found.losses),
        "model": _worth(found.model_worth),
        "base": _worth(found.base_worth),
        "by_rules": _worth(found.rules_worth),
        "bins": [asdict(one) for one in found.bins],
        "fairness": {key: [asdict(one) for one in groups] for key, groups in found.fairness.items()},
    }


def _worth(worth: Any) -> dict[str, Any]:
    return asdict(worth)
