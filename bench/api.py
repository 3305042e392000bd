"""What does the API cost, beside a bare Django JSON view of the same rows, and does it cost more in a large country?

    python bench/api.py [--people 1000 100000] [--rounds 5] [--requests 20] [--keep FOLDER]

A list of 100 apprentices and one apprentice, asked for by the coordinator of one college with a token, through the
middleware of a real site. The bare views have Django's default middleware, find no token and no scope, and answer
the same rows: person, number, cohort, enterprise, state, first day. The API adds mentors and the path of stages (four
queries whatever the number of rows), the scope, the shape that is checked, and the limits. Pages are beside them.
"""

from __future__ import annotations

from typing import Any

from pages import HOST, Site, main

LIST, ONE = "API list of 100", "API one"


def bare_views() -> dict[str, Any]:
    """The two views that everything is compared with."""
    from django.http import JsonResponse

    from craftpath.domain.apprenticeships.models import Enrolment

    rows = Enrolment._base_manager.select_related("person", "enterprise", "cohort").order_by("number", "pk")

    def said(row: Any) -> dict[str, Any]:
        return {
            "id": row.public_id,
            "person": {"id": row.person.public_id, "name": row.person.name},
            "name_latin": row.person.name_latin,
            "number": row.number,
            "cohort": {"id": row.cohort.public_id, "name": row.cohort.name},
            "enterprise": row.enterprise and {"id": row.enterprise.public_id, "name": row.enterprise.name},
            "state": row.state,
            "starts_on": row.starts_on,
            "ended_on": row.ended_on,
        }

    def bare_list(request: Any) -> JsonResponse:
        return JsonResponse({"items": [said(row) for row in rows[:100]]})

    def bare_one(request: Any, public_id: str) -> JsonResponse:
        return JsonResponse(said(rows.get(public_id=public_id)))

    return {"list": bare_list, "one": bare_one}


class Asked(Site):
    """A filled site that is asked by a program."""

    def _handlers(self) -> dict[str, Any]:
        from django.conf import settings
        from django.urls import path

        from craftpath.project import urls

        settings.API_A_MINUTE = 10_000_000
        handlers = super()._handlers()
        bare = bare_views()
        urls.urlpatterns += [
            path("bare/json/", bare["list"]),
            path("bare/json/<str:public_id>/", bare["one"]),
        ]
        self.header = f"Bearer {self._token()}"
        return handlers

    def _token(self) -> str:
        from datetime import timedelta

        from django.utils import timezone

        from craftpath.kernel.access import actor_in
        from craftpath.kernel.clients import make_own_client
        from craftpath.kernel.organisations import Organisation
        from craftpath.kernel.people import Person

        at, person = timezone.now(), Person.objects.get(pk=self.nation["coordinator"])
        place = Organisation.objects.get(key=self.nation["college"])
        by = actor_in(person, place, timezone.localdate(at))
        until = at + timedelta(days=1)
        return make_own_client(place, name="bench", scopes=["read"], expires_at=until, by=by, at=at).token

    def addresses(self) -> dict[str, tuple[str, list[str]]]:
        """What is asked → (handler, addresses that take turns)."""
        _cohorts, _evaluations, people = zip(*self.nation["cohorts"], strict=True)
        pages = super().addresses()
        return {
            "bare JSON list of 100": ("plain", ["/bare/json/"]),
            LIST: ("real", ["/api/v1/apprentices?limit=100"]),
            "bare JSON one": ("plain", [f"/bare/json/{one}/" for one in people]),
            ONE: ("real", [f"/api/v1/apprentices/{one}" for one in people]),
            "API token only": ("real", ["/api/v1/me"]),
            "page: cohort": pages["cohort"],
        }

    def get(self, page: str, handler: str, address: str) -> bytes:
        """One request: pages by their session, the API by its token."""
        if not address.startswith("/api/"):
            return super().get(page, handler, address)
        from django.test import RequestFactory

        path, _, query = address.partition("?")
        environ = RequestFactory(SERVER_NAME=HOST)._base_environ(
            PATH_INFO=path, QUERY_STRING=query, HTTP_AUTHORIZATION=self.header, HTTP_ACCEPT_LANGUAGE="en"
        )
        told: list[str] = []
        answer = self.handlers[handler](environ, lambda status, headers, *_: told.append(status))
        content = b"".join(answer)
        answer.close()
        assert told[0].startswith("200"), (address, told, content[:2000])
        return content


if __name__ == "__main__":
    main(Asked, __file__, __doc__)
