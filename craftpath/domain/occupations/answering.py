"""Answering a verification: begun once a person or device, kept duty by duty, and read as figures of tasks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

import numpy as np
from django.utils.crypto import salted_hmac

from craftpath.domain.occupations import rules
from craftpath.domain.occupations.models import GROUPS, LONGEST_NAME, Answer, Chart, Task, Verification
from craftpath.domain.occupations.moving import SALT
from craftpath.engines.occupations import SCALES, Figures, Ratings, verify
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.tokens import opened
from craftpath.values.verdict import Refused, may_not, not_now, require

Rating = list[int | None]
"""Does it (1, 0), importance, frequency, difficulty (1 to 5), needed on the first day (1, 0); None where left out."""
_RANGES = ((0, 1), (1, 5), (1, 5), (1, 5), (0, 1))


def asked_by(token: str) -> Verification | None:
    """The verification that a link leads to; a forged one is not even looked for."""
    secret_hash = opened(token, SALT)
    if not secret_hash:
        return None
    rows = Verification.objects.select_related("chart__organisation", "chart__occupation")
    return rows.filter(secret_hash=secret_hash).first()


def mark_of(chart: Chart, who: str) -> str:
    """What an answer is found by again: made with the site's key from somebody's id or a device's secret."""
    return salted_hmac("craftpath.answer", f"{chart.public_id}:{who}", algorithm="sha256").hexdigest()


def answer_of(chart: Chart, mark: str) -> Answer | None:
    """The answer that was begun with this mark."""
    return Answer._base_manager.filter(chart=chart, mark=mark).first()


@action
def keep_answer(
    chart: Chart,
    *,
    mark: str,
    ratings: Mapping[str, Rating],
    today: date,
    group: str = "",
    name: str = "",
    done: bool = False,
    invited: bool = False,
    by: Actor,
    at: datetime,
) -> Answer:
    """Keep what was said of some tasks; said again, the later word counts. `invited` came by the link.

    A name is kept only where the verification says so.
    """
    row = Chart._base_manager.select_for_update(of=("self",)).get(pk=chart.pk)
    asked = Verification.objects.filter(chart=row).first()
    if asked is None:
        raise Refused(not_now("occupations.verification_over"))
    if not invited and not rules.asks(by, asked, today):
        raise Refused(may_not("occupations.not_asked"))
    require(rules.can_answer(row, asked, today))
    answer = answer_of(row, mark)
    if answer is None:
        _room(row)
        answer = Answer(chart=row, mark=mark)
    if asked.named and (by.person is not None or name.strip()):
        answer.person, answer.name = by.person, by.person.name if by.person else name.strip()[:LONGEST_NAME]
    answer.group = group if group in GROUPS else answer.group
    answer.ratings = {**answer.ratings, **_known(row, ratings)}
    answer.done = answer.done or done
    answer.save()
    return answer


def _room(chart: Chart) -> None:
    if Answer._base_manager.filter(chart=chart).count() >= rules.MOST_ANSWERS:
        raise Refused(not_now("occupations.too_many", most=rules.MOST_ANSWERS))


def _known(chart: Chart, ratings: Mapping[str, Rating]) -> dict[str, Rating]:
    """Ratings of tasks that are there, on their scales; refused is what no page can have sent."""
    there = set(Task.objects.filter(chart=chart).values_list("public_id", flat=True))
    for rating in ratings.values():
        fits = len(rating) == len(_RANGES) and all(
            value is None or low <= value <= high for value, (low, high) in zip(rating, _RANGES, strict=True)
        )
        if not fits:
            raise Refused(not_now("occupations.off_scale"))
    return {task: list(rating) for task, rating in ratings.items() if task in there}


def ratings_of(tasks: Sequence[str], answers: Sequence[Mapping[str, Rating]]) -> Ratings:
    """Answers as the engine's columns; tasks that are not named are passed over."""
    places = {task: at for at, task in enumerate(tasks)}
    rows = [
        (places[task], rater, *rating)
        for rater, answer in enumerate(answers)
        for task, rating in answer.items()
        if task in places
    ]
    table = np.array(
        [[np.nan if cell is None else cell for cell in row] for row in rows], dtype=np.float64
    ).reshape(len(rows), 2 + len(_RANGES))
    values = {name: table[:, 3 + at] for at, name in enumerate(SCALES)}
    return Ratings(
        tuple(tasks), table[:, 0].astype(np.int64), table[:, 1].astype(np.int64), table[:, 2], values
    )


def figures_of(chart: Chart) -> dict[str, Figures]:
    """task → what came of it, of everybody who has said something; two queries. The caller has asked who may."""
    tasks = list(Task.objects.filter(chart=chart).values_list("public_id", flat=True))
    answers = list(Answer._base_manager.filter(chart=chart).values_list("ratings", flat=True))
    found = verify(ratings_of(tasks, answers), rules.criteria(chart))
    return {one.task: one for one in found}
