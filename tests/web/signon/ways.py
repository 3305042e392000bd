"""Ways to sign in as a test goes them: the button, the provider, and back."""

from __future__ import annotations

import http.client
import re
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from django.test import Client
from django.utils import timezone

from craftpath.kernel.access import Membership
from craftpath.kernel.people import Person
from craftpath.kernel.sign_on.keeping import (
    Settings,
    add_provider,
    change_provider,
    groups_preview,
    keep_meanings,
    let_groups_count,
    switch_provider,
)
from tests.cast import AT, Cast
from tests.web.accounts import provider as small

MAIL = "ma@lanchuan.example"


class Ways:
    """A provider of the college that is switched on, and the way there and back."""

    def __init__(self, cast: Cast, idp: small.Provider, **said: Any) -> None:
        self.cast, self.idp = cast, idp
        self.by = cast.actor("administrator")
        self.settings = {
            "kind": "oidc", "name": "College account", "issuer": idp.issuer, "client_id": small.CLIENT,
            "secret": small.SECRET, "match": "email",
        } | said  # fmt: skip
        self.row = add_provider(cast.college, Settings(**self.settings), by=self.by, at=AT)
        self.row = switch_provider(self.row, "on", by=self.by, at=AT)

    @property
    def root(self) -> str:
        return f"/account/organisation/{self.row.public_id}/"

    def change(self, **said: Any) -> None:
        """Enter something else."""
        self.settings |= said
        self.row = change_provider(self.row, Settings(**self.settings), by=self.by, at=AT)

    def mean(self, **groups: str) -> None:
        """Let groups count, after a look."""
        self.change(groups_claim="groups")
        keep_meanings(self.row, groups, by=self.by, at=AT)
        now = timezone.now()
        let_groups_count(self.row, on=True, seen=groups_preview(self.row, now).digest, by=self.by, at=now)

    def there(self, client: Client) -> str:
        """Press the button; the address that the page moves on to."""
        answer = client.post(f"{self.root}start/")
        assert answer.status_code == 200, answer.content
        found = re.search(r'content="0; url=([^"]+)"', words(answer))
        assert found
        return found[1]

    def come(self, client: Client | None = None) -> tuple[Client, Any]:
        """The whole way."""
        client = client or Client(HTTP_ACCEPT_LANGUAGE="en")
        return client, client.get(at_provider(self.there(client)))


def words(answer: Any) -> str:
    return unescape(answer.content.decode())


def at_provider(address: str) -> str:
    """Sign in there; the path on our side that the browser is sent back to."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(str(parts.hostname), parts.port)
    connection.request("GET", f"{parts.path}?{parts.query}")
    back = urlsplit(connection.getresponse().headers["Location"])
    connection.close()
    return f"{back.path}?{back.query}"


def out(client: Client) -> bool:
    return "_auth_user_id" not in client.session


def known(person: Person) -> Client:
    """A browser of somebody who is signed in and has shown the password once more: so a link may be made."""
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(person)
    client.post("/account/reauthenticate/", {"password": "let-me-in"})
    return client


def held(person: Person) -> set[str]:
    day = timezone.localdate()
    rows = Membership.objects.filter(person=person, starts_on__lte=day)
    return {row.role for row in rows if row.ends_on is None or row.ends_on > day}
