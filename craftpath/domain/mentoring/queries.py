"""Reading what the people of a pair do together; callers have asked who may look."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Count, Max, Prefetch, Q, Sum

from craftpath.domain.mentoring.models import (
    AgreementWording,
    Goal,
    Graduation,
    HalfwayTalk,
    Meeting,
    MeetingRule,
    MeetingVersion,
    PairAgreement,
    Product,
    ProductFile,
    Showing,
    TalkSide,
    Thanks,
)
from craftpath.domain.mentoring.seeds import clauses
from craftpath.kernel.organisations import Organisation

if TYPE_CHECKING:
    from craftpath.domain.pairing.models import Pair
    from craftpath.kernel.people import Person


def _paths(organisation: Organisation) -> list[str]:
    """The paths of an organisation and of those above it, the highest first."""
    path, step = organisation.path, organisation.steplen
    return [path[:end] for end in range(step, len(path) + 1, step)]


def meeting_rules(organisations: Iterable[Organisation]) -> dict[int, MeetingRule]:
    """organisation id → its own rule, else that of the nearest above it, else the defaults; one query."""
    asked = {row.pk: row for row in organisations}
    wanted = {path for row in asked.values() for path in _paths(row)}
    rows = MeetingRule._base_manager.filter(organisation__path__in=wanted).select_related("organisation")
    kept = {row.organisation.path: row for row in rows}
    found = {}
    for pk, row in asked.items():
        nearest = next((kept[path] for path in reversed(_paths(row)) if path in kept), None)
        found[pk] = nearest or MeetingRule(organisation=row)
    return found


def meeting_rule(organisation: Organisation) -> MeetingRule:
    """The same for one organisation."""
    return meeting_rules([organisation])[organisation.pk]


def wording(organisation: Organisation) -> tuple[dict[str, dict[str, str]], AgreementWording | None]:
    """The clauses that hold for an organisation, and the row they come from; None for those of the house."""
    rows = AgreementWording._base_manager.filter(organisation__path__in=_paths(organisation))
    found = rows.select_related("organisation").order_by("-organisation__path", "-version").first()
    return ({**clauses(), **found.clauses} if found else clauses()), found


def goals_of(pairs: Iterable[Pair]) -> dict[int, list[Goal]]:
    """pair id → its goals, open ones first, by day; one query."""
    rows = Goal.objects.filter(pair__in=[row.pk for row in pairs]).select_related("person", "settled_by")
    found: dict[int, list[Goal]] = defaultdict(list)
    for row in rows.order_by("due_on", "pk"):
        found[row.pair_id].append(row)
    for some in found.values():
        some.sort(key=lambda goal: goal.state != "open")
    return found


def goals() -> models.QuerySet[Goal]:
    """The goals of the pairs that the reader sees."""
    return Goal.objects.select_related("person", "pair")


def meetings() -> models.QuerySet[Meeting]:
    """The meetings of the pairs that the reader sees, the newest first, with both people."""
    return Meeting.objects.select_related("pair", "written_by", "other", "said_by", "photo").order_by(
        "-on", "-pk"
    )


def versions_of(meeting: Meeting) -> list[MeetingVersion]:
    """Everything that was written about a meeting, the newest first."""
    return list(meeting.versions.select_related("said_by").order_by("-number"))


def last_meetings(pairs: Iterable[Pair]) -> dict[int, tuple[date, int, int]]:
    """pair id → (day of the last meeting, how many, minutes of all); pairs that never met are left out. One query."""
    rows = Meeting.objects.filter(pair__in=[row.pk for row in pairs]).order_by()
    told = rows.values("pair_id").annotate(last=Max("on"), n=Count("pk"), minutes=Sum("minutes"))
    return {row["pair_id"]: (row["last"], row["n"], row["minutes"]) for row in told}


def waiting_for(person: Person, pairs: Iterable[Pair]) -> dict[int, int]:
    """pair id → how many meetings wait for this person's answer; one query."""
    rows = Meeting.objects.filter(asked_of(person.pk), state="written", pair__in=[row.pk for row in pairs])
    told = rows.order_by().values("pair_id").annotate(n=Count("pk"))
    return {row["pair_id"]: row["n"] for row in told}


