"""Complaints: for whom they exist, their way round whoever is named, both sides, each move; nothing of it elsewhere."""

from __future__ import annotations

import random
import uuid
from datetime import date, timedelta
from typing import Any

import pytest

from craftpath.domain.care import actions, queries
from craftpath.domain.care.models import Complaint, Handler, Named, Statement
from craftpath.domain.care.states import COMPLAINT, OPEN
from craftpath.kernel.access import Actor, Membership, actor_in, join
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Role
from craftpath.kernel.tenancy import everywhere, looking_for
from craftpath.values.verdict import Refused
from tests.cast import AT, TODAY, Cast
from tests.domain.care.cases import complain, handlers

pytestmark = pytest.mark.usefixtures("all_rows")


def refused(reason: str) -> Any:
    return pytest.raises(Refused, match=f"^{reason}$")


def handler(cast: Cast) -> dict[str, Any]:
    return {"by": cast.actor("coordinator"), "at": AT}


def own(cast: Cast) -> dict[str, Any]:
    return {"by": cast.actor("apprentice"), "at": AT}


def seen(actor: Actor) -> list[str]:
    with looking_for(actor.scope):
        return [row.public_id for row in queries.complaints()]


SEATS = {"officer": "city", "auditor": "city", "hr": "jinheng", "mentor": "jinheng", "stranger": "neighbour"}


def test_it_exists_for_the_complainant_and_the_handler_and_for_no_other_role(cast: Cast) -> None:
    made = complain(cast, "mentor")
    assert handlers(made) == ["c01"]
    reading = {
        who for who in cast.people if seen(cast.actor(who, getattr(cast, SEATS.get(who, "college")))) != []
    }
    assert reading == {"apprentice", "coordinator"}


def test_it_is_taken_once_and_says_by_when_the_next_step_is_due(cast: Cast) -> None:
    name = uuid.uuid4()
    made = complain(cast, "mentor", made_id=name)
    assert complain(cast, "mentor", made_id=name).pk == made.pk
    assert (Complaint.objects.count(), Named.objects.count(), Handler.objects.count()) == (1, 1, 1)
    assert (made.state, made.due_on, made.due_assumed) == ("received", date(2026, 9, 17), True)
    with refused("care.word_unknown"):
        complain(cast, by=cast.actor("classmate"), made_id=name)


@pytest.mark.parametrize(
    ("named", "who"),
    [
        ((), ["c01"]),
        (("mentor", "trainer"), ["c01"]),
        (("coordinator",), ["adm"]),
        (("administrator",), ["of01"]),
        (("coordinator", "administrator"), ["of01"]),
        (("coordinator", "administrator", "officer"), []),
    ],
)
def test_its_way_goes_round_whoever_is_named(cast: Cast, named: tuple[str, ...], who: list[str]) -> None:
    made = complain(cast, *named)
    assert handlers(made) == who
    for name in named:
        assert seen(cast.actor(name, getattr(cast, SEATS.get(name, "college")))) == []


def test_about_an_organisation_nobody_who_works_there_handles_it(cast: Cast) -> None:
    about = {"about": "organisation"}
    at_firm = complain(cast, place=cast.jinheng, about_organisation=cast.jinheng, **about)
    assert handlers(at_firm) == ["of01"]
    at_college = complain(cast, about_organisation=cast.college, **about)
    assert handlers(at_college) == ["of01"]
    about_firm = complain(cast, about_organisation=cast.jinheng, **about)
    assert handlers(about_firm) == ["c01"]
    about_bureau = complain(cast, about_organisation=cast.city, **about)
    assert handlers(about_bureau) == ["c01"]


def test_a_mentor_complains_at_the_enterprise(cast: Cast) -> None:
    made = complain(cast, by=cast.actor("mentor", cast.jinheng), place=cast.jinheng)
    assert handlers(made) == ["hr01"]
    with refused("kernel.role_lacks"):
        complain(cast, by=cast.actor("trainer"))


