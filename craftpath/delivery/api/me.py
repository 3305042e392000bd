"""Who has come in, and what the token may be used for."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest
from pydantic import Field

from craftpath.delivery.api.framing import admitted
from craftpath.delivery.api.kinds import Named, NamedText, Shape, named, said
from craftpath.delivery.api.room import Room

room = Room("me", None)


class Me(Shape):
    """The token as it stands now."""

    token: Named
    service: bool = Field(description="whether it is the organisation's own and acts for no person")
    person: Named | None
    organisation: NamedText
    organisation_key: str
    roles: list[str]
    scopes: list[str]
    expires_at: datetime


@room.read("/me", Me)
def read_me(request: HttpRequest) -> Me:
    """As whom this token acts, where, and for what."""
    come = admitted(request)
    place = come.client.organisation
    return Me(
        token=Named(id=come.client.public_id, name=come.client.name),
        service=come.client.is_service,
        person=named(come.actor.person),
        organisation=NamedText(id=place.public_id, name=said(place.name)),
        organisation_key=place.key,
        roles=sorted(role.value for role in come.actor.roles),
        scopes=come.client.scopes,
        expires_at=come.client.expires_at,
    )
