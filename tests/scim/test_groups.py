"""Groups mean nothing until somebody has looked at who would get which role; then they are followed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from craftpath.kernel.access import Membership, join
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.directory.groups import map_group, preview
from craftpath.kernel.directory.tables import DirectoryGroup
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Role
from craftpath.values.verdict import Refused
from tests.cast import Cast
from tests.scim.pushing import Pusher, pusher
from tests.scim.test_people import OFF, ON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_rows")]


def _held(name: str) -> set[str]:
    day = timezone.localdate()
    rows = Membership.objects.filter(person__username=name, starts_on__lte=day)
    return {row.role for row in rows if row.ends_on is None or row.ends_on > day}


def _mean(cast: Cast, group: dict[str, Any], role: str) -> None:
    row = DirectoryGroup.objects.get(public_id=group["id"])
    at = timezone.now()
    seen = preview(row, role, at).digest
    map_group(row, role, seen=seen, by=cast.actor("administrator"), at=at)


def _members(push: Pusher, group: dict[str, Any], op: str, *members: dict[str, Any]) -> Any:
    value = [{"value": one["id"]} for one in members]
    if op == "remove":
        path = f'members[value eq "{members[0]["id"]}"]'
        return push.patch(f"/Groups/{group['id']}", {"op": "remove", "path": path})
    return push.patch(f"/Groups/{group['id']}", {"op": op, "path": "members", "value": value})


def test_a_group_means_nothing_until_somebody_has_looked_and_decided(cast: Cast) -> None:
    push = pusher(cast)
    zhang, li = push.person("zhang"), push.person("li")
    group = push.group("教师", zhang["id"])
    assert _held("zhang") == set()
    row = DirectoryGroup.objects.get()
    at = timezone.now()
    seen = preview(row, "trainer", at)
    assert [person.username for person in seen.gets] == ["zhang"]
    assert _held("zhang") == set(), "looking changes nothing"
    assert _members(push, group, "add", li).status_code == 200
    with pytest.raises(Refused, match="not_as_seen"):
        map_group(row, "trainer", seen=seen.digest, by=cast.actor("administrator"), at=at)
    _mean(cast, group, "trainer")
    assert _held("zhang") == _held("li") == {"trainer"}
    assert push("GET", f"/Users/{zhang['id']}").json()["groups"][0]["display"] == "教师"
    told = AuditEntry.objects.get(fact="kernel.directory_group_mapped")
    assert told.payload == {"name": "教师", "before": "", "role": "trainer"}


def test_whoever_comes_later_gets_the_role_and_whoever_goes_loses_it(cast: Cast) -> None:
    push = pusher(cast)
    zhang, li = push.person("zhang"), push.person("li")
    group = push.group("HR", zhang["id"])
    _mean(cast, group, "hr")
    assert _members(push, group, "add", li).status_code == 200
    assert _held("li") == {"hr"}
    assert _members(push, group, "remove", zhang).status_code == 200
    assert (_held("zhang"), _held("li")) == (set(), {"hr"})
    assert push("DELETE", f"/Groups/{group['id']}").status_code == 204
    assert _held("li") == set()
    assert push("GET", f"/Groups/{group['id']}").status_code == 404


def test_a_role_that_was_given_by_hand_does_not_go_with_the_group(cast: Cast) -> None:
    push = pusher(cast)
    said = push.person(cast.people["trainer"].username)
    group = push.group("Teachers", said["id"])
    row = DirectoryGroup.objects.get()
    seen = preview(row, "trainer", timezone.now())
    assert (seen.gets, len(seen.keeps)) == ([], 1)
    _mean(cast, group, "trainer")
    push("DELETE", f"/Groups/{group['id']}")
    assert _held(cast.people["trainer"].username) == {"trainer"}


def test_another_meaning_takes_the_old_role_along(cast: Cast) -> None:
    push = pusher(cast)
    group = push.group("A", push.person("zhang")["id"])
    _mean(cast, group, "trainer")
    row = DirectoryGroup.objects.get()
    seen = preview(row, "auditor", timezone.now())
    assert [(person.username, role) for person, role in seen.loses] == [("zhang", Role.TRAINER)]
    _mean(cast, group, "auditor")
    assert _held("zhang") == {"auditor"}
    _mean(cast, group, "")
    assert _held("zhang") == set()


def test_two_groups_of_one_role_give_it_once_and_the_second_keeps_it(cast: Cast) -> None:
    push = pusher(cast)
    zhang = push.person("zhang")
    one, two = push.group("A", zhang["id"]), push.group("B", zhang["id"])
    _mean(cast, one, "trainer")
    _mean(cast, two, "trainer")
    assert Membership.objects.filter(person__username="zhang").count() == 1
    push("DELETE", f"/Groups/{one['id']}")
    assert _held("zhang") == {"trainer"}


def test_whoever_is_switched_on_again_has_the_roles_of_the_groups_again(cast: Cast) -> None:
    push = pusher(cast)
    zhang = push.person("zhang")
    _mean(cast, push.group("A", zhang["id"]), "trainer")
    assert push.patch(f"/Users/{zhang['id']}", OFF).status_code == 200
    assert _held("zhang") == set()
    assert push.patch(f"/Users/{zhang['id']}", ON).status_code == 200
    assert _held("zhang") == {"trainer"}


@pytest.mark.parametrize("how", ["members", "delete", "patch"])
def test_the_last_administrator_does_not_lose_the_role_by_a_group(cast: Cast, how: str) -> None:
    """The group made the only one who is left; emptying or deleting it is refused as a whole."""
    push = pusher(cast)
    zhang = push.person("zhang")
    group = push.group("Admins", zhang["id"])
    _mean(cast, group, "administrator")
    Membership.objects.filter(person=cast.people["administrator"]).update(ends_on=date(2026, 9, 1))
    way = f"/Groups/{group['id']}"
    if how == "delete":
        answer = push("DELETE", way)
    elif how == "patch":
        answer = push.patch(way, {"op": "remove", "path": "members"})
    else:
        answer = push("PUT", way, {"schemas": group["schemas"], "displayName": "Admins", "members": []})
    assert (answer.status_code, answer.json()["status"]) == (409, "409")
    assert _held("zhang") == {"administrator"}
    assert len(push("GET", way).json()["members"]) == 1


def test_a_token_gives_no_role_above_its_own(cast: Cast) -> None:
    push = pusher(cast)
    zhang, group = push.person("zhang"), push.group("Admins")
    _mean(cast, group, "administrator")
    weak = pusher(cast, roles=("coordinator",))
    answer = _members(weak, group, "add", zhang)
    assert answer.status_code == 403
    assert _held("zhang") == set()
    assert _members(push, group, "add", zhang).status_code == 200
    assert _held("zhang") == {"administrator"}


def test_who_may_decide_what_a_group_means(cast: Cast) -> None:
    push = pusher(cast)
    group = push.group("A", push.person("zhang")["id"])
    row, at = DirectoryGroup.objects.get(), timezone.now()
    seen = preview(row, "trainer", at).digest
    with pytest.raises(Refused, match="role_lacks"):
        map_group(row, "trainer", seen=seen, by=cast.actor("coordinator"), at=at)
    with pytest.raises(Refused, match="role_by_roster"):
        preview(row, "apprentice", at)
    with pytest.raises(Refused, match="role_unknown"):
        preview(row, "emperor", at)
    join([cast.people["stranger"]], cast.neighbour, Role.ADMINISTRATOR, on=date(2026, 1, 1))
    with pytest.raises(Refused, match="belongs_to_another"):
        map_group(row, "trainer", seen=seen, by=cast.actor("stranger", cast.neighbour), at=at)
    assert _held("zhang") == set()
    assert group["displayName"] == "A"


def test_a_group_within_a_group_is_refused(cast: Cast) -> None:
    push = pusher(cast)
    inner = push.group("A")
    body = {
        "schemas": inner["schemas"],
        "displayName": "B",
        "members": [{"value": inner["id"], "type": "Group"}],
    }
    answer = push("POST", "/Groups", body)
    assert (answer.status_code, answer.json()["scimType"]) == (400, "invalidValue")
    assert Person.objects.filter(name="B").count() == 0


def test_members_taken_out_by_a_list_of_values_are_taken_out(cast: Cast) -> None:
    """As Entra ID says it; the specification wants a filter, and a list of something else stays refused."""
    push = pusher(cast)
    zhang, li = push.person("zhang"), push.person("li")
    group = push.group("教师", zhang["id"], li["id"])
    way = f"/Groups/{group['id']}"
    gone = push.patch(way, {"op": "Remove", "path": "members", "value": [{"value": zhang["id"]}]})
    assert gone.status_code == 200
    assert [one["value"] for one in push("GET", way).json()["members"]] == [li["id"]]
    for wrong in ([{"value": 'x" or value pr'}], [{}], ["x"], [None], []):
        answer = push.patch(way, {"op": "remove", "path": "members", "value": wrong})
        assert answer.status_code in {200, 400}
        assert [one["value"] for one in push("GET", way).json().get("members", [])] == [li["id"]], wrong