def test_the_freest_of_equals_takes_it(cast: Cast) -> None:
    second = Person.objects.create_user("c02", name="石磊")
    join([second], cast.college, Role.COORDINATOR, on=TODAY - timedelta(days=9))
    assert [handlers(complain(cast)) for _ in range(3)] == [["c01"], ["c02"], ["c01"]]


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"words": " "}, "care.no_words"),
        ({"words": "x" * 4001}, "care.too_many_words"),
        ({"about": "person"}, "care.nobody_named"),
        ({"about": "organisation"}, "care.no_organisation"),
        ({"matter": "x"}, "care.word_unknown"),
    ],
)
def test_what_is_not_a_complaint_is_refused(cast: Cast, values: dict[str, Any], reason: str) -> None:
    with refused(reason):
        complain(cast, **values)
    with refused("care.names_oneself"):
        complain(cast, "apprentice")
    assert not Complaint.objects.exists()


def test_a_handler_who_is_named_later_is_off_at_once(cast: Cast) -> None:
    made = complain(cast)
    actions.open_complaint(made, **handler(cast))
    actions.name_person(made, cast.people["coordinator"], **own(cast))
    assert handlers(made) == ["adm"]
    assert seen(cast.actor("coordinator")) == []
    for act in (actions.open_complaint, actions.acknowledge_complaint, actions.hand_over):
        with refused("care.not_yours"):
            act(made, **handler(cast))
    with refused("care.may_not_handle"):
        actions.call_in(made, cast.people["coordinator"], by=cast.actor("administrator"), at=AT)


def test_a_handler_who_depends_on_whoever_is_named_later_is_off_too(cast: Cast) -> None:
    made = complain(cast)
    actions.name_person(made, cast.people["administrator"], **handler(cast))
    assert handlers(made) == ["of01"]
    assert seen(cast.actor("coordinator")) == []


def test_even_a_wrong_row_shows_nothing_to_whoever_is_named(cast: Cast) -> None:
    made = complain(cast, "coordinator")
    Handler.objects.create(
        complaint=made, handler=cast.people["coordinator"], organisation=cast.college, assigned_at=AT
    )
    assert seen(cast.actor("coordinator")) == []
    with refused("care.not_yours"):
        actions.acknowledge_complaint(made, **handler(cast))


def test_who_leaves_is_followed_by_somebody_else(cast: Cast) -> None:
    made = complain(cast)
    Membership.objects.filter(person=cast.people["coordinator"]).update(ends_on=TODAY)
    assert [row.handler for row in actions.find_handler(made, **own(cast))] == [cast.people["administrator"]]
    with refused("care.not_yours"):
        actions.find_handler(made, by=cast.actor("administrator"), at=AT)


def test_it_is_handed_over_and_others_are_called_in(cast: Cast) -> None:
    made = complain(cast)
    actions.call_in(made, cast.people["officer"], **handler(cast))
    actions.call_in(made, cast.people["officer"], **handler(cast))
    assert handlers(made) == ["c01", "of01"]
    assert actions.hand_over(made, **handler(cast)).handler == cast.people["administrator"]
    assert handlers(made) == ["adm", "of01"]
    assert seen(cast.actor("coordinator")) == []
    alone = complain(cast, "coordinator", "administrator")
    with refused("care.nobody_else"):
        actions.hand_over(alone, by=cast.actor("officer", cast.city), at=AT)
    assert handlers(alone) == ["of01"]