def asked_of(person: int) -> Q:
    """The condition that a version waits for somebody: the one of the two who did not write it."""
    return Q(written_by=person) & ~Q(said_by=person) | Q(other=person) & ~Q(said_by=person)


def minutes_by_month(pair: Pair) -> dict[date, tuple[int, int]]:
    """first day of a month → (minutes, meetings) of a pair, in order; one query."""
    found: dict[date, tuple[int, int]] = {}
    rows = Meeting.objects.filter(pair=pair).order_by("on").values_list("on", "minutes")
    for on, minutes in rows:
        before = found.get(on.replace(day=1), (0, 0))
        found[on.replace(day=1)] = (before[0] + minutes, before[1] + 1)
    return found


def talks_of(pairs: Iterable[Pair]) -> dict[int, list[HalfwayTalk]]:
    """pair id → its talks with their sides, the newest first; two queries."""
    sides = TalkSide.objects.select_related("person").order_by("pk")
    rows = HalfwayTalk.objects.filter(pair__in=[row.pk for row in pairs]).select_related("settled_by")
    found: dict[int, list[HalfwayTalk]] = defaultdict(list)
    for row in rows.prefetch_related(Prefetch("sides", sides)).order_by("-round"):
        found[row.pair_id].append(row)
    return found


def product_of(pair: Pair) -> Product | None:
    """What a pair made, with its files and showings; three queries."""
    rows = Product.objects.filter(pair=pair).select_related("kept_by")
    files = Prefetch("files", ProductFile.objects.select_related("kept").order_by("pk"))
    shown = Prefetch("showings", Showing.objects.order_by("on", "pk"))
    return rows.prefetch_related(files, shown).first()


def product_file(public_id: str) -> tuple[Any, str, Pair] | None:
    """(kept file, media type, pair) of a file of a product, or of a meeting's photo, that the reader's pairs have."""
    row = (
        ProductFile.objects.filter(public_id=public_id, product__in=Product.objects.values("pk"))
        .select_related("kept", "product__pair")
        .first()
    )
    if row is not None:
        return row.kept, row.media_type, row.product.pair
    met = (
        Meeting.objects.filter(public_id=public_id, photo__isnull=False)
        .select_related("photo", "pair")
        .first()
    )
    return (met.photo, "image/jpeg", met.pair) if met is not None else None


def shown_products(pairs: Iterable[Pair]) -> dict[int, bool]:
    """pair id → whether its product was shown; pairs without a product are left out. One query."""
    rows = Product.objects.filter(pair__in=[row.pk for row in pairs]).order_by()
    told = rows.annotate(n=Count("showings")).values_list("pair_id", "n")
    return {pair: n > 0 for pair, n in told}


def agreements_of(pairs: Iterable[Pair]) -> dict[int, list[PairAgreement]]:
    """pair id → its agreements, the newest first; one query."""
    rows = PairAgreement.objects.filter(pair__in=[row.pk for row in pairs]).select_related("document", "pair")
    found: dict[int, list[PairAgreement]] = defaultdict(list)
    for row in rows.order_by("-version"):
        found[row.pair_id].append(row)
    return found


def agreements() -> models.QuerySet[PairAgreement]:
    """The agreements of the pairs that the reader sees."""
    return PairAgreement.objects.select_related("document", "pair__organisation")


def thanks_of(pair: Pair) -> dict[int, Thanks]:
    """person id → words of thanks."""
    return {row.person_id: row for row in Thanks.objects.filter(pair=pair).select_related("person")}


def graduations_of(pairs: Iterable[Pair]) -> dict[int, Graduation]:
    """pair id → its graduation; one query."""
    rows = Graduation.objects.filter(pair__in=[row.pk for row in pairs]).select_related("picture")
    return {row.pair_id: row for row in rows}


def is_graduated(pair: Pair) -> bool:
    """Whether the page of a pair is kept, so that nothing is written any more."""
    return Graduation._base_manager.filter(pair=pair).exists()


def products_of(pair_ids: Iterable[int]) -> dict[int, Product]:
    """pair id → what it made, with its showings; two queries."""
    shown = Prefetch("showings", Showing.objects.order_by("on", "pk"))
    return {
        row.pair_id: row for row in Product.objects.filter(pair__in=set(pair_ids)).prefetch_related(shown)
    }
