"""Rounds: what is proposed is the best by what matters, marks bind, publishing makes exactly these pairs or none."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import permutations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from craftpath.domain.matching.actions import (
    Sitting,
    ask_preferences,
    change_seats,
    close_preferences,
    drop_round,
    keep_proposal,
    note_travel,
    open_round,
    publish_round,
    state_preferences,
    weigh,
    write_profile,
)
from craftpath.domain.matching.explaining import explain
from craftpath.domain.matching.gathering import Possible, Table, gather
from craftpath.domain.matching.models import Mark, Preference, Profile, Proposal, Round, Seat, TravelTime
from craftpath.domain.matching.proposing import think
from craftpath.domain.matching.rules import USUAL
from craftpath.domain.matching.solving import solve
from craftpath.domain.pairing.actions import form_pair, note_result, set_standing
from craftpath.domain.pairing.models import Bond, Pair
from craftpath.domain.pairing.queries import bonds_on
from craftpath.domain.pairing.rules import Wanted
from craftpath.kernel.access import Actor, system
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.roles import Role
from craftpath.kernel.tenancy import Scope, looking_for
from tests.cast import AT, TODAY, Cast
from tests.domain.matching.world import (
    apprentices,
    arrows,
    learning,
    marked,
    masters,
    only,
    opened,
    profiled,
    proposed,
    seat,
    teaching,
)
from tests.domain.pairing.world import refused, somebody

pytestmark = pytest.mark.usefixtures("all_rows")
DAY = timedelta(days=1)


def test_everybody_gets_a_teacher_within_capacity(cast: Cast) -> None:
    some = masters(cast, 2, 3)
    row = opened(cast, teaching(cast, some) + learning(cast, apprentices(cast, 5)))
    kept = proposed(cast, row)
    load = [teacher for teacher, _ in arrows(kept)]
    assert (kept.without, kept.bound, load.count("师傅00"), load.count("师傅01")) == (0, kept.total, 2, 3)


def test_whom_there_is_no_room_for_is_said_and_not_hidden(cast: Cast) -> None:
    row = opened(cast, teaching(cast, masters(cast, 1, 1)) + learning(cast, apprentices(cast, 3)))
    kept = proposed(cast, row)
    assert (kept.without, len(arrows(kept))) == (1, 2)


def test_what_one_wants_to_learn_decides_where_nothing_else_matters(cast: Cast) -> None:
    tig, plc = masters(cast, 2, 2)
    profiled(cast, tig, ["TIG 焊接"])
    profiled(cast, plc, ["PLC  编程"])
    rows = apprentices(cast, 2)
    profiled(cast, rows[0].person, wants=["plc 编程"])
    profiled(cast, rows[1].person, wants=["tig 焊接"])
    row = opened(cast, teaching(cast, [tig, plc]) + learning(cast, rows), weights=only(goals=5))
    assert arrows(proposed(cast, row)) == [("师傅00", "徒01"), ("师傅01", "徒00")]


def test_another_weight_gives_another_plan_and_both_are_kept(cast: Cast) -> None:
    one, two = masters(cast, 1, 1)
    rows = apprentices(cast, 2)
    profiled(cast, one, ["TIG"], shift="late")
    profiled(cast, two, ["PLC"], shift="early")
    profiled(cast, rows[0].person, wants=["TIG"], shift="early")
    profiled(cast, rows[1].person, wants=["PLC"], shift="late")
    row = opened(cast, teaching(cast, [one, two]) + learning(cast, rows), weights=only(goals=2, shift=1))
    first = proposed(cast, row)
    weigh(row, only(goals=1, shift=2), keep=False, by=cast.actor("coordinator"), at=AT)
    second = proposed(cast, row)
    assert arrows(first) == [("师傅00", "徒00"), ("师傅01", "徒01")]
    assert arrows(second) == [("师傅00", "徒01"), ("师傅01", "徒00")]
    assert [(one.number, one.total) for one in row.proposals.order_by("number")] == [(1, 400), (2, 400)]


def test_even_loads_count_whom_a_teacher_has_already(cast: Cast) -> None:
    busy, free = masters(cast, 6, 6)
    old = apprentices(cast, 4)
    for row in old[:3]:
        bond = Wanted(busy, row.person, cast.jinheng, row)
        form_pair(
            "master_apprentice",
            [bond],
            organisation=cast.college,
            starts_on=TODAY,
            by=system(cast.college),
            at=AT,
        )
    new = opened(
        cast, teaching(cast, [busy, free]) + learning(cast, [old[3], cast.enrolments["26005"]]),
        weights=only(site=1, fairness=3),
    )  # fmt: skip
    assert {teacher for teacher, _ in arrows(proposed(cast, new))} == {"师傅01"}


def test_only_who_teaches_where_the_apprentice_works_is_possible(cast: Cast) -> None:
    stranger = somebody("远方师傅")
    seats = [Sitting(stranger, "teaches", cast.qinghe), *teaching(cast, masters(cast, 1))]
    row = opened(cast, seats + learning(cast, apprentices(cast, 1)))
    table = gather(row)
    assert [no.reason for no in table.barred.values()] == ["matching.other_place"]
    assert arrows(proposed(cast, row)) == [("师傅00", "徒00")]


def test_whose_qualification_ends_within_the_days_is_no_choice(cast: Cast) -> None:
    [short] = masters(cast, 3)
    set_standing(
        short, organisation=cast.jinheng, capacity=3, qualified_from=TODAY - DAY, qualified_until=TODAY + 20 * DAY,
        by=system(cast.jinheng), at=AT,
    )  # fmt: skip
    row = opened(
        cast, teaching(cast, [short]) + learning(cast, apprentices(cast, 1)), ends_on=TODAY + 30 * DAY
    )
    assert [no.reason for no in gather(row).barred.values()] == ["pairing.qualified_until"]
    assert proposed(cast, row).without == 1


# ---- Marks ---------------------------------------------------------------------------------


def test_a_pin_binds_and_a_ban_keeps_apart(cast: Cast) -> None:
    one, two = masters(cast, 2, 2)
    rows = apprentices(cast, 2)
    row = opened(cast, teaching(cast, [one, two]) + learning(cast, rows))
    marked(cast, row, two, rows[0].person, "pin")
    marked(cast, row, two, rows[1].person, "forbid")
    assert arrows(proposed(cast, row)) == [("师傅00", "徒01"), ("师傅01", "徒00")]
    marked(cast, row, two, rows[1].person, "")
    assert Mark.objects.count() == 1


def test_pins_beyond_room_and_need_are_refused_and_nothing_changes(cast: Cast) -> None:
    one, two = masters(cast, 1, 1)
    rows = apprentices(cast, 2)
    row = opened(cast, teaching(cast, [one, two]) + learning(cast, rows))
    marked(cast, row, one, rows[0].person, "pin")
    with refused("matching.pins_over_need"):
        marked(cast, row, two, rows[0].person, "pin")
    with refused("matching.pins_over_room"):
        marked(cast, row, one, rows[1].person, "pin")
    with refused("matching.mark_unknown"):
        marked(cast, row, one, rows[1].person, "glue")
    assert list(Mark.objects.values_list("mark", flat=True)) == ["pin"]


def test_a_pin_that_lost_its_room_meanwhile_stops_the_proposal_with_a_name(cast: Cast) -> None:
    [one] = masters(cast, 1)
    rows = apprentices(cast, 1)
    row = opened(cast, teaching(cast, [one]) + learning(cast, rows))
    marked(cast, row, one, rows[0].person, "pin")
    set_standing(one, organisation=cast.jinheng, capacity=0, by=system(cast.jinheng), at=AT)
    with refused("matching.pins_over_room"):
        proposed(cast, row)


# ---- What cannot be opened -------------------------------------------------------------------


def test_a_round_needs_both_sides_a_known_kind_and_weights_that_say_something(cast: Cast) -> None:
    people, rows = teaching(cast, masters(cast, 1)), learning(cast, apprentices(cast, 1))
    with refused("matching.nobody_learns"):
        opened(cast, people)
    with refused("matching.nobody_teaches"):
        opened(cast, rows)
    with refused("matching.kind_unknown"):
        opened(cast, people + rows, kind="friends")
    with refused("matching.twice"):
        opened(cast, people * 2 + rows)
    with refused("matching.side_unknown"):
        opened(cast, people + rows, kind="mutual")
    with refused("matching.nothing_matters"):
        opened(cast, people + rows, weights=only(fairness=5))
    with refused("matching.weight_out_of_range"):
        opened(cast, people + rows, weights=only(goals=6))
    with refused("matching.criterion_unknown"):
        opened(cast, people + rows, weights={"luck": 1})
    with refused("matching.shares_unknown"):
        opened(cast, people + rows, shares=[700, 200])
    with refused("matching.stated_one_teacher"):
        opened(cast, people + rows, method="stated", shares=[600, 400])
    with refused("pairing.ends_before_start"):
        opened(cast, people + rows, ends_on=TODAY)
    with refused("matching.no_name"):
        open_round(
            " ", "master_apprentice", people + rows, organisation=cast.college, starts_on=TODAY,
            by=cast.actor("coordinator"), at=AT,
        )  # fmt: skip
    minus = [Sitting(people[0].person, "teaches", cast.jinheng, most=-1)]
    with refused("matching.most_out_of_range"):
        opened(cast, minus + rows)
    assert not Round.objects.exists()


def test_only_an_office_opens_a_round_and_only_with_its_own_apprentices(cast: Cast) -> None:
    people, rows = teaching(cast, masters(cast, 1)), learning(cast, apprentices(cast, 1))
    for role in (Role.MENTOR, Role.APPRENTICE, Role.OFFICER):
        with refused("kernel.role_lacks"):
            opened(cast, people + rows, by=Actor(cast.college, cast.people["mentor"], frozenset({role})))
    other = Actor(cast.qinghe, cast.people["hr"], frozenset({Role.HR}))
    with refused("kernel.belongs_to_another"):
        opened(cast, people + rows, by=other, organisation=cast.qinghe)


def test_the_same_press_opens_one_round(cast: Cast) -> None:
    seats = teaching(cast, masters(cast, 1)) + learning(cast, apprentices(cast, 1))
    assert opened(cast, seats, made_id="one").pk == opened(cast, seats, made_id="one").pk
    assert AuditEntry.objects.filter(fact="matching.round_opened").count() == 1


def test_people_come_and_go_and_the_marks_of_those_who_stay_stay(cast: Cast) -> None:
    one, two = masters(cast, 2, 2)
    rows = apprentices(cast, 2)
    row = opened(cast, teaching(cast, [one, two]) + learning(cast, rows))
    marked(cast, row, one, rows[0].person, "pin")
    marked(cast, row, two, rows[1].person, "forbid")
    change_seats(row, teaching(cast, [one]) + learning(cast, rows), by=cast.actor("coordinator"), at=AT)
    assert list(Mark.objects.values_list("mark", flat=True)) == ["pin"]
    assert arrows(proposed(cast, row)) == [("师傅00", "徒00"), ("师傅00", "徒01")]


# ---- Proposals and pairs ---------------------------------------------------------------------


def test_publishing_makes_exactly_the_proposed_pairs_once(cast: Cast) -> None:
    rows = apprentices(cast, 4)
    row = opened(cast, teaching(cast, masters(cast, 2, 2)) + learning(cast, rows))
    kept = proposed(cast, row)
    for _ in range(2):
        publish_round(row, kept, by=cast.actor("coordinator"), at=AT)
    made = bonds_on(TODAY).filter(enrolment__in=[one.pk for one in rows])
    assert sorted(made.values_list("teacher__name", "learner__name")) == arrows(kept)
    assert Pair.objects.count() == 4
    assert AuditEntry.objects.get(fact="matching.round_published").payload == {
        "number": 1, "formed": 4, "replaced": 0, "kept": 0,
    }  # fmt: skip


def test_a_proposal_that_fits_no_more_is_refused_and_nothing_is_made(cast: Cast) -> None:
    one, two = masters(cast, 2, 2)
    rows = apprentices(cast, 2)
    row = opened(cast, teaching(cast, [one, two]) + learning(cast, rows))
    kept, thought = proposed(cast, row), think(row)
    set_standing(two, organisation=cast.jinheng, capacity=0, by=system(cast.jinheng), at=AT)
    with refused("matching.changed_since"):
        publish_round(row, kept, by=cast.actor("coordinator"), at=AT)
    with refused("matching.changed_since"):
        keep_proposal(row, thought, by=cast.actor("coordinator"), at=AT)
    assert not Pair.objects.exists()


def test_the_same_thought_is_kept_once_and_only_the_last_dozen_stay(cast: Cast) -> None:
    row = opened(cast, teaching(cast, masters(cast, 2)) + learning(cast, apprentices(cast, 1)))
    assert proposed(cast, row).pk == proposed(cast, row).pk
    for number in range(14):
        weigh(row, dict(USUAL) | {"goals": number % 2, "site": number // 4}, keep=False,
              by=cast.actor("coordinator"), at=AT)  # fmt: skip
        proposed(cast, row)
    assert Proposal.objects.count() == 12


def test_two_teachers_share_the_work_sixty_to_forty(cast: Cast) -> None:
    one, two = masters(cast, 1, 1)
    [learner] = apprentices(cast, 1)
    profiled(cast, two, ["TIG"])
    profiled(cast, learner.person, wants=["TIG"])
    row = opened(
        cast, teaching(cast, [one, two]) + learning(cast, [learner]), shares=[600, 400], weights=only(goals=1)
    )
    publish_round(row, proposed(cast, row), by=cast.actor("coordinator"), at=AT)
    bonds = Bond.objects.order_by("-share").values_list("teacher__name", "role", "share")
    assert list(bonds) == [("师傅01", "responsible", 600), ("师傅00", "second", 400)]


def test_after_a_teacher_leaves_as_few_pairs_change_as_may_be(cast: Cast) -> None:
    left, full, other = masters(cast, 1, 2, 3)
    rows = apprentices(cast, 4)
    # The new plan by worth alone would turn everybody round: each wants the other one's teacher.
    profiled(cast, full, ["TIG"])
    profiled(cast, other, ["PLC"])
    for number, teacher in enumerate((left, full, full, other)):
        profiled(cast, rows[number].person, wants=["PLC" if teacher is full else "TIG"])
        bond = Wanted(teacher, rows[number].person, cast.jinheng, rows[number])
        form_pair(
            "master_apprentice", [bond], organisation=cast.college, starts_on=TODAY - 60 * DAY,
            by=system(cast.college), at=AT,
        )  # fmt: skip
    seats = teaching(cast, [full, other]) + learning(cast, rows)
    row = opened(cast, seats, weights=only(goals=5), keep=True, leaving=left)
    kept = proposed(cast, row)
    assert (kept.without, kept.changed) == (0, 0)
    publish_round(row, kept, by=cast.actor("coordinator"), at=AT)
    today = dict(bonds_on(TODAY).values_list("learner__name", "teacher__name"))
    assert today == {"徒00": "师傅02", "徒01": "师傅01", "徒02": "师傅01", "徒03": "师傅02"}
    assert Pair.objects.count() == 4  # the one pair goes on with another teacher
    free = opened(cast, seats, weights=only(goals=5), keep=False)
    assert proposed(cast, free).changed > 0


def test_two_teachers_who_are_full_change_places(cast: Cast) -> None:
    one, two = masters(cast, 1, 1)
    rows = apprentices(cast, 2)
    for teacher, learner in ((one, rows[0]), (two, rows[1])):
        bond = Wanted(teacher, learner.person, cast.jinheng, learner)
        form_pair(
            "master_apprentice", [bond], organisation=cast.college, starts_on=TODAY - 60 * DAY,
            by=system(cast.college), at=AT,
        )  # fmt: skip
    row = opened(cast, teaching(cast, [one, two]) + learning(cast, rows))
    marked(cast, row, one, rows[1].person, "pin")
    publish_round(row, proposed(cast, row), by=cast.actor("coordinator"), at=AT)
    today = dict(bonds_on(TODAY).values_list("learner__name", "teacher__name"))
    assert today == {"徒00": "师傅01", "徒01": "师傅00"}


def test_a_dropped_round_says_why_and_goes_on_no_more(cast: Cast) -> None:
    row = opened(cast, teaching(cast, masters(cast, 2)) + learning(cast, apprentices(cast, 1)))
    kept = proposed(cast, row)
    with refused("pairing.no_reason"):
        drop_round(row, because=" ", by=cast.actor("coordinator"), at=AT)
    for _ in range(2):
        drop_round(row, because="改期", by=cast.actor("coordinator"), at=AT)
    with refused("flow.not_now"):
        publish_round(row, kept, by=cast.actor("coordinator"), at=AT)
    with refused("matching.over"):
        weigh(row, USUAL, keep=True, by=cast.actor("coordinator"), at=AT)


# ---- Other shapes ----------------------------------------------------------------------------


def test_a_chain_is_proposed_from_the_top_down(cast: Cast) -> None:
    people = masters(cast, 1, 2, 1, 1)
    levels = (4, 3, 2, 2)
    seats = [Sitting(p, "both", cast.jinheng, level=level) for p, level in zip(people, levels, strict=True)]
    kept = proposed(cast, row := opened(cast, seats, kind="layered"))
    assert (arrows(kept), kept.without) == (
        [("师傅00", "师傅01"), ("师傅01", "师傅02"), ("师傅01", "师傅03")], 0,
    )  # fmt: skip
    publish_round(row, kept, by=cast.actor("coordinator"), at=AT)
    assert Pair.objects.filter(kind="layered").count() == 3
    with refused("matching.one_level"):
        opened(cast, [Sitting(p, "both", cast.jinheng, level=1) for p in people], kind="layered")


def test_rings_of_two_and_three_close_among_equals(cast: Cast) -> None:
    people = masters(cast, *[4] * 5)
    offers = (("TIG", "PLC"), ("PLC", "TIG"), ("CAD", "CAM"), ("CAM", "CMM"), ("CMM", "CAD"))
    for person, (teaches, wants) in zip(people, offers, strict=True):
        profiled(cast, person, [teaches], [wants])
    row = opened(cast, [Sitting(person, "both", cast.jinheng) for person in people], kind="mutual")
    kept = proposed(cast, row)
    assert kept.without == 0
    publish_round(row, kept, by=cast.actor("coordinator"), at=AT)
    rings = [
        {(bond.teacher.name, bond.subject) for bond in pair.bonds.select_related("teacher")}
        for pair in Pair.objects.filter(kind="mutual").order_by("pk")
    ]
    assert sorted(len(ring) for ring in rings) == [2, 3]
    assert {("师傅00", "TIG"), ("师傅01", "PLC")} in rings


def test_a_red_suit_and_a_white_smock_teach_each_other_with_a_project(cast: Cast) -> None:
    red, white = masters(cast, 3, 3)
    profiled(cast, red, ["调试"], ["误差分析"])
    profiled(cast, white, ["误差分析", "制图"], ["调试"])
    seats = [Sitting(red, "teaches", cast.jinheng), Sitting(white, "learns", cast.jinheng)]
    row = opened(cast, seats, kind="red_white")
    kept = proposed(cast, row)
    with refused("pairing.no_project"):
        publish_round(row, kept, by=cast.actor("coordinator"), at=AT)
    publish_round(row, kept, projects={0: "减振夹具"}, by=cast.actor("coordinator"), at=AT)
    pair = Pair.objects.get()
    assert (pair.kind, pair.project) == ("red_white", "减振夹具")
    assert set(pair.bonds.values_list("teacher__name", "subject")) == {
        ("师傅00", "调试"),
        ("师傅01", "误差分析"),
    }


def test_what_both_sides_state_leaves_no_two_who_would_rather_have_each_other(cast: Cast) -> None:
    one, two = masters(cast, 1, 1)
    rows = apprentices(cast, 2)
    row = opened(cast, teaching(cast, [one, two]) + learning(cast, rows), method="stated")
    ask_preferences(row, until=TODAY + DAY, by=cast.actor("coordinator"), at=AT)
    for person, wanted in (
        (rows[0].person, [one, two]), (rows[1].person, [one, two]), (one, [rows[1].person, rows[0].person]),
    ):  # fmt: skip
        actor = Actor(cast.college, person, frozenset())
        state_preferences(row, seat(row, person), [seat(row, whom) for whom in wanted], by=actor, at=AT)
    assert arrows(proposed(cast, row)) == [("师傅00", "徒01"), ("师傅01", "徒00")]
    lines = {line.teacher: line.code for line in explain(gather(row), 0)}
    assert lines == {0: "teacher_prefers", 1: "chosen"}


# ---- Preferences ------------------------------------------------------------------------------


def test_only_the_one_who_states_and_the_office_read_a_preference(cast: Cast) -> None:
    [one] = masters(cast, 1)
    [learner] = apprentices(cast, 1)
    row = opened(cast, teaching(cast, [one]) + learning(cast, [learner]))
    ask_preferences(row, until=TODAY, by=cast.actor("coordinator"), at=AT)
    mine = Actor(cast.college, learner.person, frozenset({Role.APPRENTICE}))
    state_preferences(row, seat(row, learner.person), [seat(row, one)], by=mine, at=AT)
    with looking_for(Scope(one.pk)):
        assert not Preference.objects.exists()
    with looking_for(Scope(learner.person.pk)):
        assert Preference.objects.count() == 1
    told = AuditEntry.objects.get(fact="matching.preferences_stated")
    assert (told.organisation, told.payload) == (None, {})


def test_preferences_are_of_this_round_each_once_and_until_the_day(cast: Cast) -> None:
    [one] = masters(cast, 1)
    rows = apprentices(cast, 2)
    row = opened(cast, teaching(cast, [one]) + learning(cast, rows))
    mine, his = seat(row, rows[0].person), seat(row, one)
    actor = Actor(cast.college, rows[0].person, frozenset())
    with refused("matching.not_asking"):
        state_preferences(row, mine, [his], by=actor, at=AT)
    with refused("matching.asks_until_past"):
        ask_preferences(row, until=TODAY - DAY, by=cast.actor("coordinator"), at=AT)
    ask_preferences(row, until=TODAY, by=cast.actor("coordinator"), at=AT)
    with refused("matching.not_in_it"):
        state_preferences(row, mine, [his], by=Actor(cast.college, one, frozenset()), at=AT)
    with refused("matching.wish_unknown"):
        state_preferences(row, mine, [seat(row, rows[1].person)], by=actor, at=AT)
    with refused("matching.wishes_twice"):
        state_preferences(row, mine, [his, his], by=actor, at=AT)
    with refused("matching.not_asking"):
        state_preferences(row, mine, [his], by=actor, at=AT + DAY)
    for _ in range(2):
        state_preferences(row, mine, [his], by=actor, at=AT)
    close_preferences(row, by=cast.actor("coordinator"), at=AT)
    assert Preference.objects.count() == 1
    assert AuditEntry.objects.filter(fact="matching.preferences_stated").count() == 1


# ---- Profiles ----------------------------------------------------------------------------------


def test_a_profile_is_ones_own_and_the_offices(cast: Cast) -> None:
    person = somebody("李师傅")
    own = Actor(cast.jinheng, person, frozenset({Role.MENTOR}))
    row = write_profile(
        person,
        organisation=cast.jinheng,
        teaches=["TIG ", "tig", " "],
        wants=[],
        languages=["zh"],
        by=own,
        at=AT,
    )
    assert (row.teaches, row.languages) == (["TIG"], ["zh"])
    with refused("kernel.role_lacks"):
        another = Actor(cast.jinheng, cast.people["mentor"], frozenset({Role.MENTOR}))
        write_profile(person, organisation=cast.jinheng, teaches=[], wants=[], by=another, at=AT)
    for wrong in ({"teaches": ["x" * 41]}, {"teaches": [str(n) for n in range(9)]}):
        with refused("matching.words_too_long"):
            write_profile(person, organisation=cast.jinheng, **{"wants": []} | wrong, by=own, at=AT)
    with refused("matching.shift_unknown"):
        write_profile(person, organisation=cast.jinheng, teaches=[], wants=[], shift="noon", by=own, at=AT)
    with refused("matching.language_unknown"):
        write_profile(
            person, organisation=cast.jinheng, teaches=[], wants=[], languages=["xx"], by=own, at=AT
        )
    assert Profile.objects.count() == 1


def test_minutes_between_two_places_count_there_and_back(cast: Cast) -> None:
    by = cast.actor("coordinator")
    for one, other in ((cast.jinheng, cast.campus), (cast.campus, cast.jinheng)):
        note_travel(one, other, organisation=cast.college, minutes=45, by=by, at=AT)
    assert TravelTime.objects.count() == 1
    with refused("matching.same_place"):
        note_travel(cast.campus, cast.campus, organisation=cast.college, minutes=4, by=by, at=AT)
    with refused("matching.travel_out_of_range"):
        note_travel(cast.campus, cast.jinheng, organisation=cast.college, minutes=-1, by=by, at=AT)


def test_a_result_counts_as_it_was_noted_and_the_unknown_as_the_usual(cast: Cast) -> None:
    good, new = masters(cast, 1, 1)
    note_result(good, organisation=cast.jinheng, result=80, on=TODAY, by=system(), at=AT)
    row = opened(
        cast, teaching(cast, [good, new]) + learning(cast, apprentices(cast, 1)), weights=only(results=1)
    )
    worths = {place[0]: one.worth for place, one in gather(row).possible.items()}
    assert worths == {0: 80, 1: 50}


# ---- Why ---------------------------------------------------------------------------------------


def test_a_reason_says_what_it_would_cost_and_who_would_move(cast: Cast) -> None:
    one, two = masters(cast, 1, 1)
    rows = apprentices(cast, 2)
    profiled(cast, one, ["TIG"])
    profiled(cast, two, ["PLC"])
    profiled(cast, rows[0].person, wants=["TIG"])
    profiled(cast, rows[1].person, wants=["PLC"])
    row = opened(cast, teaching(cast, [one, two]) + learning(cast, rows), weights=only(goals=1))
    lines = {line.teacher: line for line in explain(gather(row), 0)}
    assert (lines[0].code, lines[1].loss, lines[1].needs) == ("chosen", 200, 0)
    assert [(m.learner, m.now, m.then) for m in lines[1].moves] == [(0, 0, 1), (1, 1, 0)]


def test_a_pair_that_would_leave_somebody_without_says_so_in_people(cast: Cast) -> None:
    one, far = masters(cast, 1, 1)
    rows = apprentices(cast, 2)
    row = opened(cast, teaching(cast, [one, far]) + learning(cast, rows))
    marked(cast, row, far, rows[1].person, "forbid")
    line = next(line for line in explain(gather(row), 1) if line.teacher == 1)
    assert line.code == "forbidden"
    taken = next(line for line in explain(gather(row), 0) if line.teacher == 0)
    assert (taken.code, taken.needs) == ("trainer_full", 1)


@settings(max_examples=12, deadline=None)
@given(
    st.lists(st.lists(st.integers(0, 3), min_size=3, max_size=3), min_size=3, max_size=3),
)
def test_no_other_plan_is_worth_more(worths: list[list[int]]) -> None:
    row = Round(
        kind="master_apprentice", method="worth", shares=[1000], weights=only(goals=1), keep=False, seed=3
    )
    people = [Seat(public_id=f"s{n}") for n in range(6)]
    possible = {(t, u): Possible(worths[t][u], ()) for t in range(3) for u in range(3)}
    table = Table(row, people[:3], people[3:], [1] * 3, [0] * 3, possible, {}, {})
    best = max(sum(worths[t][u] for u, t in enumerate(order)) for order in permutations(range(3)))
    found = solve(table)
    assert (found.total, found.bound, len(found.arrows)) == (best, best, 3)


def test_a_round_is_read_with_the_same_queries_for_few_and_many(cast: Cast) -> None:
    counts = []
    some = masters(cast, 40, 40)
    for number in (3, 30):
        rows = apprentices(cast, number)
        row = opened(cast, teaching(cast, some) + learning(cast, rows))
        with CaptureQueriesContext(connection) as asked:
            gather(row)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 14


@settings(max_examples=8, deadline=None)
@given(st.lists(st.lists(st.integers(0, 9), min_size=3, max_size=3), min_size=4, max_size=4), st.booleans())
def test_what_a_pair_would_cost_is_what_the_plan_with_it_is_worth_less(
    worths: list[list[int]], keep: bool
) -> None:
    row = Round(
        kind="master_apprentice", method="worth", shares=[1000], weights=only(goals=1), keep=keep, seed=3
    )
    people = [Seat(public_id=f"s{n}") for n in range(7)]
    possible = {(t, u): Possible(worths[u][t], ()) for t in range(3) for u in range(4)}
    standing = {(0, 0): None, (1, 1): None} if keep else {}
    table = Table(row, people[:3], people[3:], [2, 1, 1], [0] * 3, possible, {}, standing)
    now = solve(table)
    for line in explain(table, 2):
        if line.chosen:
            continue
        then = solve(replace(table, pins=frozenset({(line.teacher, 2)})))
        assert line.needs == len(then.without) - len(now.without)
        assert line.pairs == then.changed - now.changed
        assert line.loss == now.total - then.total
        assert bool(line.moves) == (now.places != then.places)