def test_each_side_sees_its_part_and_the_end(cast: Cast) -> None:
    made, by = complain(cast, "mentor"), handler(cast)
    mentor = {"by": cast.actor("mentor", cast.jinheng), "at": AT}
    [named] = queries.named_in(made)
    with refused("care.not_told_yet"):
        actions.say(made, words="x", part="named", named=named, **by)
    with refused("kernel.role_lacks"):
        actions.open_complaint(made, **mentor)
    actions.acknowledge_complaint(made, **by)
    actions.tell_named(made, named, words="有人反映您的沟通方式，请谈谈您的看法。", **by)
    with refused("care.told_already"):
        actions.tell_named(made, named, words="again", **by)
    assert seen(mentor["by"]) == [made.public_id]
    actions.say(made, words="我当时着急，话重了。", part="complainant", **mentor)  # the side is not chosen
    actions.say(made, words="谢谢说明。", part="named", named=named, **by)
    actions.say(made, words="我希望换师傅。", **own(cast))
    actions.say(made, words="我希望换师傅。", **own(cast))  # pressed twice
    actions.say(made, words="两边说法一致。", part="handlers", **by)
    named.refresh_from_db()
    assert [row.words for row in queries.statements_in(made, "named", named)] == [
        "我当时着急，话重了。",
        "谢谢说明。",
    ]
    assert [row.words for row in queries.statements_in(made, "complainant")] == ["我希望换师傅。"]
    assert len(queries.said_among_handlers(made)) == 4
    actions.formalise_complaint(made, **by)
    with refused("care.no_words"):  # who was told is answered too
        actions.decide_complaint(made, outcome="upheld", decision="成立。", **by)
    actions.decide_complaint(
        made, outcome="upheld", decision="成立。", decision_for_named="请参加沟通培训。", **by
    )
    for who, where in (("apprentice", "college"), ("mentor", "jinheng")):
        actor = cast.actor(who, getattr(cast, where))
        with looking_for(actor.scope):
            assert [row.pk for row in queries.complaints_on_desk(actor.person, handles=False, most=9)] == [
                made.pk
            ]
        actions.read_answer(made, by=actor, at=AT + timedelta(hours=1))
        with looking_for(actor.scope):
            assert list(queries.complaints_on_desk(actor.person, handles=False, most=9)) == []
    actions.say(made, words="我接受。", **mentor)  # after the decision too
    closed = actions.close_complaint(made, **by)
    assert (closed.state, closed.due_on, closed.outcome) == ("closed", None, "upheld")
    with refused("care.complaint_ended"):
        actions.say(made, words="x", **own(cast))
    with pytest.raises(TypeError):
        Statement.objects.all()[0].save()


def test_two_named_do_not_read_each_other(cast: Cast) -> None:
    made, by = complain(cast, "mentor", "trainer"), handler(cast)
    first, second = queries.named_in(made)
    actions.tell_named(made, first, words="甲", **by)
    assert seen(cast.actor("trainer")) == []
    actions.tell_named(made, second, words="乙", **by)
    actions.say(made, words="我的看法", by=cast.actor("mentor", cast.jinheng), at=AT)
    assert queries.statements_in(made, "named", second) == []


def test_of_two_deciders_the_first_counts(cast: Cast) -> None:
    made, by = complain(cast), handler(cast)
    actions.call_in(made, cast.people["administrator"], **by)
    actions.acknowledge_complaint(made, **by)
    actions.formalise_complaint(made, **by)
    actions.decide_complaint(made, outcome="upheld", decision="成立。", **by)
    with refused("flow.not_now"):
        actions.decide_complaint(
            made, outcome="not_upheld", decision="不成立。", by=cast.actor("administrator"), at=AT
        )
    made.refresh_from_db()
    assert (made.outcome, made.decision) == ("upheld", "成立。")


@pytest.mark.parametrize("state", COMPLAINT.states)
def test_it_goes_outside_from_every_open_state(cast: Cast, state: str) -> None:
    made = complain(cast)
    decided = (
        {"outcome": "upheld", "decision": "x", "decided_at": AT} if state in ("decided", "closed") else {}
    )
    Complaint.objects.filter(pk=made.pk).update(state=state, **decided)
    if state in OPEN:
        assert (
            actions.escalate_complaint(made, external="劳动仲裁", **own(cast)).state == "escalated_external"
        )
    else:
        with refused("flow.not_now"):
            actions.escalate_complaint(made, external="劳动仲裁", **own(cast))


