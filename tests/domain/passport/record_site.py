"""A site in a process and a database of its own, for a record that goes to another: a command and an answer a line.

The site is the one of `CRAFTPATH_VAR`. Both have the same cast, so that only what is said of a person can tell apart
what happened here from what was brought along.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
django.setup()

import time_machine  # noqa: E402
from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402
from django.urls import reverse  # noqa: E402

from craftpath.domain.apprenticeships.models import Enrolment, StageProgress  # noqa: E402
from craftpath.domain.certificates.models import IssuerKey  # noqa: E402
from craftpath.domain.claims.actions import trust_issuer  # noqa: E402
from craftpath.domain.evaluation.models import ResultVersion  # noqa: E402
from craftpath.domain.passport.models import Arrival  # noqa: E402
from craftpath.kernel.organisations import Organisation  # noqa: E402
from craftpath.kernel.people import Person  # noqa: E402
from craftpath.kernel.tenancy import everywhere  # noqa: E402
from tests import cast as casting  # noqa: E402
from tests.domain.passport.world import trained  # noqa: E402
from tests.web.passport.test_pages import text  # noqa: E402

cast: casting.Cast


def found(name: str, learned: bool) -> dict[str, Any]:
    """The cast, at a college of this name; at one of the sites the apprentice has learned something."""
    global cast
    cast = casting.build()
    Organisation.objects.filter(pk=cast.college.pk).update(name={"zh": name, "en": name})
    cast.college.refresh_from_db()
    if learned:
        trained(cast)
    return {}


def carry(to: str) -> dict[str, Any]:
    """The apprentice takes the own record along, and what stands in it of a key."""
    answer = _client().post(reverse("record:signed"))
    Path(to).write_bytes(answer.content)
    key = IssuerKey.objects.get()
    return {"issuer": json.loads(answer.content)["issuer"]["id"], "public": key.public}


def bring(file: str) -> dict[str, Any]:
    """The apprentice brings a file: the answer, what is kept, and what the own record and the site then say."""
    mine = _client()
    content = SimpleUploadedFile("record.json", Path(file).read_bytes(), "application/json")
    answer = mine.post(reverse("record:brought"), {"file": content}, follow=True)
    return {
        "status": answer.status_code,
        "page": text(answer),
        "record": text(mine.get(reverse("record:record"), {"show": "results"})),
        "kept": list(Arrival.objects.values_list("verdict", "state")),
        "happened": {
            model.__name__: model._base_manager.count()
            for model in (Enrolment, StageProgress, ResultVersion, IssuerKey, Person)
        },
    }


def trust(issuer: str, public: str) -> dict[str, Any]:
    """The office of this site says whose key it is."""
    by = cast.actor("coordinator")
    trust_issuer(cast.college, did=issuer, name="Elsewhere", public=public, by=by, at=casting.AT)
    return {}


def _client() -> Client:
    who = Client(HTTP_ACCEPT_LANGUAGE="en")
    who.force_login(cast.people["apprentice"])
    return who


DO = {call.__name__: call for call in (found, carry, bring, trust)}


def main() -> None:
    """Until the other end is closed."""
    setup_test_environment()
    with time_machine.travel(casting.AT, tick=False), everywhere("a test works as the site itself"):
        for line in sys.stdin:
            said = json.loads(line)
            sys.stdout.write(json.dumps(DO[said.pop("do")](**said), default=str) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
