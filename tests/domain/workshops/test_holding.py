"""Being there, asking and voting, cases, certificates, and the figures of it all."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps

from craftpath.domain.credits.actions import look_what_is_earned
from craftpath.domain.credits.models import Entry
from craftpath.domain.workshops import actions, queries
from craftpath.domain.workshops.figures import figures
from craftpath.domain.workshops.models import Certificate, Presence, Tally, Voter, Workshop
from craftpath.domain.workshops.rules import shows_results
from craftpath.kernel.access import system
from craftpath.values.text import Text
from craftpath.values.verdict import Refused
from tests.cast import AT, Cast
from tests.domain.credits.world import earning
from tests.domain.workshops.world import (
    FIRST,
    MORNING,
    NOBODY,
    SECOND,
    came,
    comer,
    day_of,
    opened,
    site_of,
)

pytestmark = pytest.mark.usefixtures("all_rows")
NIGHT = timedelta(days=1)
TOLD = actions.Told("案例", "情况", "做法", "成效 12 %", "启示", "企业", consent=True)


def _reason(act: object, *args: object, **more: object) -> str:
    with pytest.raises(Refused) as refused:
        act(*args, **more)  # type: ignore[operator]
    return refused.value.verdict.reason


def test_a_code_checks_in_once_and_the_second_time_is_told(cast: Cast) -> None:
    row, by = opened(cast), cast.actor("coordinator")
    guest, day = came(row, 1), day_of(row)
    assert _reason(actions.check_in_by_badge, day, guest.badge, by=by, at=AT) == "workshops.not_today"
    first = actions.check_in_by_badge(day, guest.badge.lower(), by=by, at=MORNING)
    again = actions.check_in(guest, day, by=by, at=MORNING + timedelta(hours=1))
    assert (first.before, again.before, again.presence.minutes) == (False, True, 480)
    assert (again.presence.first_at, again.presence.how) == (MORNING, "code")
    assert _reason(actions.check_in_by_badge, day, "ZZZZZZ", by=by, at=MORNING) == "workshops.badge_unknown"
    actions.undo_check_in(guest, day, by=by, at=MORNING)
    late = actions.check_in(guest, day, by=by, at=MORNING + timedelta(hours=6))
    assert (late.before, late.presence.minutes) == (False, 120)


def test_who_waits_is_not_checked_in(cast: Cast) -> None:
    row, by = opened(cast, seats=1), cast.actor("coordinator")
    came(row, 1)
    waits = came(row, 2)
    assert _reason(actions.check_in, waits, day_of(row), by=by, at=MORNING) == "workshops.not_placed"


def test_minutes_on_line_count_while_the_page_is_open(cast: Cast) -> None:
    row = opened(cast)
    guest, day = came(row, 1, "online"), day_of(row)
    early = MORNING - timedelta(minutes=61)
    assert _reason(actions.join_online, guest, day, by=NOBODY, at=early) == "workshops.join_not_yet"
    actions.join_online(guest, day, by=NOBODY, at=MORNING - timedelta(minutes=2))
    for minute in (0, 2, 4, 30, 32):  # between 4 and 30 the page was closed
        actions.stay_online(guest, day, by=NOBODY, at=MORNING + timedelta(minutes=minute))
    assert Presence.objects.get(registration=guest).minutes == 6
    actions.stay_online(guest, day, by=NOBODY, at=MORNING + timedelta(minutes=32))
    assert Presence.objects.get(registration=guest).minutes == 6


def test_an_imported_list_gives_the_longer_time_once(cast: Cast) -> None:
    row, by = opened(cast), cast.actor("coordinator")
    one, other, day = came(row, 1, "online"), came(row, 2, "online"), day_of(row)
    rows = [(one, 400), (other, 9000)]
    assert actions.import_attendance(row, day, rows, by=by, at=MORNING + NIGHT) == 2
    assert actions.import_attendance(row, day, rows, by=by, at=MORNING + NIGHT) == 0
    assert actions.import_attendance(row, day, [(one, 300)], by=by, at=MORNING + NIGHT) == 0
    assert {found.registration: found.minutes for found in queries.attended(row)} == {one: 400, other: 480}


def test_questions_are_supported_once_and_hidden_with_a_reason(cast: Cast) -> None:
    row, by = opened(cast), cast.actor("coordinator")
    one, other = came(row, 1), came(row, 2)
    question = actions.ask_live(one, " 如何  评价？", named=False, by=NOBODY, at=MORNING)
    assert actions.ask_live(one, "如何 评价？", named=True, by=NOBODY, at=MORNING) == question
    for _press in range(2):
        actions.support_question(question, other, by=NOBODY, at=MORNING)
    actions.support_question(question, one, by=NOBODY, at=MORNING)  # one's own counts nothing
    second = actions.ask_live(other, "成本？", named=True, by=NOBODY, at=MORNING)
    assert [found.supports for found in queries.questions_in(row)] == [1, 0]
    actions.put_first(second, by=by, at=MORNING)
    assert queries.questions_in(row)[0] == second
    assert _reason(actions.hide_live, second, because=" ", by=by, at=MORNING) == "workshops.because_missing"
    actions.hide_live(second, because="广告", by=by, at=MORNING)
    assert queries.questions_in(row) == [question]
    assert [found.because for found in queries.own_questions(other)] == ["广告"]
    assert _reason(actions.answer_live, question, by=NOBODY, at=MORNING) == "kernel.role_lacks"


def _poll(cast: Cast, row: Workshop, kind: str, **more: object) -> object:
    by = cast.actor("coordinator")
    options = [Text("甲", "A"), Text("乙", "B")] if kind in ("single", "multiple") else []
    made = actions.draft_poll(
        row, kind=kind, title=Text("问", "Q"), options=options, by=by, at=AT, **more  # type: ignore[arg-type]
    )  # fmt: skip
    return actions.open_poll(made, by=by, at=AT)


def test_a_vote_is_counted_once_and_kept_nowhere(cast: Cast) -> None:
    row = opened(cast)
    guest, poll = came(row, 1), _poll(cast, row, "multiple")
    assert _reason(actions.vote, poll, guest, ["3"], by=NOBODY, at=AT) == "workshops.vote_unclear"
    actions.vote(poll, guest, ["1", "2", "2"], by=NOBODY, at=AT)  # type: ignore[arg-type]
    assert _reason(actions.vote, poll, guest, ["1"], by=NOBODY, at=AT) == "workshops.voted_already"
    assert queries.counts_of([poll])[poll.pk] == {"1": 1, "2": 1}  # type: ignore[attr-defined,list-item]
    pointing = {field.name for field in Tally._meta.get_fields()}
    assert "registration" not in pointing
    assert {field.name for field in Voter._meta.get_fields()} == {"id", "poll", "registration"}


def test_a_sensitive_poll_shows_nothing_below_five(cast: Cast) -> None:
    row = opened(cast, seats=9)
    poll = _poll(cast, row, "scale", sensitive=True)
    for number in range(1, 6):
        assert queries.counts_of([poll]) == {}  # type: ignore[list-item]
        poll = actions.vote(poll, came(row, number), ["4"], by=NOBODY, at=AT)  # type: ignore[arg-type]
    assert shows_results(poll)
    assert queries.counts_of([poll]) == {poll.pk: {"4": 5}}


def test_words_of_a_cloud_are_short_and_can_be_taken_off(cast: Cast) -> None:
    row, by = opened(cast), cast.actor("coordinator")
    poll = _poll(cast, row, "words")
    actions.vote(poll, came(row, 1), [" Team work ", "沟通", "x" * 40], by=NOBODY, at=AT)  # type: ignore[arg-type]
    actions.hide_word(poll, "沟通", by=by, at=AT)  # type: ignore[arg-type]
    assert queries.counts_of([poll])[poll.pk] == {"teamwork": 1, "x" * 12: 1}  # type: ignore[attr-defined,list-item]


def test_a_case_is_returned_sent_again_and_put_on_the_shelf(cast: Cast) -> None:
    row, by = opened(cast), cast.actor("coordinator")
    guest = came(row, 1)
    unasked = actions.Told("案例", "情况", "做法", "成效", "启示", "企业")
    assert _reason(actions.send_case, guest, unasked, by=NOBODY, at=AT) == "workshops.case_consent"
    case = actions.send_case(guest, TOLD, files=[("a.pdf", b"%PDF-1.4 x")], by=NOBODY, at=AT)
    actions.return_case(case, remark="请补充数字", by=by, at=AT)
    assert _reason(actions.publish_case, case, by=by, at=AT) == "flow.not_now"
    case = actions.send_case(guest, TOLD, case=case, by=NOBODY, at=AT)
    actions.accept_case(case, by=by, at=AT)
    actions.publish_case(case, shelf="practice", by=by, at=AT)
    [shelved] = queries.shelved()
    assert (shelved.shelf, shelved.organisation_name, len(shelved.files.all())) == ("practice", "企业1", 1)


def test_certificates_are_for_those_who_came_for_long_enough(cast: Cast) -> None:
    row, by = opened(cast, seats=9), cast.actor("coordinator")
    both, one_day, absent = came(row, 1), came(row, 2), came(row, 3)
    for day in queries.days_of(row):
        actions.check_in(both, day, by=by, at=day.starts_at())
    actions.check_in(one_day, day_of(row), by=by, at=MORNING)
    after = MORNING + timedelta(days=2)
    assert _reason(actions.issue_certificates, row, by=by, at=after) == "workshops.not_finished"
    actions.finish_workshop(row, by=by, at=after)
    [made] = actions.issue_certificates(row, by=by, at=after)
    assert (made.registration, made.minutes) == (both, 960)
    assert [(one["on"], one["way"], one["minutes"]) for one in made.days] == [
        (FIRST.isoformat(), "site", 480),
        (SECOND.isoformat(), "site", 480),
    ]
    assert _reason(actions.issue_certificates, row, by=by, at=after) == "workshops.nobody_to_certify"
    assert queries.certificate_by(made.number.lower(), f" {made.code} ") == made
    assert queries.certificate_by(made.number, "WRONG") is None
    actions.revoke_certificate(made, because="登记有误", by=by, at=after)
    assert queries.certificate_for(both).because == "登记有误"  # type: ignore[union-attr]
    assert queries.certificate_for(absent) is None
    assert (
        _reason(actions.revoke_certificate, made, because="x", by=by, at=after) == "workshops.revoked_already"
    )


def test_a_certificate_keeps_the_days_that_counted_when_it_was_issued(cast: Cast) -> None:
    """Of a day both ways the longer; a day on which nothing counted is none."""
    row, by = opened(cast, share=50), cast.actor("coordinator")
    guest, day = came(row, 1), day_of(row)
    actions.check_in(guest, day, by=by, at=MORNING + timedelta(hours=4))
    actions.import_attendance(row, day, [(guest, 470)], by=by, at=MORNING + NIGHT)
    actions.import_attendance(row, day_of(row, SECOND), [(guest, 30)], by=by, at=MORNING + 2 * NIGHT)
    actions.finish_workshop(row, by=by, at=MORNING + 2 * NIGHT)
    [made] = actions.issue_certificates(row, by=by, at=MORNING + 2 * NIGHT)
    told = [("2026-09-23", "online", 470), ("2026-09-24", "online", 30)]
    actions.undo_check_in(guest, day, by=by, at=MORNING + 2 * NIGHT)
    made.refresh_from_db()
    assert [(one["on"], one["way"], one["minutes"]) for one in made.days] == told
    assert made.minutes == 500


def test_certificates_of_before_get_their_days_where_the_record_still_adds_up(cast: Cast) -> None:
    row, by = opened(cast, share=50), cast.actor("coordinator")
    one, changed = came(row, 1), came(row, 2)
    for guest in (one, changed):
        actions.check_in(guest, day_of(row), by=by, at=MORNING)
    actions.import_attendance(row, day_of(row), [(one, 480)], by=by, at=MORNING + NIGHT)
    actions.finish_workshop(row, by=by, at=MORNING + NIGHT)
    first, _second = actions.issue_certificates(row, by=by, at=MORNING + NIGHT)
    was = first.days
    Certificate.objects.update(days=[])
    Presence.objects.filter(registration=changed).update(minutes=400)
    import_module("craftpath.domain.workshops.migrations.0002_certificates_by_day").take_over(apps, None)
    found = {row.registration: row.days for row in Certificate.objects.all()}
    assert found == {one: was, changed: []}


def test_whoever_is_entered_when_the_day_is_over_counts_for_all_of_it(cast: Cast) -> None:
    row, by = opened(cast), cast.actor("coordinator")
    guest, other, day = came(row, 1), came(row, 2), day_of(row)
    last = actions.check_in(guest, day, by=by, at=MORNING + timedelta(hours=7, minutes=59))
    after = actions.check_in(other, day, by=by, at=MORNING + timedelta(hours=8))
    assert (last.presence.minutes, after.presence.minutes) == (1, 480)


def test_nobody_is_there_at_a_workshop_that_was_cancelled(cast: Cast) -> None:
    row, by = opened(cast), cast.actor("coordinator")
    guest, other, day = came(row, 1), came(row, 2, "online"), day_of(row)
    actions.cancel_workshop(row, because="台风", by=by, at=AT)
    assert _reason(actions.check_in, guest, day, by=by, at=MORNING) == "workshops.over"
    assert _reason(actions.join_online, other, day, by=NOBODY, at=MORNING) == "workshops.over"


def test_a_city_is_one_however_it_is_spelt(cast: Cast) -> None:
    row, by = opened(cast, seats=9), cast.actor("coordinator")
    for number, city in enumerate(("成都市", "成都", "成都", "Chengdu", "chengdu ")):
        actions.check_in(came(row, number, city=city), day_of(row), by=by, at=MORNING)
    found = figures(row)
    assert found.cities == len(found.by_city) == 2
    assert [(one.key, one.came) for one in found.by_city] == [("成都", 3), ("Chengdu", 2)]


def test_the_figures_of_the_newsletter_are_counted(cast: Cast) -> None:
    """226 people of 71 organisations, 40 of them on site and 186 on line, on two days."""
    row, by = opened(cast, seats=40), cast.actor("coordinator")
    kinds = ["enterprise"] * 45 + ["college"] * 14 + ["public"] * 8 + ["employers"] * 4
    comers = [
        comer(row, n, "site" if n < 40 else "online", organisation_name=f"单位{n % 71}", kind=kinds[n % 71],
              city=("重庆", "成都", "贵阳")[n % 3])
        for n in range(226)
    ]  # fmt: skip
    made = [*actions.register_many(row, comers[:200], by=by, at=AT)]
    made += actions.register_many(row, comers[200:], by=by, at=AT)
    assert site_of(row).taken == 40
    day, second = day_of(row), day_of(row, SECOND)
    for one in made[:40]:
        actions.check_in(one, day, by=by, at=MORNING)
    actions.import_attendance(row, day, [(one, 400) for one in made[40:]], by=by, at=MORNING + NIGHT)
    actions.import_attendance(row, second, [(one, 400) for one in made[40:140]], by=by, at=MORNING + NIGHT)
    found = figures(row)
    assert (found.registered, found.came, found.organisations, found.cities) == (226, 226, 71, 3)
    assert [(one.key, one.came) for one in found.by_way] == [("site", 40), ("online", 186)]
    assert [(one.site, one.online, one.all) for one in found.by_day] == [(40, 186, 226), (0, 100, 100)]
    assert sum(one.came for one in found.by_kind) == sum(one.came for one in found.by_city) == 226
    assert sum(one.organisations for one in found.by_kind) == 71


def test_genders_are_told_only_if_asked_and_five_of_each(cast: Cast) -> None:
    row, by = opened(cast, seats=20, asks_gender=True), cast.actor("coordinator")
    for number in range(9):
        guest = came(row, number, gender="women" if number < 5 else "men")
        actions.check_in(guest, day_of(row), by=by, at=MORNING)
    assert figures(row).genders == ()
    actions.check_in(came(row, 9, gender="men"), day_of(row), by=by, at=MORNING)
    assert figures(row).genders == (("women", 5), ("men", 5))


def test_attendance_stands_in_the_record_of_whoever_has_an_account(cast: Cast) -> None:
    row, by = opened(cast, seats=9, share=50), cast.actor("coordinator")
    person = cast.people["apprentice"]
    mine = actions.register(row, comer(row, 1), person=person, by=cast.actor("apprentice"), at=AT)
    guest, after = came(row, 2), MORNING + timedelta(days=2)
    for one in (mine, guest):
        actions.check_in(one, day_of(row), by=by, at=MORNING)
    actions.finish_workshop(row, by=by, at=after)
    found = {one.registration: one for one in actions.issue_certificates(row, by=by, at=after)}
    record = found[mine].record
    assert found[guest].record is None
    assert record is not None
    assert (record.person, record.ground) == (person, str(row.ref))
    assert {
        "label": {"zh": "参会时间", "en": "Time attended"},
        "value": {"zh": "8小时", "en": "8 hours"},
    } in (record.content["lines"])
    actions.revoke_certificate(found[mine], because="登记有误", by=by, at=after)
    record.refresh_from_db()
    assert (record.state, record.because) == ("revoked", "登记有误")


def test_coming_for_long_enough_earns_what_a_rule_says_once_and_falls_with_the_certificate(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    row, by = opened(cast, seats=9, share=50), cast.actor("coordinator")
    earning(cast, outcome="workshop", scheme="", level="", points=50, key="workshop")
    earning(cast, scheme="", level="", key="any-certificate")
    mine = actions.register(
        row, comer(row, 1), person=cast.people["apprentice"], by=cast.actor("apprentice"), at=AT
    )
    short = actions.register(row, comer(row, 2), person=cast.people["mentor"], by=system(), at=AT)
    actions.check_in(mine, day_of(row), by=by, at=MORNING)
    actions.check_in(short, day_of(row), by=by, at=MORNING + timedelta(hours=7))
    actions.finish_workshop(row, by=by, at=MORNING + 2 * NIGHT)
    with django_capture_on_commit_callbacks(execute=True):
        [made] = actions.issue_certificates(row, by=by, at=MORNING + 2 * NIGHT)
    look_what_is_earned(cast.people["apprentice"], by=system(), at=AT)
    look_what_is_earned(cast.people["mentor"], by=system(), at=AT)
    [earned] = Entry.objects.all()
    assert (earned.account.person, earned.outcome, earned.points) == (
        cast.people["apprentice"],
        "workshop",
        50,
    )
    assert (earned.on, earned.institution) == (FIRST, row.organisation)
    with django_capture_on_commit_callbacks(execute=True):
        actions.revoke_certificate(made, because="登记有误", by=by, at=MORNING + 3 * NIGHT)
    look_what_is_earned(cast.people["apprentice"], by=system(), at=AT)
    assert [one.points for one in Entry.objects.order_by("pk")] == [50, -50]
