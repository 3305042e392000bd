"""The endpoints: people, groups, both together, and what the service says of itself."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import parse_etags
from django.utils.translation import gettext as _
from scim2_models import Context, Group, ListResponse, PatchOp, ResourceType, ResponseParameters, Schema

from craftpath.delivery.scim.announcing import CONFIG, PROVIDER, FullUser
from craftpath.delivery.scim.answers import Told, View, answer, body_of, door, missing
from craftpath.delivery.scim.asking import asked_by_address, asked_by_body, listed
from craftpath.delivery.scim.dialects import in_order
from craftpath.delivery.scim.shapes import MOST_CONTENT, described, groups, members, root, users, version
from craftpath.kernel.clients import Admitted
from craftpath.kernel.directory import groups as group_acts
from craftpath.kernel.directory import people as people_acts


class _Kind(ABC):
    """One kind of resource: its model, its rows, and the actions that write it."""

    model: Any
    make: Any

    @abstractmethod
    def rows(self, come: Admitted) -> Any: ...

    @abstractmethod
    def add(self, come: Admitted, said: Any) -> Any: ...

    @abstractmethod
    def change(self, come: Admitted, row: Any, said: Any) -> Any: ...

    @abstractmethod
    def remove(self, come: Admitted, row: Any) -> None: ...

    def row(self, come: Admitted, public_id: str) -> Any:
        """The one of that id in the directory of the token's organisation; 404 for any other."""
        plain = public_id.isascii() and public_id.isalnum()
        found = self.rows(come).filter(public_id=public_id).first() if plain else None
        if found is None:
            raise missing()
        return found


class _People(_Kind):
    model = FullUser
    make = staticmethod(users)

    def rows(self, come: Admitted) -> Any:
        return people_acts.entries(come.client.organisation)

    def add(self, come: Admitted, said: Any) -> Any:
        return people_acts.add_entry(
            come.client.organisation, _bounded(said), by=come.actor, at=timezone.now()
        )

    def change(self, come: Admitted, row: Any, said: Any) -> Any:
        return people_acts.change_entry(row, _bounded(said), by=come.actor, at=timezone.now())

    def remove(self, come: Admitted, row: Any) -> None:
        people_acts.remove_entry(row, by=come.actor, at=timezone.now())


class _Groups(_Kind):
    model = Group
    make = staticmethod(groups)

    def rows(self, come: Admitted) -> Any:
        return group_acts.groups(come.client.organisation)

    def add(self, come: Admitted, said: Any) -> Any:
        return group_acts.add_group(come.client.organisation, **_told(said), by=come.actor, at=timezone.now())

    def change(self, come: Admitted, row: Any, said: Any) -> Any:
        return group_acts.change_group(row, **_told(said), by=come.actor, at=timezone.now())

    def remove(self, come: Admitted, row: Any) -> None:
        group_acts.remove_group(row, by=come.actor, at=timezone.now())


def _bounded(said: Any) -> people_acts.Described:
    if len(said.model_dump_json()) > MOST_CONTENT:
        raise Told(413, _("At most 64 kB are kept of one person."))
    return described(said)


def _told(said: Any) -> dict[str, Any]:
    return {
        "name": said.display_name or "",
        "external_id": said.external_id or "",
        "members": members(said),
    }


def _one(request: HttpRequest, kind: _Kind, row: Any, context: Context, status: int = 200) -> HttpResponse:
    [found] = kind.make(request, [row])
    asked = _asked(request, kind)
    response = answer(found.model_dump(scim_ctx=context, response_parameters=asked), status)
    response.headers["ETag"] = version(found)
    response.headers["Location"] = str(found.meta.location)
    return response


def _asked(request: HttpRequest, kind: _Kind) -> Any:
    told = {name: request.GET[name] for name in ("attributes", "excludedAttributes") if name in request.GET}
    return ResponseParameters[kind.model].model_validate(told)  # type: ignore[name-defined]


def _heed(request: HttpRequest, found: Any) -> None:
    """412 where the caller has read another state."""
    wanted = request.headers.get("If-Match")
    if wanted is None or wanted.strip() == "*":
        return
    if version(found).removeprefix("W/") not in {one.removeprefix("W/") for one in parse_etags(wanted)}:
        raise Told(412, _("It has changed since it was read."))


def _collection(kind: _Kind) -> View:
    def get(request: HttpRequest, come: Admitted) -> HttpResponse:
        return _list(request, asked_by_address(request, kind.model), [kind], come, kind.model)

    def post(request: HttpRequest, come: Admitted) -> HttpResponse:
        said = kind.model.model_validate(body_of(request), scim_ctx=Context.RESOURCE_CREATION_REQUEST)
        _asked(request, kind)
        return _one(request, kind, kind.add(come, said), Context.RESOURCE_CREATION_RESPONSE, 201)

    return door(GET=get, POST=post)


def _list(request: HttpRequest, asked: Any, kinds: list[_Kind], come: Admitted, model: Any) -> HttpResponse:
    parts = [(kind.model, kind.rows(come), kind.make) for kind in kinds]
    found = listed(request, asked, parts, model)
    return answer(found.model_dump(scim_ctx=Context.SEARCH_RESPONSE, response_parameters=asked))


