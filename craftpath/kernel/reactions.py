"""Who hears at once: of a paper those who have to sign it, and all once it is complete; of a merge the person."""

from __future__ import annotations

from django.utils import timezone

from craftpath.kernel.access import Membership, memberships_on, system
from craftpath.kernel.alerts import alert
from craftpath.kernel.facts import Told, on
from craftpath.kernel.instant_kinds import learn_instants
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Permission, Role, of_office
from craftpath.kernel.signing import Document, SigningParty
from craftpath.kernel.signing_facts import DocumentMade, DocumentSigned
from craftpath.kernel.twins.facts import RecordsMerged
from craftpath.values.ref import Ref

learn_instants("kernel", "craftpath.kernel")


@on(DocumentMade)
def on_document_made(told: Told) -> None:
    """Everybody who can sign it."""
    _tell(told, "kernel.to_sign")


@on(DocumentSigned)
def on_document_signed(told: Told) -> None:
    """The same people, once all have."""
    if told.fact.complete:
        _tell(told, "kernel.signed_by_all")


@on(RecordsMerged)
def on_records_merged(told: Told) -> None:
    """The person, by the record that goes on: who did it and why stands on the page that the notice leads to."""
    stays = Person.objects.get(public_id=told.fact.people[0])
    if told.entry.subject == str(Ref("kernel", "person", stays.public_id)):
        alert(
            [stays],
            "kernel.records_merged",
            subject=Ref("kernel", "merge", told.fact.merge),
            about={"zh": stays.name, "en": stays.name},
            entry=told.entry,
            by=system(told.entry.organisation),
            at=told.entry.at,
        )


def _tell(told: Told, code: str) -> None:
    document = Document.objects.get(public_id=told.fact.document)
    if document.withdrawn_at is not None or (code == "kernel.to_sign" and document.completed_at is not None):
        return  # the reaction was late, and there is nothing to do any more
    alert(
        _signers(document, told),
        code,
        subject=document.ref,
        about=document.content.get("title", {}),
        entry=told.entry,
        by=system(told.entry.organisation),
        at=told.entry.at,
    )


def _signers(document: Document, told: Told) -> list[Person]:
    """Persons among the parties, and at organisations those who sign for them; two queries."""
    parties = list(SigningParty.objects.filter(document=document).select_related("person", "organisation"))
    people = [one.person for one in parties if one.person is not None]
    places = [one.organisation_id for one in parties if one.organisation_id is not None]
    roles = [role.value for role in Role if Permission.MANAGE_AGREEMENTS in of_office(role)]
    held: list[Membership] = list(
        memberships_on(timezone.localtime(told.entry.at).date())
        .filter(organisation__in=places, role__in=roles)
        .select_related("person")
    )
    return people + [row.person for row in held]
