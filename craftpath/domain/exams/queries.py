"""What pages read of the bank, of papers and of sittings."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from craftpath.domain.exams.content import Content
from craftpath.domain.exams.faults import PICTURED
from craftpath.domain.exams.models import (
    Assembly,
    Blueprint,
    Candidate,
    Enemy,
    Item,
    ItemOutcome,
    ItemSkill,
    ItemVersion,
    Package,
    Paper,
    PaperLine,
    Picture,
    Sitting,
    Stimulus,
)
from craftpath.engines.scoring import Kind, Rule
from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.kernel.organisations import Organisation

MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a list of items is narrowed; an empty value narrows nothing."""

    words: str = ""
    kind: str = ""
    state: str = ""
    difficulty: str = ""
    skill: str = ""
    outcome: int | None = None
    key: str = ""


def items() -> models.QuerySet[Item]:
    """The items of the open scope, newest first, each with its newest version."""
    return Item.objects.select_related("newest__stimulus", "organisation").order_by("-id")


def items_wanted(wanted: Wanted) -> models.QuerySet[Item]:
    """Those that a reader asks for; without a state, the retired ones are left out."""
    rows = items()
    for word in wanted.words.casefold().split()[:MOST_WORDS]:
        rows = rows.filter(Q(words__contains=word) | Q(public_id=word))
    rows = rows.filter(state=wanted.state) if wanted.state else rows.exclude(state="retired")
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.difficulty:
        rows = rows.filter(difficulty=wanted.difficulty)
    if wanted.skill:
        rows = rows.filter(skills__key=wanted.skill)
    if wanted.outcome is not None:
        rows = rows.filter(outcomes__outcome=wanted.outcome)
    if wanted.key:
        rows = rows.filter(keyed=wanted.key == "yes")
    return rows


def items_by_id(public_ids: Iterable[str]) -> list[Item]:
    """Those of these ids that the reader sees; one query."""
    return list(items().filter(public_id__in=list(public_ids)))


def counts_by_state() -> dict[str, int]:
    """state → how many items; one query."""
    rows = Item.objects.order_by().values_list("state").annotate(count=models.Count("pk"))
    return dict(rows)


def versions_of(item: Item) -> list[ItemVersion]:
    """All versions, newest first, with who wrote them; one query."""
    return list(
        ItemVersion.objects.filter(item=item).select_related("made_by", "stimulus").order_by("-number")
    )


def content_of(version: ItemVersion, kind: str) -> Content:
    """What a version says, as values; its stimulus must have been read with it."""
    return Content(
        kind=Kind(kind),
        stem=Text.of(version.stem),
        details=version.details,
        points=Decimal(version.points),
        rule=Rule(version.rule),
        explanation=Text.of(version.explanation),
        stimulus=version.stimulus.public_id if version.stimulus else "",
    )


@dataclass(frozen=True, slots=True)
class Tags:
    """What an item is for and how it may be used; `enemies` are public ids, `outcomes` ids of programme outcomes."""

    outcomes: tuple[int, ...] = ()
    skills: tuple[str, ...] = ()
    difficulty: str = ""
    expected_p: Decimal | None = None
    seconds: int | None = None
    exposure_limit: int | None = None
    enemies: tuple[str, ...] = ()


def tags_of(item: Item) -> Tags:
    """The tags of one item; three queries."""
    return tags_by_item([item])[item.pk]


def tags_by_item(rows: Sequence[Item]) -> dict[int, Tags]:
    """item id → its tags; three queries however many."""
    ids = [row.pk for row in rows]
    outcomes: dict[int, list[int]] = {}
    rows_of_outcomes = ItemOutcome.objects.filter(item__in=ids).order_by("outcome")
    for item, outcome in rows_of_outcomes.values_list("item", "outcome"):
        outcomes.setdefault(item, []).append(outcome)
    skills: dict[int, list[str]] = {}
    for item, key in ItemSkill.objects.filter(item__in=ids).order_by("key").values_list("item", "key"):
        skills.setdefault(item, []).append(key)
    enemies: dict[int, list[str]] = {}
    pairs = Enemy.objects.filter(Q(first__in=ids) | Q(second__in=ids)).order_by("first", "second")
    for first, one, second, other in pairs.values_list(
        "first", "first__public_id", "second", "second__public_id"
    ):
        enemies.setdefault(first, []).append(other)
        enemies.setdefault(second, []).append(one)
    return {
        row.pk: Tags(
            tuple(outcomes.get(row.pk, ())),
            tuple(skills.get(row.pk, ())),
            row.difficulty,
            row.expected_p,
            row.seconds,
            row.exposure_limit,
            tuple(sorted(enemies.get(row.pk, ()))),
        )
        for row in rows
    }


def pictures() -> models.QuerySet[Picture]:
    """The pictures of the open scope, with their files."""
    return Picture.objects.select_related("file").order_by("-id")


def pictures_by_id(public_ids: Iterable[str]) -> dict[str, Picture]:
    """public id → picture; no query if none is wanted."""
    wanted = list(public_ids)
    return {row.public_id: row for row in pictures().filter(public_id__in=wanted)} if wanted else {}


