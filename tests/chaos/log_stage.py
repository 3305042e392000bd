"""The site that devices write to in chaos, made in a process of its own: one line of JSON says who is signed in how.

`python -m tests.chaos.log_stage`; the site is the one of `CRAFTPATH_VAR`.
"""

from __future__ import annotations

import json
import os
import sys

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "craftpath.project.settings"
django.setup()

from datetime import timedelta  # noqa: E402

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.utils import timezone  # noqa: E402

from craftpath.delivery.commands.management.commands.serve import prepare  # noqa: E402
from craftpath.domain.standards.actions import load_frameworks  # noqa: E402
from craftpath.kernel.access import system  # noqa: E402
from craftpath.kernel.tenancy import everywhere  # noqa: E402
from tests import cast as casting  # noqa: E402

PEOPLE = ("apprentice", "classmate", "mentor", "trainer", "coordinator")
PASSWORD = "let-me-in"


def signed_in(person: object) -> str:
    """A session of this person."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)  # type: ignore[attr-defined]
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()  # type: ignore[attr-defined]
    session.create()
    return str(session.session_key)


def main() -> None:
    """The fixed cast, with an apprentice who began two years ago, so that there are days enough to write about."""
    prepare()
    cast = casting.build()
    with everywhere("a stage is set"):
        load_frameworks(by=system(), at=casting.AT)
        enrolment = cast.enrolments["26001"]
        enrolment.starts_on = timezone.localdate() - timedelta(days=700)
        enrolment.save()
        for who in PEOPLE:
            cast.people[who].set_password(PASSWORD)
            cast.people[who].save()
    told = {
        "enrolment": enrolment.public_id,
        "enrolment_pk": enrolment.pk,
        "cohort": cast.cohort.public_id,
        **{who: signed_in(cast.people[who]) for who in PEOPLE},
        "usernames": {who: cast.people[who].username for who in PEOPLE},
        "password": PASSWORD,
        "today": timezone.localdate().isoformat(),
    }
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main()
