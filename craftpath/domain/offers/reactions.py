"""How asking and answering at the desk sound as statements in `activity`; nothing here counts in any mark.

A statement names its person, so what somebody wrote behind a link is none.
"""

from __future__ import annotations

from django.conf import settings

from craftpath.domain.activity.actions import NewStatement, record_statements
from craftpath.domain.offers.facts import MessageSent, RequestOpened
from craftpath.domain.offers.models import DeskRequest, Message
from craftpath.kernel.access import system
from craftpath.kernel.facts import Told, on
from craftpath.kernel.people import Person
from craftpath.values.ref import Ref


@on(RequestOpened)
def on_request_opened(told: Told) -> None:
    """Somebody put something before the desk."""
    row = _request(told)
    if row is not None and row.made_by is not None:
        _hand_down(told, row, row.made_by, "asked", f"request:{row.public_id}")


@on(MessageSent)
def on_message_sent(told: Told) -> None:
    """Somebody answered; what the asker says is no answer."""
    row = _request(told)
    said = Message._base_manager.select_related("author").filter(public_id=told.fact.message).first()
    if row is not None and said is not None and said.author is not None and said.part != "asker":
        _hand_down(told, row, said.author, "answered", f"message:{said.public_id}")


def _request(told: Told) -> DeskRequest | None:
    public_id = Ref.parse(told.entry.subject).public_id
    return DeskRequest._base_manager.select_related("made_by").filter(public_id=public_id).first()


def _hand_down(told: Told, row: DeskRequest, person: Person, verb: str, key: str) -> None:
    statement = NewStatement(
        key=key,
        person=person,
        verb=verb,
        object_id=f"{settings.ADDRESS}/offers/{row.public_id}",
        object_name={"zh-Hans": "供需事项", "en": "Request at the service desk"},
        at=told.entry.at,
    )
    organisation = told.entry.organisation
    record_statements([statement], organisation=organisation, by=system(organisation), at=told.entry.at)
