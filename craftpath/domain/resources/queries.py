"""Reading resources, what is said of them, and what waits for the office."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Avg, Count, F, Q

from craftpath.domain.apprenticeships.rules import classes_of
from craftpath.domain.resources.models import Pair, Resource, Review, Source, Star, Suggestion, Use, Version
from craftpath.domain.resources.states import CRITERIA, REACHES
from craftpath.kernel.access import memberships_on
from craftpath.kernel.search import marks
from craftpath.kernel.tenancy import paths_to

if TYPE_CHECKING:
    from craftpath.kernel.access import Actor
    from craftpath.kernel.organisations import Organisation
    from craftpath.kernel.people import Person
    from craftpath.values.ref import Ref

_RELATED = ("organisation", "made_by", "occupation", "current__file", "into")


@dataclass(frozen=True, slots=True)
class Marks:
    """What people say of a resource."""

    stars: float | None = None
    n: int = 0
    reviewed: int = 0
    uses: int = 0


def resources() -> models.QuerySet[Resource]:
    """Every resource of the open scope, what changed last first: pages ask who may see it (`rules.may_see`)."""
    return Resource.objects.select_related(*_RELATED).defer("current__pages").order_by("-changed_at", "-pk")


def shared() -> models.QuerySet[Resource]:
    """Those that are offered."""
    return resources().filter(state="shared")


def newest_at(organisation: Organisation, most: int = 50) -> list[str]:
    """Public ids of what an organisation itself shared last, as far as the reader sees it."""
    rows = shared().filter(organisation=organisation).select_related(None).defer(None)
    return list(rows.values_list("public_id", flat=True)[:most])


_NARROW = {name: name for name in ("kind", "licence", "language")} | {"occupation": "occupation__public_id"}


def narrowed(chosen: Mapping[str, str]) -> Iterator[str]:
    """Public ids of what is offered and has all that was chosen (occupation, skill, kind, …), the latest first."""
    rows = shared().filter(**{_NARROW[name]: value for name, value in chosen.items() if name in _NARROW})
    skill = chosen.get("skill")
    for public_id, skills in (
        rows.select_related(None).defer(None).values_list("public_id", "skills").iterator()
    ):
        if not skill or skill in skills:
            yield public_id


def to_find() -> models.QuerySet[Resource]:
    """What can be found by words."""
    return Resource.objects.filter(state="shared").select_related("organisation", "current")


def drafts_of(person: Person) -> models.QuerySet[Resource]:
    """What somebody dropped and has not shared yet, in the order in which it was dropped."""
    return resources().filter(state="draft", made_by=person).order_by("made_at", "pk")


def newest_of(rows: Iterable[Resource]) -> dict[int, Version]:
    """resource id → its newest version, read or not; one query, without the text."""
    found = Version._base_manager.filter(resource__in=[row.pk for row in rows]).select_related("file")
    return {one.resource_id: one for one in found.defer("pages", "sketch").order_by("number")}


def versions_of(resource: Resource) -> list[Version]:
    """All versions, the newest first, without their text."""
    rows = Version._base_manager.filter(resource=resource).select_related("file", "made_by")
    return list(rows.defer("pages", "sketch").order_by("-number"))


def version(public_id: str) -> Version | None:
    """A version that the reader sees, with its resource."""
    rows = Version.objects.select_related("resource__organisation", "resource__current", "file")
    return rows.defer("pages", "sketch", "resource__current__pages").filter(public_id=public_id).first()


def waiting_version(pk: int) -> Version:
    """A version that a worker reads, with its resource and who dropped it."""
    rows = Version.objects.select_related("resource__organisation", "file", "made_by")
    return rows.get(pk=pk)


def versions_offered(ids: Iterable[str]) -> list[str]:
    """Public ids of the versions that these resources offer."""
    rows = Version._base_manager.filter(offered_by__public_id__in=list(ids))
    return list(rows.values_list("public_id", flat=True))


def versions_used_by(subject: Ref) -> dict[str, str]:
    """resource → the version of it that a thing uses, by public ids."""
    rows = Use._base_manager.filter(subject=str(subject))
    return dict(rows.values_list("version__resource__public_id", "version__public_id"))


def pages_of(rows: Iterable[Resource]) -> dict[int, list[str]]:
    """resource id → the text of the version that is offered, a page each; one query."""
    found = Version._base_manager.filter(offered_by__in=[row.pk for row in rows])
    return dict(found.values_list("resource_id", "pages"))


def marks_of(rows: Iterable[Resource]) -> dict[int, Marks]:
    """resource id → stars, reviews and uses; three queries however many."""
    ids = [row.pk for row in rows]
    stars = {
        pk: (mean, n)
        for pk, mean, n in Star.objects.filter(resource__in=ids)
        .values("resource")
        .annotate(mean=Avg("stars"), n=Count("pk"))
        .values_list("resource", "mean", "n")
        .order_by()
    }
    reviewed = dict(
        Review.objects.filter(version__offered_by__in=ids, holds=list(CRITERIA))
        .values("version__resource")
        .annotate(n=Count("pk"))
        .values_list("version__resource", "n")
        .order_by()
    )
    uses = dict(
        Use._base_manager.filter(resource__in=ids)
        .values("resource")
        .annotate(n=Count("subject", distinct=True))
        .values_list("resource", "n")
        .order_by()
    )
    found = {}
    for pk in ids:
        mean, n = stars.get(pk, (None, 0))
        found[pk] = Marks(mean, n, reviewed.get(pk, 0), uses.get(pk, 0))
    return found


def reviews_of(resource: Resource) -> list[Review]:
    """What was said of the version that is offered, the latest first."""
    rows = Review.objects.filter(version=resource.current_id).select_related("person")
    return list(rows.order_by("-at", "-pk"))


def own_star(resource: Resource, person: Person) -> int:
    """The stars that somebody gave; 0 for none."""
    return Star.objects.filter(resource=resource, person=person).values_list("stars", flat=True).first() or 0


def uses_of(resource: Resource) -> list[Use]:
    """Where it is used, the latest first: a door looks each of them up before it names it."""
    return list(
        Use._base_manager.filter(resource=resource).select_related("version", "organisation").order_by("-at")
    )


def older_in_use() -> models.QuerySet[Use]:
    """Uses of a version that is no longer the one offered, and of which nobody there said that it stays."""
    rows = Use._base_manager.filter(resource__state="shared", resource__current__isnull=False)
    newer = rows.exclude(version=F("resource__current")).filter(seen__lt=F("resource__current__number"))
    return newer.filter(resource__current__resource=F("resource")).order_by("at", "pk")


def older_at(resource: Resource, organisation: Organisation) -> models.QuerySet[Use]:
    """Such uses of one resource at an organisation and below it."""
    return older_in_use().filter(resource=resource, organisation__path__startswith=organisation.path)


def older_used_by(subject: Ref) -> models.QuerySet[Use]:
    """Such uses by one thing, with the version that is used and the one that is offered."""
    return older_in_use().filter(subject=str(subject)).select_related("version", "resource__current")


def pairs(organisation: Organisation) -> models.QuerySet[Pair]:
    """Pairs of an organisation and below it that look alike and of which nobody has decided, the most alike first."""
    rows = Pair.objects.filter(state="open")
    for one in ("first", "second"):
        rows = rows.filter(
            **{
                f"{one}__state__in": ("shared", "retired"),
                f"{one}__organisation__path__startswith": organisation.path,
            }
        )
    related = [f"{one}__{name}" for one in ("first", "second") for name in ("organisation", "current__file")]
    hidden = [f"{one}__current__{name}" for one in ("first", "second") for name in ("pages", "sketch")]
    return rows.select_related(*related).defer(*hidden).order_by("-share", "-pk")


def any_pair(public_id: str) -> models.QuerySet[Pair]:
    """A pair of the open scope, settled or not."""
    return Pair.objects.filter(public_id=public_id)


def like(resource: Resource) -> list[tuple[Resource, Pair]]:
    """What looks like a resource, shown before it is shared; the reader sees both."""
    rows = Pair.objects.filter(Q(first=resource) | Q(second=resource), state="open")
    rows = rows.select_related("first__organisation", "second__organisation").order_by("-share")
    return [(one.second if one.first_id == resource.pk else one.first, one) for one in rows[:5]]


def sources() -> models.QuerySet[Source]:
    """Catalogues that are read, or were."""
    return Source.objects.select_related("organisation", "made_by").order_by("name", "pk")


def counted(rows: models.QuerySet[Source]) -> models.QuerySet[Source]:
    """The same with how many suggestions wait and how many were taken."""
    waiting = Count("suggestions", filter=Q(suggestions__state="new", suggestions__gone=False))
    taken = Count("suggestions", filter=Q(suggestions__state="taken"))
    return rows.annotate(waiting=waiting, taken=taken)


def suggestions() -> models.QuerySet[Suggestion]:
    """What other catalogues suggest and nobody has settled, the latest first."""
    rows = Suggestion.objects.filter(state="new", gone=False)
    return rows.select_related("source__organisation").order_by("-came_at", "-pk")


def any_suggestion(public_id: str) -> models.QuerySet[Suggestion]:
    """A suggestion of the open scope, settled or not."""
    return Suggestion.objects.filter(public_id=public_id).select_related("source__organisation", "resource")


def listed(
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    occupation: str = "",
    after: Sequence[Any] = (),
) -> models.QuerySet[Resource]:
    """What everybody may read of, or once could, by when it changed: asked without a reader, so without a scope.

    `until` belongs to it; `after` is (when, id) of the last one that was given.
    """
    rows = Resource._base_manager.filter(listed_at__isnull=False)
    if since is not None:
        rows = rows.filter(changed_at__gte=since)
    if until is not None:
        rows = rows.filter(changed_at__lte=until)
    if occupation:
        rows = rows.filter(occupation__public_id=occupation)
    if after:
        when, pk = after
        rows = rows.filter(Q(changed_at__gt=when) | Q(changed_at=when, pk__gt=pk))
    return rows.select_related(*_RELATED).defer("current__pages").order_by("changed_at", "pk")


def listed_occupations() -> list[tuple[str, dict[str, str]]]:
    """(public id, name) of the occupations of what everybody may read of; one query."""
    rows = listed().filter(occupation__isnull=False).order_by("occupation__public_id")
    return list(rows.values_list("occupation__public_id", "occupation__name").distinct())


def occupations_of(ids: Iterable[str]) -> list[str]:
    """Public ids of the occupations of these, one for each that has one and is seen; one query."""
    rows = Resource.objects.filter(public_id__in=list(ids), occupation__isnull=False).order_by()
    return list(rows.values_list("occupation__public_id", flat=True))


def marks_brought(actor: Actor, day: date) -> list[str]:
    """Of these marks an entry of the library has one if the reader may see it: of places, of offices, of wide reach."""
    scope = actor.scope
    held = memberships_on(day).filter(person=scope.person_id).order_by()
    paths = {*held.values_list("organisation__path", flat=True)}
    paths |= {*classes_of(scope).values_list("organisation__path", flat=True)}
    if actor.organisation is not None:
        paths.add(actor.organisation.path)
    places = {step for path in paths for step in paths_to(path)}
    offices = [f"o{scope.path.lower()}"] if scope.path else []
    wide = [marks.facet("reach", reach) for reach in REACHES if reach != "own"]
    return [*offices, *wide, *(marks.facet("org", path) for path in sorted(places))]
