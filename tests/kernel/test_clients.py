"""Tokens of programs: who comes in by one, as whom, until when, and what no token ever may."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test.utils import CaptureQueriesContext

from craftpath.kernel import client_scopes
from craftpath.kernel.access import ActorKind, Membership, join
from craftpath.kernel.audit import AuditEntry, told_through
from craftpath.kernel.clients import (
    LONGEST_LIFE,
    MOST_OWN,
    PREFIX,
    Client,
    NewClient,
    authenticate,
    clients_at,
    make_own_client,
    make_service_client,
    own_clients,
    presented,
    rename_client,
    revoke_client,
    roles_to_give,
)
from craftpath.kernel.factors import ask_second_factor
from craftpath.kernel.hooks import add_hook
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.roles import BETWEEN_THEM, BY_RELATION, Permission, Role
from craftpath.kernel.signin import make_first_passwords
from craftpath.kernel.tenancy import NOBODY, everywhere, looking_for
from craftpath.values.verdict import Refused
from tests.cast import AT, Cast

DAY = timedelta(days=1)


def own(
    cast: Cast, who: str = "apprentice", *, scopes: Sequence[str] = ("read",), days: int = 30
) -> NewClient:
    return make_own_client(
        cast.actor(who).organisation, name="Script", scopes=scopes, expires_at=AT + days * DAY,
        by=cast.actor(who), at=AT,
    )  # fmt: skip


def service(
    cast: Cast, *, roles: Sequence[str] = ("trainer",), scopes: Sequence[str] = ("read",)
) -> NewClient:
    return make_service_client(
        cast.college, name="Board", scopes=scopes, roles=roles, expires_at=AT + 30 * DAY,
        by=cast.actor("administrator"), at=AT,
    )  # fmt: skip


def bearer(new: NewClient) -> str:
    return f"Bearer {new.token}"


def basic(user: str, password: str) -> str:
    return f"Basic {b64encode(f'{user}:{password}'.encode()).decode()}"


def reason(refused: pytest.ExceptionInfo[Refused]) -> str:
    return refused.value.verdict.reason


def test_a_personal_token_acts_as_its_person_by_either_header(cast: Cast) -> None:
    new = own(cast)
    for header in (bearer(new), basic(new.client.public_id, new.secret), f"bearer  {new.token}"):
        come = authenticate(header, AT)
        assert come is not None
        assert (come.actor.person, come.actor.roles) == (cast.people["apprentice"], {Role.APPRENTICE})
        assert come.actor.client == new.client.pk
        assert come.actor.scope == cast.actor("apprentice").scope


def test_a_service_token_is_an_office_of_its_organisation_and_nobody(cast: Cast) -> None:
    come = authenticate(bearer(service(cast, roles=["coordinator", "auditor"])), AT)
    assert come is not None
    assert come.actor.kind is ActorKind.CLIENT
    assert (come.actor.person, come.actor.scope.person_id) == (None, NOBODY)
    assert come.actor.scope.path == cast.college.path
    assert Permission.SEE_HISTORY in come.actor.permissions
    assert not come.actor.permissions & (BY_RELATION | BETWEEN_THEM)
    assert not come.actor.may_at(Permission.SEE_RESULTS, cast.neighbour)


def test_only_a_hash_is_kept_and_the_secret_is_nowhere(cast: Cast) -> None:
    new = own(cast)
    row = Client._base_manager.values().get(pk=new.client.pk)
    told = AuditEntry._base_manager.get(fact="kernel.client_made")
    assert new.secret not in str(row) + str(told.payload)
    assert new.token.startswith(PREFIX)
    assert told.payload == {"name": "Script", "scopes": ["read"], "roles": [], "until": "2026-10-14"}


@pytest.mark.parametrize(
    "header",
    [
        "", "Bearer", "Bearer ", "Bearer x", f"Bearer {PREFIX}", f"Bearer {PREFIX}abc_", "Basic", "Basic !!!",
        "Basic " + b64encode(b"nobody").decode(), "Basic " + b64encode(b"\xff\xfe:x").decode(), "Digest x",
        "Bearer " + PREFIX + "a\0b_secret", "Basic " + b64encode(b"a\0b:secret").decode(),
        f"Bearer {PREFIX}{'a' * 17}_x", f"Bearer {PREFIX}令牌_x", "Bearer " + "a" * 10_000,
        "Basic " + b64encode(b"a" * 10_000 + b":b").decode(),
    ],
)  # fmt: skip
def test_what_is_no_token_opens_nothing_and_asks_nothing(db: None, header: str) -> None:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert authenticate(header, AT) is None
    assert presented(header) == ("", "")
    assert len(asked) == 0


def test_a_wrong_secret_or_somebody_else_s_opens_nothing(cast: Cast) -> None:
    one, other = own(cast), own(cast, "coordinator")
    for user, secret in (
        (one.client.public_id, other.secret),
        (one.client.public_id, one.secret[:-1]),
        (one.client.public_id, one.secret + "x"),
        (one.client.public_id, one.client.secret_hash),
        ("aaaaaaaaaaaa", one.secret),
    ):
        assert authenticate(basic(user, secret), AT) is None


def test_it_ends_on_its_moment_and_by_a_press(cast: Cast) -> None:
    new = own(cast, days=1)
    assert authenticate(bearer(new), AT + DAY - timedelta(seconds=1)) is not None
    assert authenticate(bearer(new), AT + DAY) is None
    revoke_client(new.client, by=cast.actor("apprentice"), at=AT)
    revoke_client(new.client, by=cast.actor("apprentice"), at=AT + DAY)
    assert authenticate(bearer(new), AT) is None
    assert AuditEntry._base_manager.filter(fact="kernel.client_revoked").count() == 1


def test_whoever_leaves_takes_the_token_along(cast: Cast) -> None:
    new, person = own(cast, "trainer"), cast.people["trainer"]
    Membership.objects.filter(person=person).update(ends_on=date(2026, 9, 15))
    assert authenticate(bearer(new), AT) is not None
    assert authenticate(bearer(new), AT + DAY) is None


def test_whoever_is_switched_off_or_has_a_slip_comes_in_by_no_token(cast: Cast) -> None:
    new, person = own(cast, "trainer"), cast.people["trainer"]
    for column in ("is_active", "must_change_password"):
        before = getattr(person, column)
        type(person).objects.filter(pk=person.pk).update(**{column: not before})
        assert authenticate(bearer(new), AT) is None
        type(person).objects.filter(pk=person.pk).update(**{column: before})
    assert authenticate(bearer(new), AT) is not None


def test_a_new_slip_ends_tokens_for_good(cast: Cast) -> None:
    new, person = own(cast, "trainer"), cast.people["trainer"]
    with everywhere("a test looks at everything"):
        make_first_passwords([person], by=cast.actor("coordinator"), at=AT)
    type(person).objects.filter(pk=person.pk).update(must_change_password=False)
    assert authenticate(bearer(new), AT) is None


def test_where_staff_need_a_second_factor_a_token_needs_it_too(cast: Cast) -> None:
    new, light, board = own(cast, "trainer"), own(cast), service(cast)
    ask_second_factor(cast.college, asked=True, by=cast.actor("administrator"), at=AT)
    assert authenticate(bearer(new), AT) is None
    assert authenticate(bearer(light), AT) is not None  # apprentices are never asked
    assert authenticate(bearer(board), AT) is not None


def test_a_place_above_may_ask_and_whoever_has_one_comes_in(cast: Cast) -> None:
    new = own(cast, "trainer")
    Organisation.objects.filter(pk=cast.city.pk).update(second_factor=True)
    assert authenticate(bearer(new), AT) is None
    Authenticator.objects.create(user=cast.people["coordinator"], type="totp", data={})  # somebody else's
    assert authenticate(bearer(new), AT) is None
    Authenticator.objects.create(user=cast.people["trainer"], type="totp", data={})
    assert authenticate(bearer(new), AT) is not None
    Organisation.objects.filter(pk=cast.city.pk).update(second_factor=False)
    Organisation.objects.filter(key="jinheng").update(second_factor=True)  # a neighbour asks its own
    Authenticator.objects.all().delete()
    assert authenticate(bearer(new), AT) is not None


def test_roles_of_today_hold_and_not_those_of_the_making(cast: Cast) -> None:
    new = own(cast, "trainer")
    join([cast.people["trainer"]], cast.college, Role.AUDITOR, on=date(2026, 9, 1))
    come = authenticate(bearer(new), AT)
    assert come is not None
    assert come.actor.roles == {Role.TRAINER, Role.AUDITOR}


def test_two_questions_and_the_note_of_its_use_once_a_minute(cast: Cast) -> None:
    new = own(cast, "trainer")
    counted = []
    for seconds in (0, 1, 59, 60, 61):
        with CaptureQueriesContext(connection) as asked:
            assert authenticate(bearer(new), AT + timedelta(seconds=seconds)) is not None
        counted.append(len(asked))
    assert counted == [3, 2, 2, 3, 2]
    assert Client._base_manager.get().last_used_at == AT + timedelta(seconds=60)


def test_a_token_makes_no_token_and_names_none(cast: Cast) -> None:
    new = own(cast, "administrator", scopes=["write"])
    come = authenticate(bearer(new), AT)
    assert come is not None
    for do in (
        lambda: make_own_client(
            cast.college, name="x", scopes=["read"], expires_at=AT + DAY, by=come.actor, at=AT
        ),
        lambda: make_service_client(
            cast.college, name="x", scopes=["read"], roles=["hr"], expires_at=AT + DAY, by=come.actor, at=AT
        ),
        lambda: rename_client(new.client, "x", by=come.actor, at=AT),
    ):
        with pytest.raises(Refused) as refused:
            do()
        assert reason(refused) == "kernel.client_makes_none"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"name": " \0 "}, "kernel.client_without_name"),
        ({"scopes": []}, "kernel.client_scope_unknown"),
        ({"scopes": ["everything"]}, "kernel.client_scope_unknown"),
        ({"expires_at": AT}, "kernel.client_life"),
        ({"expires_at": AT + LONGEST_LIFE + timedelta(seconds=1)}, "kernel.client_life"),
    ],
)
def test_what_cannot_be_made(cast: Cast, change: dict, expected: str) -> None:
    wanted = {"name": "x", "scopes": ["read"], "expires_at": AT + DAY, **change}
    with pytest.raises(Refused) as refused:
        make_own_client(cast.college, **wanted, by=cast.actor("apprentice"), at=AT)
    assert reason(refused) == expected
    assert not Client._base_manager.exists()


def test_no_role_there_no_token_there(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        make_own_client(
            cast.neighbour, name="x", scopes=["read"], expires_at=AT + DAY, by=cast.actor("trainer"), at=AT
        )
    assert reason(refused) == "kernel.client_no_role"


def test_so_many_and_no_more_that_serve(cast: Cast) -> None:
    made = [own(cast) for _ in range(MOST_OWN)]
    with pytest.raises(Refused) as refused:
        own(cast)
    assert reason(refused) == "kernel.clients_too_many"
    revoke_client(made[0].client, by=cast.actor("apprentice"), at=AT)
    own(cast)


def test_service_tokens_are_made_by_whoever_runs_the_organisation(cast: Cast) -> None:
    for who in ("coordinator", "trainer", "apprentice"):
        with pytest.raises(Refused) as refused:
            make_service_client(
                cast.college, name="x", scopes=["read"], roles=["auditor"], expires_at=AT + DAY,
                by=cast.actor(who), at=AT,
            )  # fmt: skip
        assert reason(refused) == "kernel.role_lacks"
    with pytest.raises(Refused) as refused:
        make_service_client(
            cast.city, name="x", scopes=["read"], roles=["auditor"], expires_at=AT + DAY,
            by=cast.actor("administrator"), at=AT,
        )  # fmt: skip
    assert reason(refused) == "kernel.belongs_to_another"


@pytest.mark.parametrize(
    "roles", [[], ["apprentice"], ["mentor"], ["assessor"], ["emperor"], ["trainer", "mentor"]]
)
def test_a_service_token_has_roles_of_offices_only(cast: Cast, roles: list[str]) -> None:
    with pytest.raises(Refused) as refused:
        service(cast, roles=roles)
    assert reason(refused) in {"kernel.client_without_role", "kernel.client_role_above"}
    assert set(roles_to_give(cast.actor("administrator"))) == {
        Role.TRAINER, Role.COORDINATOR, Role.HR, Role.OFFICER, Role.AUDITOR, Role.ADMINISTRATOR,
    }  # fmt: skip
    assert Role.COORDINATOR not in roles_to_give(cast.actor("trainer"))


def test_who_may_revoke(cast: Cast) -> None:
    mine, board = own(cast, "trainer"), service(cast)
    for who, client in (("coordinator", mine), ("apprentice", mine), ("trainer", board)):
        with pytest.raises(Refused):
            revoke_client(client.client, by=cast.actor(who), at=AT)
    assert revoke_client(mine.client, by=cast.actor("administrator"), at=AT).revoked_at == AT
    assert revoke_client(board.client, by=cast.actor("administrator"), at=AT).revoked_by is not None


def test_a_new_name_is_told_once(cast: Cast) -> None:
    new, by = own(cast), cast.actor("apprentice")
    rename_client(new.client, "Tablet", by=by, at=AT)
    rename_client(new.client, " Tablet ", by=by, at=AT)
    told = AuditEntry._base_manager.get(fact="kernel.client_renamed")
    assert told.payload == {"before": "Script", "name": "Tablet"}


def test_the_history_knows_through_which_token_something_came(cast: Cast) -> None:
    come = authenticate(bearer(own(cast, "administrator")), AT)
    assert come is not None
    by_hand = cast.actor("administrator")
    for number, by in enumerate((come.actor, by_hand)):
        with everywhere("a test looks at everything"):
            add_hook(
                cast.college, name="G", shape="plain", address=f"https://x.invalid/{number}", topics=["log"],
                by=by, at=AT,
            )  # fmt: skip
    entries = list(AuditEntry._base_manager.filter(fact="kernel.hook_added").order_by("pk"))
    assert [told_through(entries).get(entry.pk) for entry in entries] == ["Script", None]


def test_lists_show_one_s_own_and_those_of_one_s_organisation(cast: Cast) -> None:
    mine, board = own(cast), service(cast)
    assert set(own_clients(cast.people["apprentice"])) == {mine.client}
    with looking_for(cast.actor("administrator").scope):
        assert list(clients_at(cast.college)) == [board.client, mine.client]
    with looking_for(cast.actor("stranger", cast.neighbour).scope):
        assert not clients_at(cast.college)


@pytest.mark.parametrize(
    ("held", "wanted", "opened"),
    [
        (["read"], "log:read", True), (["read"], "log:write", False), (["write"], "log:write", True),
        (["write"], "figures:read", True), (["log:write"], "log:read", True), (["log:write"], "gates:read", False),
        (["log:read"], "log:read", True), (["log:read"], "log:write", False), (["read", "write"], "xapi:read", False),
        (["read", "write"], "scim", False), (["xapi:all"], "xapi:write", True), (["xapi:write"], "xapi:read", False),
        (["roster:write"], "roster:read", True), (["roster:read"], "roster:write", False), ([], "read", False),
        (["write"], "read", True), (["log:read"], "read", False), (["scim"], "scim", True),
    ],
)  # fmt: skip
def test_which_scope_opens_what(held: list[str], wanted: str, opened: bool) -> None:
    assert client_scopes.opens(held, wanted) is opened


def test_scopes_are_kept_in_one_order() -> None:
    assert client_scopes.known(["xapi:read", "read", "read"]) == ["read", "xapi:read"]
    with pytest.raises(KeyError):
        client_scopes.known(["read", "all"])