def test_the_complainant_alone_takes_it_back(cast: Cast) -> None:
    made = complain(cast)
    with refused("care.not_yours"):
        actions.withdraw_complaint(made, **handler(cast))
    ended = actions.withdraw_complaint(made, **own(cast))
    assert (ended.state, ended.ended_at, ended.due_on) == ("withdrawn", AT, None)


def test_every_reading_is_recorded_and_belongs_to_no_organisation(cast: Cast) -> None:
    made = complain(cast, "mentor")
    actions.open_complaint(made, **own(cast))  # one's own needs no record
    assert not queries.opened_lately(made, cast.people["coordinator"], AT)
    actions.open_complaint(made, **handler(cast))
    assert queries.opened_lately(made, cast.people["coordinator"], AT + timedelta(minutes=29))
    assert not queries.opened_lately(made, cast.people["coordinator"], AT + timedelta(minutes=31))
    lines = queries.history_of(made)
    assert sorted(row.fact for row in lines) == [
        "care.complaint_made", "care.complaint_opened", "care.handlers_changed",
    ]  # fmt: skip
    assert {row.organisation for row in lines} == {None}
    assert all(set(row.payload) <= {"complaint", "state", "because", "part"} for row in lines)
    for who in ("administrator", "auditor", "trainer"):
        with looking_for(cast.actor(who, getattr(cast, SEATS.get(who, "college"))).scope):
            assert not AuditEntry.objects.filter(subject=str(made.ref)).exists()


@pytest.mark.parametrize("seed", range(6))
def test_no_sequence_of_steps_lets_whoever_is_named_see_it(cast: Cast, seed: int) -> None:
    """Roles are dealt anew, then people are named, called in, handed over and told, in any order."""
    dice = random.Random(seed)  # noqa: S311
    staff = [Person.objects.create_user(f"x{n}", name=f"人{n}") for n in range(6)]
    staff += [cast.people[name] for name in ("coordinator", "administrator", "officer", "hr", "mentor")]
    places = [cast.city, cast.college, cast.campus, cast.jinheng]
    for person in staff[:6]:
        role = dice.choice([Role.COORDINATOR, Role.HR, Role.ADMINISTRATOR, Role.OFFICER, Role.TRAINER])
        join([person], dice.choice(places), role, on=TODAY - timedelta(days=9))
    place = dice.choice([cast.college, cast.jinheng])
    made = actions.make_complaint(
        place, made_id=uuid.uuid4(), about="situation", matter="other", words="…",
        named=dice.sample(staff, dice.randint(0, 2)), **own(cast),
    )  # fmt: skip
    for _ in range(12):
        with everywhere("a test moves"):
            _any_step(cast, made, staff, dice)
        named = {row.named_id: row for row in queries.named_in(made)}
        held = {row.handler_id for row in queries.handlers_of(made)}
        assert not held & set(named)
        for person in staff:
            actor = next((one for at in places if (one := actor_in(person, at, TODAY))), None)
            if person.pk in named and actor is not None:
                told = named[person.pk].told_at is not None
                assert bool(seen(actor)) is told
            elif actor is not None:
                assert bool(seen(actor)) is (person.pk in held)


def _any_step(cast: Cast, made: Complaint, staff: list[Person], dice: random.Random) -> None:
    held = queries.handlers_of(made)
    by = actor_in(held[0].handler, held[0].organisation, TODAY) if held else cast.actor("apprentice")
    assert by is not None
    named = queries.named_in(made)
    try:
        step = dice.randrange(5)
        if step <= 1:
            actions.name_person(made, dice.choice(staff), by=by, at=AT)
        elif step == 2:
            actions.call_in(made, dice.choice(staff), by=by, at=AT)
        elif step == 3 and held:
            actions.hand_over(made, by=by, at=AT)
        elif named:
            actions.tell_named(made, dice.choice(named), words="…", by=by, at=AT)
    except Refused:
        pass
