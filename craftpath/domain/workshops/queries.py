"""Reading workshops: lists, agenda, registrations, what goes on in the hall, certificates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.core.signing import BadSignature, Signer
from django.db import models
from django.db.models import Count, Max, Min, Prefetch, Q, Sum
from django.utils.crypto import constant_time_compare

from craftpath.domain.workshops.models import (
    Case,
    CaseFile,
    Certificate,
    Day,
    Item,
    LiveQuestion,
    Material,
    Organiser,
    Poll,
    Presence,
    Registration,
    Site,
    Speaker,
    Support,
    Tally,
    Voter,
    Workshop,
)
from craftpath.domain.workshops.rules import shows_results
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope

_SIGNER = "craftpath.workshops"
PUBLIC = ("open", "closed", "finished")


# ---- Workshops -------------------------------------------------------------------------------------


def workshops() -> models.QuerySet[Workshop]:
    """Those of the open scope with first and last day, the newest first."""
    return _with_days(Workshop.objects.all()).order_by("-first", "-pk")


def public_workshops() -> models.QuerySet[Workshop]:
    """Those that everybody may come to, whoever looks."""
    return _with_days(Workshop._base_manager.filter(public=True, state__in=PUBLIC)).order_by("-first", "-pk")


def to_come_at(organisation: Organisation, today: date) -> models.QuerySet[Any]:
    """Those that everybody may come to and that an organisation, or one below it, holds or helps to hold."""
    helped = Organiser._base_manager.filter(organisation__path__startswith=organisation.path)
    here = Q(organisation__path__startswith=organisation.path) | Q(pk__in=helped.values("workshop"))
    rows: models.QuerySet[Any] = public_workshops()  # with first and last day, which types do not know
    return rows.filter(here, last__gte=today).order_by("first", "pk")


def reachable() -> models.QuerySet[Workshop]:
    """Those that somebody who knows the address may look at: published ones, whoever looks."""
    return _with_days(Workshop._base_manager.exclude(state="draft"))


def _with_days(rows: models.QuerySet[Workshop]) -> models.QuerySet[Workshop]:
    organisers = Organiser._base_manager.select_related("organisation").order_by("pk")
    return (
        rows.select_related("organisation", "survey")
        .prefetch_related(Prefetch("organisers", organisers))
        .annotate(first=Min("days__on"), last=Max("days__on"))
    )


def held_here(scope: Scope) -> models.QuerySet[Workshop]:
    """Those that one's organisations hold."""
    return workshops().filter(Workshop.held_by(scope))


def days_of(workshop: Workshop) -> list[Day]:
    """In their order."""
    rows = list(Day._base_manager.filter(workshop=workshop).order_by("on"))
    for row in rows:
        row.workshop = workshop
    return rows


def day_of(workshop: Workshop, public_id: str) -> Day | None:
    """One of them."""
    return next((one for one in days_of(workshop) if one.public_id == public_id), None)


def day_at(workshop: Workshop, at: datetime) -> Day | None:
    """The day that is now, from an hour before it begins; else none."""
    on = at.astimezone(workshop.zone).date()
    return next((one for one in days_of(workshop) if one.on == on), None)


def sites_of(workshop: Workshop) -> list[Site]:
    """In the order in which they were named."""
    return list(Site._base_manager.filter(workshop=workshop).order_by("pk"))


def speakers_of(workshop: Workshop) -> list[Speaker]:
    """By name."""
    return list(Speaker._base_manager.filter(workshop=workshop).order_by("name", "pk"))


def items_of(workshop: Workshop) -> list[Item]:
    """The whole agenda in its order, with speakers, materials and the cases that are presented; constant queries."""
    rows = Item._base_manager.filter(workshop=workshop).select_related("day", "workshop")
    rows = rows.prefetch_related(
        Prefetch("speakers", Speaker._base_manager.order_by("pk")),
        Prefetch("materials", Material._base_manager.select_related("file").order_by("pk")),
        Prefetch("cases", Case._base_manager.filter(state__in=("accepted", "published")).order_by("pk")),
    )
    return list(rows.order_by("day__on", "starts", "room", "pk"))


def material(workshop: Workshop, public_id: str) -> models.QuerySet[Material]:
    """A file of a workshop."""
    rows = Material._base_manager.filter(workshop=workshop, public_id=public_id)
    return rows.select_related("file", "item")


# ---- Registrations ---------------------------------------------------------------------------------


def registrations(workshop: Workshop) -> models.QuerySet[Registration]:
    """Those of the open scope, by name."""
    rows = Registration.objects.filter(workshop=workshop).select_related("site", "person", "workshop")
    return rows.order_by("name", "pk")


def filtered(rows: models.QuerySet[Registration], asked: Mapping[str, str]) -> models.QuerySet[Registration]:
    """By words in name or organisation, kind, way and state; nothing asked leaves out who withdrew."""
    words = " ".join(asked.get("q", "").replace("\0", "").split())[:60]
    if words:
        rows = rows.filter(
            Q(name__icontains=words) | Q(organisation_name__icontains=words) | Q(city__icontains=words)
            | Q(badge=words.upper())
        )  # fmt: skip
    for name in ("kind", "way"):
        if asked.get(name):
            rows = rows.filter(**{name: asked[name][:20].replace("\0", "")})
    state = asked.get("state", "").replace("\0", "")[:20]
    return rows.filter(state=state) if state else rows.exclude(state="withdrawn")


