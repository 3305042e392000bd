"""Duties of notices: to read them, sooner after a reminder, and to answer by a day."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q

from craftpath.domain.directives.models import Answer, Directive
from craftpath.domain.directives.queries import directives, unread
from craftpath.domain.directives.reach import seats
from craftpath.kernel.duties import Asked, Row, duty


def _out(asked: Asked) -> list[Directive]:
    return list(directives().filter(state="published", shown_from__lte=asked.today))


@duty("directives.to_read", subject="directives.directive")
def to_read(asked: Asked) -> Iterator[Row]:
    """Whoever has not read what is addressed to one's role and place; nobody was reminded yet."""
    rows = [one for one in _out(asked) if one.reminded_on is None]
    return _once(rows, asked, "shown_from")


@duty("directives.reminded", subject="directives.directive")
def reminded(asked: Asked) -> Iterator[Row]:
    """The same of what its office reminds of."""
    return _once([one for one in _out(asked) if one.reminded_on is not None], asked, "reminded_on")


def _once(rows: list[Directive], asked: Asked, anchor: str) -> Iterator[Row]:
    """Somebody with several seats is asked once, at the highest of them."""
    waiting = unread(rows, asked.today)
    for one in rows:
        for person, place in {seat.person: seat.place for seat in reversed(waiting[one.pk])}.items():
            yield one.public_id, getattr(one, anchor), place, person


@duty("directives.answer", subject="directives.directive")
def to_answer(asked: Asked) -> Iterator[Row]:
    """Organisations that have not answered, asked of everybody whom it reaches there."""
    rows = [one for one in _out(asked) if one.answer != "none"]
    reached = seats(rows, asked.today)
    given = set(Answer.objects.filter(Q(directive__in=rows)).values_list("directive_id", "organisation_id"))
    for one in rows:
        for place, person in dict.fromkeys((seat.place, seat.person) for seat in reached[one.pk]):
            if (one.pk, place) not in given:
                yield one.public_id, one.answer_by, place, person
