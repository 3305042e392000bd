"""Rows of the directory as resources, and resources as what the actions take."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from scim2_models import Context, Group, Resource

from craftpath.delivery.scim.announcing import FullUser
from craftpath.kernel.directory.groups import members_of
from craftpath.kernel.directory.people import Described, groups_of
from craftpath.kernel.directory.tables import DirectoryEntry, DirectoryGroup

_OURS = {"schemas", "id", "externalId", "meta", "groups", "password", "userName"}
MOST_CONTENT = 64 * 1024  # bytes that are kept of one person


def root(request: HttpRequest) -> str:
    """Where this service lies."""
    return request.build_absolute_uri("/scim/v2")


def users(request: HttpRequest, rows: Sequence[DirectoryEntry]) -> list[Any]:
    """People as resources, with their groups; one question besides."""
    found = groups_of(list(rows))
    return [_user(request, row, found.get(row.pk, [])) for row in rows]


def _user(request: HttpRequest, row: DirectoryEntry, groups: Sequence[DirectoryGroup]) -> Any:
    at = root(request)
    content: dict[str, Any] = {
        **row.content,
        "id": row.public_id,
        "userName": row.user_name,
    }
    if content.get("active") is not None:  # a directory may leave open what it says of it
        content["active"] = row.active
    if row.external_id:
        content["externalId"] = row.external_id
    if groups:
        content["groups"] = [
            {
                "value": group.public_id,
                "$ref": f"{at}/Groups/{group.public_id}",
                "display": group.name,
                "type": "direct",
            }
            for group in groups
        ]
    return _whole(FullUser, content, row, f"{at}/Users/{row.public_id}", "User")


def groups(request: HttpRequest, rows: Sequence[DirectoryGroup]) -> list[Any]:
    """Groups as resources, with their members; one question besides."""
    found = members_of(list(rows))
    at = root(request)
    made = []
    for row in rows:
        content: dict[str, Any] = {"id": row.public_id, "displayName": row.name}
        if row.external_id:
            content["externalId"] = row.external_id
        members = [
            {
                "value": member.entry.public_id,
                "$ref": f"{at}/Users/{member.entry.public_id}",
                "type": "User",
                **({"display": member.display} if member.display else {}),
            }
            for member in found.get(row.pk, [])
        ]
        if members:
            content["members"] = members
        made.append(_whole(Group, content, row, f"{at}/Groups/{row.public_id}", "Group"))
    return made


def _whole(
    model: Any, content: dict[str, Any], row: DirectoryEntry | DirectoryGroup, location: str, kind: str
) -> Any:
    mark = hashlib.sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()[:20]
    content["meta"] = {
        "resourceType": kind,
        "created": row.made_at.isoformat(),
        "lastModified": row.changed_at.isoformat(),
        "location": location,
        "version": f'W/"{mark}"',
    }
    return model.model_validate(content)


def described(user: Any) -> Described:
    """What the actions take of a person; a password is never kept."""
    whole: dict[str, Any] = user.model_dump(scim_ctx=Context.DEFAULT)
    content = {name: value for name, value in whole.items() if name not in _OURS}
    return Described(
        user_name=user.user_name or "",
        external_id=user.external_id or "",
        name=_called(user),
        email=_main(user.emails),
        phone=_main(user.phone_numbers),
        active=user.active,
        content=content,
    )


def _called(user: Any) -> str:
    """The name in its owner's form: as displayed, as formatted, or put together."""
    name = user.name
    put = ""
    if name is not None:
        family, given = name.family_name or "", name.given_name or ""
        joint = "" if not (family + given).isascii() else " "
        put = name.formatted or (
            f"{family}{given}" if not joint else joint.join(part for part in (given, family) if part)
        )
    return str(user.display_name or put or "")


def _main(values: Any) -> str:
    """The value that is marked as primary, else the first one."""
    told = [one for one in values or [] if one.value]
    primary = next((one for one in told if one.primary), told[0] if told else None)
    return str(primary.value) if primary is not None else ""


def members(group: Any) -> dict[str, str]:
    """id → what somebody is called in the group."""
    return {one.value or _last(one.ref): one.display or "" for one in group.members or []}


def _last(ref: Any) -> str:
    return str(ref or "").rstrip("/").rsplit("/", 1)[-1]


def version(resource: Resource[Any]) -> str:
    """The mark of this state of a resource."""
    return str(resource.meta.version) if resource.meta is not None else ""
