"""Putting items together into a paper."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db.models import Count, Q

from craftpath.domain.exams import rules
from craftpath.domain.exams.facts import PaperFixed, PaperMade, PaperShelved
from craftpath.domain.exams.models import LONGEST_TITLE, Blueprint, Enemy, Item, Paper, PaperLine
from craftpath.domain.exams.states import PAPER
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import Fact, tell
from craftpath.kernel.organisations import Organisation
from craftpath.values.text import Text
from craftpath.values.verdict import Refused, not_now, require

MOST_ITEMS = 200
MOST_MINUTES = 600


@action
def make_paper(
    items: Sequence[Item],
    *,
    organisation: Organisation,
    made_id: uuid.UUID,
    title: str,
    minutes: int,
    blueprint: Blueprint | None = None,
    form: str = "",
    by: Actor,
    at: datetime,
) -> Paper:
    """A paper of these items in this order, each as it is written now; the same form (`made_id`) makes it once.

    `blueprint` and `form` say by which blueprint it was put together and which of its forms it is.
    """
    require(rules.may_write(by, organisation))
    standing = Paper._base_manager.filter(made_id=made_id).first()
    if standing is not None:
        return standing
    title = " ".join(title.split())
    require(rules.can_title(title, LONGEST_TITLE))
    require(rules.can_last(minutes, MOST_MINUTES))
    _check(items)
    paper = Paper(
        made_id=made_id,
        organisation=organisation,
        title=title,
        minutes=minutes,
        blueprint=blueprint,
        form=form,
        made_by=by.person,
        made_at=at,
    )
    paper.save()
    PaperLine.objects.bulk_create(
        [PaperLine(paper=paper, order=n, version=item.newest) for n, item in enumerate(items, start=1)]
    )
    _tell(PaperMade(len(items)), paper, by=by, at=at)
    return paper


def _check(items: Sequence[Item]) -> None:
    if not items:
        raise Refused(not_now("exams.paper_no_items"))
    if len(items) > MOST_ITEMS:
        raise Refused(not_now("exams.paper_too_long", most=MOST_ITEMS))
    for item in items:
        if item.state != "ready" or item.newest is None:
            raise Refused(not_now("exams.paper_item_not_ready", item=_called(item)))
        if item.for_practice:
            raise Refused(not_now("exams.paper_item_for_practice", item=_called(item)))
    known = {item.pk: item for item in items}
    _check_uses(known)
    pairs = Enemy.objects.filter(Q(first__in=known) & Q(second__in=known)).values_list("first", "second")
    for first, second in pairs[:1]:
        facts = {"first": _called(known[first]), "second": _called(known[second])}
        raise Refused(not_now("exams.paper_enemies", **facts))


def _check_uses(known: Mapping[int, Item]) -> None:
    """An item stands in no more papers than its writer allows; those put away count, for they were seen."""
    limits = {pk: item.exposure_limit for pk, item in known.items() if item.exposure_limit}
    if not limits:
        return
    # Two papers that are put together at once would count each other out.
    list(Item.objects.select_for_update(of=("self",)).filter(pk__in=limits).order_by("pk"))
    used = PaperLine.objects.filter(version__item__in=limits).order_by().values_list("version__item")
    for pk, papers in used.annotate(papers=Count("paper", distinct=True)):
        if papers >= limits[pk]:
            raise Refused(not_now("exams.paper_item_used_up", item=_called(known[pk]), limit=limits[pk]))


def _called(item: Item) -> str:
    title = Text.of(item.newest.stem).both() if item.newest is not None else item.public_id
    return title if len(title) <= 60 else f"{title[:59]}…"


@action
def fix_paper(paper: Paper, *, by: Actor, at: datetime) -> Paper:
    """It is ready: a sitting may use it, and nothing of it changes."""
    return _move(paper, "fix", PaperFixed(), by=by, at=at)


@action
def shelve_paper(paper: Paper, *, by: Actor, at: datetime) -> Paper:
    """Nothing new uses it; sittings that have it keep it."""
    return _move(paper, "shelve", PaperShelved(), by=by, at=at)


def _move(paper: Paper, move: str, fact: Fact, *, by: Actor, at: datetime) -> Paper:
    row = Paper.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=paper.pk)
    require(rules.may_write(by, row.organisation))
    row.state = PAPER.after(row.state, move)
    row.save(update_fields=["state"])
    _tell(fact, row, by=by, at=at)
    return row


def _tell(fact: Fact, paper: Paper, *, by: Actor, at: datetime) -> None:
    tell(fact, by=by, at=at, organisation=paper.organisation, subject=paper.ref)