def packages() -> models.QuerySet[Package]:
    """The packages of the open scope, newest first."""
    return Package.objects.select_related("file", "organisation", "made_by").order_by("-id")


def stimuli() -> models.QuerySet[Stimulus]:
    """The shared texts of the open scope, newest first."""
    return Stimulus.objects.select_related("made_by").order_by("-id")


def known_contents(organisation: Organisation, prints: Iterable[str]) -> Mapping[str, str]:
    """fingerprint → public id of an item of this organisation that says just that and is not retired; one query."""
    wanted = list(prints)
    if not wanted:
        return {}
    rows = Item.objects.filter(organisation=organisation, newest__fingerprint__in=wanted).exclude(
        state="retired"
    )
    return dict(rows.order_by("-id").values_list("newest__fingerprint", "public_id"))


def papers() -> models.QuerySet[Paper]:
    """The papers of the open scope, newest first."""
    return Paper.objects.select_related("organisation", "made_by", "blueprint").order_by("-id")


def papers_with_counts() -> Any:
    """The same, each with `questions`, how many it has."""
    return papers().annotate(questions=models.Count("lines"))


def papers_of(ids: Iterable[int]) -> list[Paper]:
    """Those of these ids, in no order; one query. Whoever asks holds a sitting of theirs, so no scope is asked for."""
    return list(Paper._base_manager.filter(pk__in=list(ids)))


def lines_of(paper: Paper) -> models.QuerySet[PaperLine]:
    """The questions of a paper in order, each with what it says."""
    rows = PaperLine.objects.filter(paper=paper)
    return rows.select_related("version__item", "version__stimulus").order_by("order")


def blueprints() -> models.QuerySet[Blueprint]:
    """The blueprints of the open scope, newest first."""
    return Blueprint.objects.select_related("organisation", "changed_by").order_by("-id")


def assemblies() -> models.QuerySet[Assembly]:
    """What was put together by the blueprints of the open scope, newest first."""
    rows = Assembly.objects.select_related("blueprint__organisation", "asked_by", "asked_in")
    return rows.order_by("-asked_at", "-pk")


def papers_by(blueprint: Blueprint) -> models.QuerySet[Paper]:
    """Papers that were made by a blueprint, newest first, form by form."""
    return papers().filter(blueprint=blueprint).order_by("-made_at", "form")


def sittings() -> models.QuerySet[Sitting]:
    """The sittings of the open scope, with paper, cohort and organisation."""
    return Sitting.objects.select_related("organisation", "cohort__organisation", "paper", "again_of")


def kin_of(sitting: Sitting) -> list[Sitting]:
    """The first sitting and the re-sits beside this one, the first one first; one query."""
    first = sitting.again_of_id or sitting.pk
    rows = sittings().filter(Q(pk=first) | Q(again_of=first)).exclude(pk=sitting.pk)
    return list(rows.order_by("starts_at", "pk"))


def enrolments_at(sitting: Sitting) -> set[int]:
    """Ids of the enrolments on its list; one query."""
    return set(Candidate._base_manager.filter(sitting=sitting).values_list("enrolment", flat=True))


def candidates() -> models.QuerySet[Candidate]:
    """The candidates of the open scope."""
    return Candidate.objects.select_related(
        "sitting__organisation", "sitting__cohort", "paper", "enrolment__person", "settlement"
    )


def forms_of(sitting: Sitting) -> list[int]:
    """Ids of the papers that its candidates have, the first form first; one query."""
    dealt = Candidate._base_manager.filter(sitting=sitting).order_by("paper").distinct()
    return list(dict.fromkeys([sitting.paper_id, *dealt.values_list("paper_id", flat=True)]))


def forms_with_counts(sitting: Sitting) -> dict[int, Any]:
    """Paper id → the paper with `questions`, how many it has; the first form first; two queries."""
    ids = forms_of(sitting)
    rows = Paper._base_manager.filter(pk__in=ids).annotate(questions=models.Count("lines"))
    by_id = {row.pk: row for row in rows}
    return {pk: by_id[pk] for pk in ids}


def candidates_of(sitting: Sitting) -> Any:
    """Those of a sitting by seat, each with `answered`, how many questions have something saved; one query."""
    rows = candidates().filter(sitting=sitting).annotate(answered=models.Count("answers"))
    return rows.order_by("enrolment__number", "pk")


def pictures_in(paper: int) -> list[Picture]:
    """The pictures that a paper shows, in its questions and in shared texts; two queries.

    Whoever asks holds the paper, so no scope is asked for.
    """
    rows = PaperLine.objects.filter(paper=paper).values_list(
        "version__stem", "version__details", "version__stimulus__body", "version__item__organisation"
    )
    named: set[str] = set()
    owners: set[int] = set()
    for *texts, owner in rows:
        owners.add(owner)
        named |= set(PICTURED.findall(json.dumps(texts, ensure_ascii=False)))
        details = texts[1]
        if isinstance(details, dict) and isinstance(details.get("picture"), str):
            named.add(details["picture"])
    found = Picture._base_manager.select_related("file").filter(public_id__in=named, organisation__in=owners)
    return list(found)
