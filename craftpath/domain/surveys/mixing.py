"""Anonymous answers are put among others that are written anew, so that the order and company of rows tell nothing.

A database remembers more than its columns: where a row lies, and in PostgreSQL which transaction wrote it. An answer
and the tick "has answered" stand in one transaction, since neither may be lost without the other. So each such
transaction also writes anew some answers and some ticks of others, drawn at random: what shares a transaction with a
tick are up to `COMPANY` answers besides the own one, and the next ones write over that again. At the closing
everything is written once more, in one transaction and in random order. Decision 35 says what this does not do.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import BooleanField, Case, F, Value, When

from craftpath.domain.surveys.coarsening import coarsen
from craftpath.domain.surveys.models import OTHER, Answer, Asked, Survey, Ticket, random_place
from craftpath.kernel.rows import insert_rows

COMPANY = 20
_DRAW = random.SystemRandom()
Content = tuple[Mapping[str, Any], Mapping[str, Any]]


def put_in(survey: Survey, groups: Mapping[str, str], said: Mapping[str, Any]) -> None:
    """Keep one answer, in the company of others; the caller holds the survey."""
    some = _anywhere(survey)
    Answer.objects.filter(pk__in=[pk for pk, *_content in some]).delete()
    _write(survey, [(groups, said), *((theirs, words) for _pk, theirs, words in some)])


def _anywhere(survey: Survey) -> list[tuple[int, Any, Any]]:
    """Some answers from a random place on, and from the beginning where the end is near."""
    rows = Answer.objects.filter(survey=survey).order_by("pk").values_list("pk", "groups", "said")
    found = list(rows.filter(pk__gte=random_place())[:COMPANY])
    if len(found) < COMPANY:
        known = {pk for pk, *_rest in found}
        found += [row for row in rows[: COMPANY - len(found)] if row[0] not in known]
    return found


def _write(survey: Survey, contents: Sequence[Content]) -> None:
    rows = [(random_place(), groups, said) for groups, said in contents]
    _DRAW.shuffle(rows)
    insert_rows(Answer, ["id", "groups", "said"], rows, {"survey": survey.pk})


def tick(asked: Asked) -> None:
    """Note that somebody has answered, while the rows of others are written anew as they are."""
    others = Asked._base_manager.filter(survey=asked.survey_id).exclude(pk=asked.pk)
    some = [asked.pk, *others.order_by("?").values_list("pk", flat=True)[:COMPANY]]
    as_it_is = Case(When(pk=asked.pk, then=Value(True)), default=F("answered"), output_field=BooleanField())
    Asked._base_manager.filter(pk__in=some).update(answered=as_it_is)


def knows(survey: Survey, digest: str) -> bool:
    """Whether a device has answered; forgotten at the closing."""
    return Ticket.objects.filter(survey=survey, digest=digest).exists()


def keep_ticket(survey: Survey, digest: str) -> None:
    """Note that a device has answered. Tickets of others are written anew with it."""
    rows = Ticket.objects.filter(survey=survey).order_by("pk").values_list("pk", "digest")
    some = list(rows.filter(pk__gte=random_place())[:COMPANY])
    Ticket.objects.filter(pk__in=[pk for pk, _digest in some]).delete()
    digests = [digest, *(theirs for _pk, theirs in some)]
    _DRAW.shuffle(digests)
    Ticket.objects.bulk_create([Ticket(survey=survey, digest=one) for one in digests])


def mix_all(survey: Survey) -> int:
    """Write every answer anew in random order, forget the tickets; returns how many answers there are.

    Groups are made coarse once more, over those who answered: of five who share a combination one may have answered
    alone, and who has answered is known.
    """
    contents = list(Answer.objects.filter(survey=survey).values_list("groups", "said"))
    rows = [tuple(groups.get(name, OTHER) for name in survey.groups) for groups, _said in contents]
    kept = [dict(zip(survey.groups, cell, strict=True)) for cell in coarsen(rows)]
    Answer.objects.filter(survey=survey).delete()
    _write(survey, [(groups, said) for groups, (_groups, said) in zip(kept, contents, strict=True)])
    Ticket.objects.filter(survey=survey).delete()
    Asked._base_manager.filter(survey=survey).update(answered=F("answered"))
    return len(contents)