def own_registration(workshop: Workshop, person: Person) -> Registration | None:
    """Somebody's own."""
    rows = Registration._base_manager.filter(workshop=workshop, person=person).exclude(state="withdrawn")
    return rows.select_related("workshop__organisation", "site").first()


def own_workshops(person: Person) -> dict[int, Registration]:
    """workshop id → the own registration there."""
    rows = Registration._base_manager.filter(person=person).exclude(state="withdrawn")
    return {row.workshop_id: row for row in rows}


def coming_for(person: Person, first: date, last: date) -> list[tuple[Registration, Day]]:
    """The days of workshops that somebody comes to, for calendars; two queries."""
    rows = Registration._base_manager.filter(person=person).exclude(state="withdrawn")
    known = {row.workshop_id: row for row in rows.select_related("workshop", "site")}
    days = Day._base_manager.filter(workshop__in=known, on__range=(first, last)).order_by("on")
    found = []
    for day in days.select_related("workshop"):
        if day.workshop.state != "draft":
            found.append((known[day.workshop_id], day))
    return found


def token_of(registration: Registration) -> str:
    """What stands in the link of a registration; it can be made again, so nothing is kept of it."""
    return Signer(salt=_SIGNER, sep=".").sign(registration.public_id)


def by_token(token: str) -> Registration | None:
    """The registration behind a link; None for one that was not made here."""
    try:
        public_id = Signer(salt=_SIGNER, sep=".").unsign(token)
    except BadSignature:
        return None
    rows = Registration._base_manager.select_related(
        "workshop__organisation", "workshop__survey", "site", "person"
    )
    return rows.filter(public_id=public_id).first()


def came(row: Registration) -> bool:
    """Whether somebody was there at all."""
    return Presence._base_manager.filter(registration=row).exists()


def to_write_to(pk: int, today: date) -> Registration | None:
    """The registration of a guest who is written to: it stands, and the workshop is not over."""
    rows = Registration._base_manager.select_related("workshop").exclude(state="withdrawn").exclude(email="")
    return rows.filter(pk=pk, person__isnull=True, workshop__days__on__gte=today).first()


def waiting_before(row: Registration) -> int:
    """How many wait for the same site who came earlier."""
    rows = Registration._base_manager.filter(site=row.site_id, state="waiting")
    return rows.filter(Q(made_at__lt=row.made_at) | Q(made_at=row.made_at, pk__lt=row.pk)).count()


def alike(workshop: Workshop) -> list[list[Registration]]:
    """Those with the same name and organisation, who may be one person twice; one query."""
    found: dict[tuple[str, str], list[Registration]] = {}
    for row in registrations(workshop).exclude(state="withdrawn"):
        key = ("".join(row.name.split()).casefold(), "".join(row.organisation_name.split()).casefold())
        found.setdefault(key, []).append(row)
    return [rows for rows in found.values() if len(rows) > 1]


def presences_on(day: Day, rows: Sequence[Registration]) -> dict[int, list[Presence]]:
    """registration id → how each of these was there on a day; one query."""
    found: dict[int, list[Presence]] = {}
    for one in Presence._base_manager.filter(day=day, registration__in=[row.pk for row in rows]):
        found.setdefault(one.registration_id, []).append(one)
    return found


def there_on(day: Day) -> dict[str, int]:
    """How many are there on a day, by way; one query."""
    rows = Presence._base_manager.filter(day=day).values_list("way").annotate(count=Count("pk")).order_by()
    return dict(rows)


@dataclass(frozen=True, slots=True)
class There:
    """A day that counts for somebody: the way that counted, and for how long."""

    on: date
    way: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Attended:
    """Somebody who came: minutes in all, the whole percent of the workshop's time, and minutes a day by way."""

    registration: Registration
    minutes: int
    share: int
    by_day: dict[tuple[int, str], int] = field(default_factory=dict)
    days: tuple[There, ...] = ()

    @property
    def way(self) -> str:
        """On site for whoever came to a site at least once."""
        return "site" if any(way == "site" for _day, way in self.by_day) else "online"


def attended(workshop: Workshop) -> list[Attended]:
    """Everybody who was there at all, by name. Of a day spent both ways the longer counts; three queries."""
    days = days_of(workshop)
    whole = sum(day.minutes for day in days)
    longest = {day.pk: day.minutes for day in days}
    found: dict[int, dict[tuple[int, str], int]] = {}
    for one in Presence._base_manager.filter(day__in=longest).order_by("pk"):
        found.setdefault(one.registration_id, {})[one.day_id, one.way] = min(one.minutes, longest[one.day_id])
    told = []
    for row in Registration._base_manager.filter(workshop=workshop, pk__in=found).order_by("name", "pk"):
        by_day = found[row.pk]
        there = tuple(_there(day, by_day) for day in days)
        minutes = sum(one.minutes for one in there)
        share = 100 * minutes // whole if whole else 0
        told.append(Attended(row, minutes, share, by_day, tuple(one for one in there if one.minutes)))
    return told