def _search(kinds: list[_Kind], model: Any) -> View:
    def post(request: HttpRequest, come: Admitted) -> HttpResponse:
        return _list(request, asked_by_body(request, model), kinds, come, model)

    return door(POST=post)


def _single(kind: _Kind) -> View:
    def get(request: HttpRequest, come: Admitted, public_id: str) -> HttpResponse:
        row = kind.row(come, public_id)
        response = _one(request, kind, row, Context.RESOURCE_QUERY_RESPONSE)
        known = {one.removeprefix("W/") for one in parse_etags(request.headers.get("If-None-Match", ""))}
        if response.headers["ETag"].removeprefix("W/") in known:
            unchanged = HttpResponse(status=304)
            unchanged.headers["ETag"] = response.headers["ETag"]
            return unchanged
        return response

    def put(request: HttpRequest, come: Admitted, public_id: str) -> HttpResponse:
        sent = body_of(request)
        with people_acts.held(come.client.organisation):
            row = kind.row(come, public_id)
            [before] = kind.make(request, [row])
            _heed(request, before)
            said = kind.model.model_validate(sent, scim_ctx=Context.RESOURCE_REPLACEMENT_REQUEST)
            said.replace(before)
            row = kind.change(come, row, said)
        return _one(request, kind, row, Context.RESOURCE_REPLACEMENT_RESPONSE)

    def patch(request: HttpRequest, come: Admitted, public_id: str) -> HttpResponse:
        sent = body_of(request)
        with people_acts.held(come.client.organisation):  # two who add one member each add two
            row = kind.row(come, public_id)
            [found] = kind.make(request, [row])
            _heed(request, found)
            patch: Any = PatchOp[kind.model]  # type: ignore[name-defined]
            said = in_order(sent, found.model_dump(scim_ctx=Context.DEFAULT))
            change = patch.model_validate(said, scim_ctx=Context.RESOURCE_PATCH_REQUEST)
            if change.patch(found):
                row = kind.change(come, row, found)
        return _one(request, kind, row, Context.RESOURCE_PATCH_RESPONSE)

    def delete(request: HttpRequest, come: Admitted, public_id: str) -> HttpResponse:
        with people_acts.held(come.client.organisation):
            row = kind.row(come, public_id)
            _heed(request, kind.make(request, [row])[0])
            kind.remove(come, row)
        return HttpResponse(status=204)

    return door(GET=get, PUT=put, PATCH=patch, DELETE=delete)


def _discovered(rows: Any, model: Any) -> View:
    """What the service says of itself, all of it; no filter may hide a part (RFC 7644, section 4)."""

    def get(request: HttpRequest, come: Admitted) -> HttpResponse:
        if "filter" in request.GET:
            raise Told(403, _("Nothing of this is filtered."))
        found = [_located(request, row) for row in rows]
        said = ListResponse[model](
            total_results=len(found), start_index=1, items_per_page=len(found), resources=found
        )
        return answer(said.model_dump(scim_ctx=Context.SEARCH_RESPONSE))

    return door(GET=get)


def _discovered_one(rows: Any) -> View:
    def get(request: HttpRequest, come: Admitted, name: str) -> HttpResponse:
        for row in rows:
            if name in (row.id, getattr(row, "name", None)):
                return answer(_located(request, row).model_dump(scim_ctx=Context.RESOURCE_QUERY_RESPONSE))
        raise missing()

    return door(GET=get)


def _located(request: HttpRequest, row: Any) -> Any:
    kind = type(row).__name__
    at = {
        "ServiceProviderConfig": "ServiceProviderConfig",
        "Schema": f"Schemas/{row.id}",
        "ResourceType": f"ResourceTypes/{row.id}",
    }[kind]
    copy = row.model_copy(deep=True)
    copy.meta = (
        type(row)
        .model_fields["meta"]
        .annotation.__args__[0](resource_type=kind, location=f"{root(request)}/{at}")
    )
    return copy


def _config(request: HttpRequest, come: Admitted) -> HttpResponse:
    return answer(_located(request, CONFIG).model_dump(scim_ctx=Context.RESOURCE_QUERY_RESPONSE))


def _nothing(request: HttpRequest, come: Admitted, rest: str = "") -> HttpResponse:
    raise missing()


def _me(request: HttpRequest, come: Admitted) -> HttpResponse:
    raise Told(501, _("A service token is nobody: there is no /Me."))


def _bulk(request: HttpRequest, come: Admitted) -> HttpResponse:
    raise Told(501, _("Bulk is not supported."))


_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
_PEOPLE, _GROUPS = _People(), _Groups()
people, person = _collection(_PEOPLE), _single(_PEOPLE)
all_groups, group = _collection(_GROUPS), _single(_GROUPS)
search_people = _search([_PEOPLE], FullUser)
search_groups = _search([_GROUPS], Group)
search = _search([_PEOPLE, _GROUPS], FullUser | Group)
config = door(GET=_config)
resource_types = _discovered(PROVIDER.resource_types, ResourceType)
resource_type = _discovered_one(PROVIDER.resource_types)
schemas = _discovered(PROVIDER.schemas, Schema)
schema = _discovered_one(PROVIDER.schemas)
me = door(**dict.fromkeys(_METHODS, _me))
bulk = door(**dict.fromkeys(_METHODS, _bulk))
nothing = door(**dict.fromkeys(_METHODS, _nothing))
