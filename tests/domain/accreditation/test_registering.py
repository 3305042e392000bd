"""From a draft without an account to the register: what is refused, what is planted, who is invited."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest

from craftpath.domain.accreditation import actions, queries
from craftpath.domain.accreditation.models import Registration
from craftpath.kernel.access import Membership
from craftpath.kernel.invitations import accept_invitation, can_accept
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.roles import Role
from craftpath.kernel.tenancy import Scope, looking_for
from tests.cast import AT, TODAY, Cast
from tests.domain.accreditation.world import (
    CODE,
    CONTACT,
    DAY,
    by_city,
    checked,
    drafted,
    guest,
    refused,
    registered,
    submitted,
    told,
)

pytestmark = pytest.mark.usefixtures("all_rows")


def test_a_draft_is_kept_once(cast: Cast) -> None:
    first = drafted(cast)
    again = actions.draft_registration(
        cast.city, made_id=first.made_id, name={"zh": "别名"}, contact=CONTACT, **guest(cast)
    )
    assert again.pk == first.pk
    with refused("accreditation.no_such_city"):
        actions.draft_registration(
            cast.college, made_id=uuid.uuid4(), name={}, contact=CONTACT, **guest(cast)
        )


def test_it_is_submitted_whole_and_with_a_code_that_holds(cast: Cast) -> None:
    row = drafted(cast, rooms="", masters=[])
    with refused("accreditation.lines_missing"):
        actions.submit_registration(row, **guest(cast))
    actions.write_registration(row, told(credit_code=CODE[:-1] + "4"), **guest(cast))
    with refused("accreditation.code_wrong"):
        actions.submit_registration(row, **guest(cast))
    actions.write_registration(row, told(credit_code="91350100-m000100y43"), **guest(cast))
    assert actions.submit_registration(row, **guest(cast)).state == "submitted"
    with refused("accreditation.not_writable"):
        actions.write_registration(row, told(), **guest(cast))
    with refused("accreditation.not_writable"):
        actions.give_evidence(row, line="safety", content=b"%PDF-1.7\n", name="a.pdf", **guest(cast))


def test_what_is_asked_back_goes_back_and_comes_again(cast: Cast) -> None:
    row = submitted(cast)
    with refused("accreditation.nothing_asked"):
        actions.return_registration(row, **by_city(cast))
    with refused("accreditation.no_words"):
        actions.check_line(row, line="safety", outcome="asked", **by_city(cast))
    actions.check_line(row, line="safety", outcome="asked", phrase="缺少安全培训记录。", **by_city(cast))
    assert actions.return_registration(row, **by_city(cast)).state == "returned"
    row = actions.submit_registration(row, by=guest(cast)["by"], at=AT + timedelta(hours=1))
    assert actions.accept_open_lines(row, **by_city(cast)) == 7
    with refused("accreditation.lines_open"):
        actions.check_registration(row, **by_city(cast))
    actions.check_line(row, line="safety", outcome="accepted", **by_city(cast))
    assert actions.check_registration(row, **by_city(cast)).state == "checked"


def test_only_the_city_decides(cast: Cast) -> None:
    row = submitted(cast)
    strangers = {"coordinator": "kernel.belongs_to_another", "hr": "kernel.role_lacks"}
    for who, reason in strangers.items():
        actor = cast.actor(who, cast.jinheng if who == "hr" else cast.college)
        with refused(reason):
            actions.check_line(row, line="safety", outcome="accepted", by=actor, at=AT)


def test_nobody_is_registered_without_a_visit_that_found_it_fit(cast: Cast) -> None:
    row, until = checked(cast), TODAY + 300 * DAY
    for _press in range(2):
        actions.note_visit(row, on=TODAY, fit=False, findings="通道堵塞。", **by_city(cast))
    assert [one.fit for one in queries.visits_of(row)] == [False, True]
    with refused("accreditation.not_visited"):
        actions.register_enterprise(row, valid_until=until, **by_city(cast))
    with refused("accreditation.visit_ahead"):
        actions.note_visit(row, on=TODAY + DAY, fit=True, findings="好", **by_city(cast))
    actions.set_rule(cast.city, level="warn", workers=2, per_mentor=4, visit=False, **by_city(cast))
    with refused("accreditation.ends_before_start"):
        actions.register_enterprise(row, valid_until=TODAY - DAY, **by_city(cast))
    assert actions.register_enterprise(row, valid_until=until, **by_city(cast)).state == "registered"


def test_registering_plants_an_enterprise_below_the_city_and_lets_its_first_hr_in(cast: Cast) -> None:
    row = registered(cast)
    place = row.organisation
    assert place is not None
    assert place.path.startswith(cast.city.path)
    assert (place.kind, place.name) == ("enterprise", row.name)
    sent = actions.invite_first(row, **by_city(cast))
    person = accept_invitation(sent.invitation, password="Hai-lan-2026", by=guest(cast)["by"], at=AT)
    assert Membership.objects.filter(person=person, organisation=place, role=Role.HR.value).exists()
    with refused(
        "kernel.role_lacks"
    ):  # whoever came first is there; further ones are not the city's to let in
        actions.invite_first(row, **by_city(cast))


def test_an_invitation_of_the_city_is_void_once_somebody_else_is_there(cast: Cast) -> None:
    row = registered(cast)
    first = actions.invite_first(row, **by_city(cast)).invitation
    assert can_accept(first, AT)
    assert row.organisation is not None
    Membership.objects.create(
        person=cast.people["hr"], organisation=row.organisation, role=Role.HR.value, starts_on=TODAY
    )
    assert can_accept(first, AT).reason == "kernel.invitation_void"


def test_an_enterprise_that_is_there_is_found_by_code_and_by_a_like_name(cast: Cast) -> None:
    row = checked(cast, name={"zh": "澜川金恒机械有限公司"}, credit_code="91110000600037341L")
    named = {"金恒机械集团有限公司", "清河电气"}
    cast.jinheng.name = {"zh": "金恒机械集团有限公司"}
    cast.jinheng.save()
    assert {one.name["zh"] for one, _how in queries.alike(row)} & named == set()  # begins with another word
    row.name = {"zh": "金恒机械有限公司"}
    row.save()
    assert queries.alike(row) == [(cast.jinheng, "name")]
    done = actions.register_enterprise(
        row, organisation=cast.jinheng, valid_until=TODAY + 300 * DAY, **by_city(cast)
    )
    assert done.organisation == cast.jinheng
    again = checked(cast, made_id=uuid.uuid4(), credit_code="91110000600037341L", name={"zh": "另一家"})
    assert queries.alike(again) == [(cast.jinheng, "code")]
    with refused("accreditation.code_taken"):
        actions.register_enterprise(again, valid_until=TODAY + 300 * DAY, **by_city(cast))
    with refused("accreditation.no_such_enterprise"):
        actions.register_enterprise(
            again, organisation=cast.college, valid_until=TODAY + 300 * DAY, **by_city(cast)
        )


def test_it_is_put_on_hold_taken_up_again_and_struck_out_after_its_day(cast: Cast) -> None:
    row = registered(cast)
    row = actions.suspend_registration(row, because="安全整改中", **by_city(cast))
    assert (row.state, row.because) == ("suspended", "安全整改中")
    row = actions.resume_registration(row, **by_city(cast))
    with refused("accreditation.not_over"):
        actions.expire_registration(row, **by_city(cast))
    assert actions.expire_registration(row, by=by_city(cast)["by"], at=AT + 800 * DAY).state == "expired"


def test_whoever_has_the_link_takes_it_back_until_it_is_decided(cast: Cast) -> None:
    assert actions.withdraw_registration(submitted(cast), **guest(cast)).state == "withdrawn"
    row = registered(cast, made_id=uuid.uuid4())
    with refused("accreditation.not_writable"):
        actions.withdraw_registration(row, **guest(cast))
    assert actions.withdraw_registration(row, **by_city(cast)).state == "withdrawn"


def test_a_city_and_its_enterprise_see_it_and_nobody_else(cast: Cast) -> None:
    row = registered(cast)
    assert row.organisation is not None
    for place, sees in ((cast.city, 1), (row.organisation, 1), (cast.college, 0), (cast.jinheng, 0)):
        with looking_for(Scope(path=place.path)):
            assert Registration.objects.count() == sees
    assert Organisation.objects.filter(key=f"e-{CODE.lower()}").exists()