def _there(day: Day, by_day: Mapping[tuple[int, str], int]) -> There:
    site, online = by_day.get((day.pk, "site"), 0), by_day.get((day.pk, "online"), 0)
    return There(day.on, "online" if online > site else "site", max(site, online))


# ---- In the hall -----------------------------------------------------------------------------------


def questions_in(workshop: Workshop, *, hidden: bool = False) -> list[LiveQuestion]:
    """Open ones first: those put first, then the most supported; hidden ones for whoever moderates."""
    rows = LiveQuestion._base_manager.filter(workshop=workshop).select_related("registration")
    rows = rows if hidden else rows.exclude(state="hidden")
    order = {"asked": 0, "answered": 1, "hidden": 2}
    return sorted(rows, key=lambda one: (order[one.state], -one.place, -one.supports, one.pk))


def supported_by(row: Registration) -> set[int]:
    """Questions that somebody supports."""
    return set(Support.objects.filter(registration=row).values_list("question_id", flat=True))


def own_questions(row: Registration) -> list[LiveQuestion]:
    """What somebody asked, hidden ones too, with the reason."""
    return list(LiveQuestion._base_manager.filter(registration=row).order_by("pk"))


def polls_in(workshop: Workshop, *, drafts: bool = False) -> list[Poll]:
    """The newest first."""
    rows = Poll._base_manager.filter(workshop=workshop).order_by("-pk")
    return list(rows if drafts else rows.exclude(state="draft"))


def voted_by(row: Registration) -> set[int]:
    """Polls that somebody has answered."""
    return set(Voter.objects.filter(registration=row).values_list("poll_id", flat=True))


def counts_of(polls: Sequence[Poll], *, hidden: bool = False) -> dict[int, dict[str, int]]:
    """poll id → answer → count, only where they may be seen; one query."""
    shown = [one.pk for one in polls if shows_results(one)]
    rows = Tally.objects.filter(poll__in=shown).order_by("-count", "answer")
    rows = rows if hidden else rows.filter(hidden=False)
    found: dict[int, dict[str, int]] = {pk: {} for pk in shown}
    for row in rows:
        found[row.poll_id][row.answer] = row.count
    return found


def hidden_words(polls: Sequence[Poll]) -> set[tuple[int, str]]:
    """Words that were taken off the screen; one query."""
    return set(Tally.objects.filter(poll__in=polls, hidden=True).values_list("poll_id", "answer"))


# ---- Cases and certificates ------------------------------------------------------------------------


def cases_of(workshop: Workshop) -> models.QuerySet[Case]:
    """Cases of a workshop that the scope sees, the newest first."""
    rows = Case.objects.filter(workshop=workshop).select_related("registration", "item", "workshop")
    return rows.prefetch_related(_files()).order_by("-sent_at", "-pk")


def own_cases(row: Registration) -> list[Case]:
    """What somebody sent in."""
    return list(Case._base_manager.filter(registration=row).prefetch_related(_files()).order_by("-pk"))


def shelved() -> models.QuerySet[Case]:
    """Everything on the shelf, whoever looks, the newest first."""
    rows = Case._base_manager.filter(state="published").select_related("workshop__organisation")
    return rows.prefetch_related(_files()).order_by("-sent_at", "-pk")


def _files() -> Prefetch:
    return Prefetch("files", CaseFile.objects.select_related("file").order_by("pk"))


def certificates_of(workshop: Workshop) -> models.QuerySet[Certificate]:
    """By number."""
    rows = Certificate.objects.filter(workshop=workshop).select_related(
        "registration", "issued_by", "workshop__organisation", "record"
    )
    return rows.defer("record__credential", "record__token", "record__content").order_by("number")


def certificate_for(row: Registration) -> Certificate | None:
    """Somebody's own, if there is one."""
    rows = Certificate._base_manager.filter(registration=row)
    return rows.select_related("registration", "workshop__organisation", "issued_by").first()


def certificate_by(number: str, code: str) -> Certificate | None:
    """The certificate with this number and code, for whoever holds the paper; None where either is wrong."""
    rows = Certificate._base_manager.filter(number=number.strip().upper()[:24])
    found = rows.select_related("registration", "workshop__organisation").first()
    if found is None or not constant_time_compare(found.code, code.strip().upper()[:12]):
        return None
    return found


def attended_by(person: Person) -> models.QuerySet[Any]:
    """Workshops where somebody was, with `minutes`, `first` and `last` day there, and the certificate; one query."""
    rows = Registration.objects.filter(person=person, presences__isnull=False).exclude(state="withdrawn")
    return rows.select_related("workshop__organisation", "certificate").annotate(
        minutes=Sum("presences__minutes"), first=Min("presences__day__on"), last=Max("presences__day__on")
    )
