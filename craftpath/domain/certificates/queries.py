"""Reading kinds, certificates, batches and keys, and how a certificate stands."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count, Q

from craftpath.domain.certificates.models import Batch, Certificate, IssuerKey, Kind, Planned, StatusList
from craftpath.kernel.tenancy import paths_to

if TYPE_CHECKING:
    from craftpath.kernel.organisations import Organisation
    from craftpath.kernel.people import Person

STANDINGS = ("valid", "expired", "revoked", "replaced")


def kinds() -> models.QuerySet[Kind]:
    """The kinds of the open scope, by their organisation and line, the newest version of each first."""
    return Kind.objects.select_related("organisation", "occupation", "replaces")


def kinds_of(organisation: Organisation) -> models.QuerySet[Kind]:
    """The kinds of an organisation and below, the newest version of each line, what is in use first; drafts beside it.

    A version that another one in use or drafted follows is left out unless it is itself in use.
    """
    order = models.Case(
        models.When(state="active", then=0), models.When(state="draft", then=1), default=2,
        output_field=models.IntegerField(),
    )  # fmt: skip
    later = Kind._base_manager.filter(
        organisation=models.OuterRef("organisation"), key=models.OuterRef("key"),
        version__gt=models.OuterRef("version"),
    )  # fmt: skip
    rows = kinds().filter(organisation__path__startswith=organisation.path)
    return rows.exclude(models.Exists(later), state="retired").order_by(order, "-made_at", "-pk")


def kind_in_use(organisation: Organisation, purpose: str) -> Kind | None:
    """The kind that an organisation issues for a purpose, the newest of several, whoever asks; one query."""
    rows = Kind._base_manager.filter(organisation=organisation, purpose=purpose, state="active")
    return rows.select_related("organisation", "occupation").order_by("-made_at", "-pk").first()


def has_line(organisation: Organisation, key: str) -> bool:
    """Whether an organisation has a line of kinds of this key, in use or not; one query."""
    return Kind._base_manager.filter(organisation=organisation, key=key).exists()


def versions_of(kind: Kind) -> list[Kind]:
    """All versions of a line, the newest first; one query."""
    return list(kinds().filter(organisation=kind.organisation, key=kind.key).order_by("-version"))


def issued_of(kind: Kind) -> int:
    """How many certificates of a line were issued, whatever became of them; one query."""
    return Certificate._base_manager.filter(kind__organisation=kind.organisation, kind__key=kind.key).count()


def kinds_offered(organisation: Organisation) -> models.QuerySet[Kind]:
    """The kinds in use of an organisation and of those above it, whoever asks: what could be earned is no secret."""
    rows = Kind._base_manager.filter(state="active", organisation__path__in=paths_to(organisation.path))
    return rows.select_related("organisation").order_by("organisation__path", "key")


def certificates() -> models.QuerySet[Certificate]:
    """The certificates of the open scope, the newest first."""
    return _told(Certificate.objects.all())


def certificate_by(public_id: str) -> Certificate | None:
    """One certificate for whoever knows its address, signed in or not."""
    return _told(Certificate._base_manager.filter(public_id=public_id)).first()


def certificate_numbered(number: str) -> Certificate | None:
    """The same for whoever has the paper: the caller compares the name."""
    return _told(Certificate._base_manager.filter(number=number.strip().upper())).first()


def to_find() -> models.QuerySet[Certificate]:
    """The certificates of the open scope without what was signed, for a search."""
    return Certificate.objects.select_related("kind", "person").order_by("pk")


def certificates_of(person: Person) -> models.QuerySet[Certificate]:
    """Everything that somebody was issued, whoever issued it, the newest first."""
    return _told(Certificate._base_manager.filter(person=person))


def _told(rows: models.QuerySet[Certificate]) -> models.QuerySet[Certificate]:
    return rows.select_related(
        "organisation",
        "kind",
        "person",
        "issued_by",
        "ended_by",
        "key",
        "status_list",
        "replaces",
        "replaced_by",
    ).order_by("-issued_on", "-pk")


def standing(certificate: Certificate, today: date) -> str:
    """Whether it holds on a day: valid, expired, revoked or replaced. What a revoked key signed is revoked."""
    if certificate.state == "replaced":
        return "replaced"
    if certificate.state == "revoked" or certificate.key.state == "revoked":
        return "revoked"
    ended = certificate.valid_until is not None and certificate.valid_until < today
    return "expired" if ended else "valid"


def in_standing(word: str, today: date) -> Q:
    """The same as a condition of certificates."""
    ended, off = Q(valid_until__lt=today), Q(state="issued", key__state="revoked")
    return {
        "replaced": Q(state="replaced"),
        "revoked": Q(state="revoked") | off,
        "expired": Q(state="issued") & ~Q(key__state="revoked") & ended,
        "valid": Q(state="issued") & ~Q(key__state="revoked") & ~ended,
    }[word]


def batches() -> models.QuerySet[Batch]:
    """The batches of the open scope, the newest first, with how many are `there`, `left` and `people` in all."""
    return (
        Batch.objects.select_related("organisation", "kind__organisation", "made_by", "asked_in")
        .annotate(
            people=Count("planned"),
            there=Count("planned__certificate"),
            left=Count("planned", filter=~Q(planned__refused="")),
        )
        .order_by("-pk")
    )


def batches_of(organisation: Organisation) -> models.QuerySet[Batch]:
    """Those of an organisation and below."""
    return batches().filter(organisation__path__startswith=organisation.path)


def waiting(batch: Batch) -> models.QuerySet[Planned]:
    """Whoever of a batch has neither a certificate nor a reason why there is none."""
    return Planned.objects.filter(batch=batch, certificate=None, refused="").order_by("pk")


def planned_in(batch: Batch) -> models.QuerySet[Planned]:
    """Everybody of a batch, with what came of it."""
    return Planned.objects.filter(batch=batch).select_related("person", "certificate").order_by("pk")


def keys_of(organisation: Organisation) -> models.QuerySet[IssuerKey]:
    """All keys of an organisation, the newest first, with how many certificates each `signed`."""
    rows = IssuerKey._base_manager.filter(organisation=organisation).select_related("organisation", "made_by")
    return rows.annotate(signed=Count("certificates")).order_by("-pk")


def issuer_keys() -> models.QuerySet[IssuerKey]:
    """The keys of the open scope."""
    return IssuerKey.objects.order_by("pk")


def keys_that_hold(organisation: Organisation) -> list[str]:
    """The public halves whose signatures hold, the newest first: the active one and retired ones."""
    rows = IssuerKey._base_manager.filter(organisation=organisation).exclude(state="revoked")
    return list(rows.order_by("-pk").values_list("public", flat=True))


def status_lists(organisation: Organisation) -> models.QuerySet[StatusList]:
    """The lists of an organisation, by number."""
    return StatusList._base_manager.filter(organisation=organisation).order_by("number")


def issuer_of(row: StatusList) -> str:
    """Whose credentials point at a list; "" where none does yet."""
    first = Certificate._base_manager.filter(status_list=row).order_by("pk")
    found: str | None = first.values_list("credential__issuer__id", flat=True).first()
    return found or ""


def revoked_places(row: StatusList) -> list[int]:
    """The places of a list whose certificates do not hold any more; expired ones say so themselves."""
    gone = Q(state__in=("revoked", "replaced")) | Q(key__state="revoked")
    rows = Certificate._base_manager.filter(gone, status_list=row).order_by("status_place")
    return list(rows.values_list("status_place", flat=True))


def held(organisation: Organisation, key: str, people: Iterable[int]) -> dict[tuple[int, str], Certificate]:
    """(person id, ground) → the last certificate of a line of kinds, in whichever version; one query."""
    rows = Certificate._base_manager.filter(
        kind__organisation=organisation, kind__key=key, person__in=list(people)
    )
    told = rows.select_related("key").defer("credential", "token", "content").order_by("pk")
    return {(row.person_id, row.ground): row for row in told}
