"""The kernel's own kinds of duties: signatures, invitations, notices unread, consents to be asked for again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.db.models import Exists, Min, OuterRef, Q
from django.db.models.functions import Coalesce

from craftpath.kernel.access import memberships_on
from craftpath.kernel.consents import ConsentEvent
from craftpath.kernel.duties import KINDS, Asked, Row, columns, duty
from craftpath.kernel.invitations import INVITATION, Invitation
from craftpath.kernel.notices import Notice, NoticeRead
from craftpath.kernel.purposes import PURPOSES
from craftpath.kernel.signing import SigningParty


@duty("kernel.signature", subject="kernel.document")
def signatures(asked: Asked) -> models.QuerySet[Any]:
    """Who has not signed an open text; for an organisation, and for guests, those who look after agreements.

    Texts whose noun asks for their signatures by a kind of its own are left to it.
    """
    rows = SigningParty.objects.filter(
        signature__isnull=True, document__completed_at__isnull=True, document__withdrawn_at__isnull=True
    ).exclude(document__kind__in=[kind.documents for kind in KINDS.values() if kind.documents])
    if asked.within is not None:
        inside = asked.within.below().order_by().values("pk")
        rows = rows.filter(Q(document__organisation__in=inside) | Q(organisation__in=inside))
    return columns(
        rows,
        subject="document__public_id",
        anchor="document__made_at",
        place=Coalesce("organisation_id", "document__organisation_id"),
        who="person_id",
    )


@duty("kernel.invitation", subject="kernel.invitation")
def invitations_running_out(asked: Asked) -> models.QuerySet[Any]:
    """Invitations that nobody has accepted; whoever sent one renews it or takes it back."""
    rows = Invitation.objects.filter(state=INVITATION.start)
    return columns(rows, subject="public_id", anchor="expires_at", place="organisation_id", who="made_by_id")


@duty("kernel.notice_unread", subject="kernel.notice")
def notices_unread(asked: Asked) -> Iterator[Row]:
    """Everybody who has not read the privacy notice that holds where they work; one query a notice in force."""
    newest: dict[str, Notice] = {}
    rows = Notice.objects.filter(valid_from__lte=asked.today).select_related("organisation")
    for row in rows.order_by("version"):
        newest[row.organisation.path if row.organisation else ""] = row
    for path, notice in newest.items():
        nearer = [one for one in newest if one != path and one.startswith(path)]
        held = memberships_on(asked.today).filter(
            ~Exists(NoticeRead.objects.filter(notice=notice, person=OuterRef("person"))),
            organisation__path__startswith=path,
            person__is_active=True,
        )
        for one in nearer:
            held = held.exclude(organisation__path__startswith=one)
        if asked.people is not None:
            held = held.filter(person__gt=asked.people[0], person__lte=asked.people[1])
        if asked.within is not None:
            held = held.filter(organisation__path__startswith=asked.within.path)
        people = held.order_by().values_list("person_id").annotate(Min("organisation_id"), Min("starts_on"))
        for person, place, since in people.iterator(5_000):
            yield notice.public_id, max(since, notice.valid_from), place, person


@duty("kernel.consent_again", subject="kernel.consent")
def consents_again(asked: Asked) -> Iterator[Row]:
    """Consents given to an earlier version of their purpose, which serve no more; one query a purpose that asks."""
    for purpose in PURPOSES.values():
        if not purpose.asks:
            continue
        later = ConsentEvent.objects.filter(
            person=OuterRef("person"), purpose=purpose.key, pk__gt=OuterRef("pk")
        )
        rows = ConsentEvent.objects.filter(~Exists(later), purpose=purpose.key, given=True)
        rows = rows.exclude(purpose_version=purpose.version)
        if asked.people is not None:
            rows = rows.filter(person__gt=asked.people[0], person__lte=asked.people[1])
        ends = Q(person__memberships__ends_on__isnull=True) | Q(person__memberships__ends_on__gt=asked.today)
        within = asked.within.path if asked.within is not None else ""
        rows = rows.filter(ends, person__memberships__organisation__path__startswith=within)
        told = rows.order_by().values_list("public_id", "at", "person_id")
        for consent, at, person, place in told.annotate(Min("person__memberships__organisation")).iterator(
            5_000
        ):
            yield consent, at, place, person
