"""What packages save: once however often it is sent, never over somebody's progress, and within their standard."""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from craftpath.domain.activity.models import Statement
from craftpath.domain.packages import actions, queries
from craftpath.domain.packages.claims import LONGEST_DATA, LONGEST_SUSPEND, read_claim
from craftpath.domain.packages.models import Attempt
from craftpath.domain.packages.states import ATTEMPTS
from craftpath.domain.packages.texts import REASONS
from craftpath.kernel.audit import AuditEntry
from craftpath.values.verdict import Refused
from tests.cast import AT, Cast
from tests.domain.packages.world import core, saved, taken
from tests.exchange.courses.made import answered

rows = pytest.mark.usefixtures("all_rows")
SCO = {"reports": True, "mastery": "60"}
OTHER = uuid.UUID(int=2)


def refused(reason: str):  # type: ignore[no-untyped-def]
    return pytest.raises(Refused, match=rf"^packages\.{reason}$")


@rows
def test_sent_again_or_late_it_is_kept_once(cast: Cast) -> None:
    row, by = taken(cast), {"by": cast.actor("apprentice"), "at": AT}
    first = saved(data=core("incomplete", suspend_data="1"))
    second = saved(revision=2, data=core("passed", "80", suspend_data="2"), seconds=90)
    before = AuditEntry.objects.count()
    for one in (first, first, second, second, first):
        kept = actions.save_attempt(row, one, **by)
    assert (kept.state, kept.score, kept.seconds, kept.revision) == ("passed", Decimal("0.8"), 90, 2)
    assert kept.data == second.data
    assert Attempt.objects.count() == 1
    told = AuditEntry.objects.order_by("pk")[before:]
    assert [one.payload["state"] for one in told] == ["incomplete", "passed"]
    said = Statement.objects.filter(object_id__contains=row.public_id).order_by("stored_at")
    assert [one.verb.rpartition("/")[2] for one in said] == ["attempted", "passed"]
    assert said[1].raw["result"]["score"]["scaled"] == 0.8


@rows
def test_a_page_that_was_overtaken_writes_over_nothing(cast: Cast) -> None:
    row, by = taken(cast), {"by": cast.actor("apprentice"), "at": AT}
    actions.save_attempt(row, saved(), **by)
    actions.save_attempt(row, saved(launch=OTHER, base=1, revision=2, data=core("completed")), **by)
    with refused("elsewhere"):
        actions.save_attempt(row, saved(revision=3), **by)
    with refused("elsewhere"):  # a second page that was opened before anything was saved
        actions.save_attempt(row, saved(launch=uuid.uuid4()), **by)
    assert Attempt.objects.get().state == "completed"


@rows
def test_an_attempt_that_ended_is_not_gone_on_with_and_a_new_one_begins(cast: Cast) -> None:
    row, by = taken(cast), {"by": cast.actor("apprentice"), "at": AT}
    with refused("elsewhere"):
        actions.save_attempt(row, saved(number=2), **by)
    done = actions.save_attempt(row, saved(data=core("failed", "40"), final=True), **by)
    assert (done.state, done.ended_at) == ("failed", AT)
    with refused("elsewhere"):
        actions.save_attempt(row, saved(launch=OTHER, base=1, revision=2), **by)
    actions.save_attempt(row, saved(number=2, launch=OTHER, data=core("passed", "90")), **by)
    standing = queries.standing(row, queries.own_attempts(row, cast.people["apprentice"]))
    assert (standing.state, standing.score, standing.done, standing.of) == (
        "incomplete",
        Decimal("0.9"),
        1,
        2,
    )
    actions.save_attempt(row, saved(entry="2", launch=uuid.uuid4(), data=core("completed")), **by)
    everybody = queries.attempts_of(row)
    assert {one.username: far.state for one, far in everybody.items()} == {
        cast.people["apprentice"].username: "passed"
    }
    assert queries.attempts_of(row, [cast.people["classmate"]]) == {}


@rows
def test_nobody_saves_for_somebody_else_or_in_a_part_that_is_none(cast: Cast) -> None:
    row = taken(cast)
    actions.save_attempt(row, saved(), by=cast.actor("apprentice"), at=AT)
    actions.save_attempt(row, saved(data=core("passed")), by=cast.actor("classmate"), at=AT)
    assert Attempt.objects.get(person=cast.people["apprentice"]).state == "incomplete"
    with refused("entry_unknown"):
        actions.save_attempt(row, saved(entry="9"), by=cast.actor("apprentice"), at=AT)


def _new(**more: Any) -> dict[str, Any]:
    return {"cmi": {"completion_status": "completed", **more}}


def _h5p(**result: Any) -> dict[str, Any]:
    return {"result": {"completion": True, **result}}


BETWEEN = {"raw": "3", "min": "1", "max": "5"}
LEFT = {"cmi": {"core": {"lesson_status": "passed", "exit": "suspend"}}}


@pytest.mark.parametrize(
    ("kind", "data", "final", "wanted"),
    [
        ("scorm12", core(""), False, ("incomplete", None, False)),
        ("scorm12", core("browsed"), True, ("completed", None, True)),
        ("scorm12", core("completed", "59.9"), True, ("failed", Decimal("0.599"), True)),
        ("scorm12", core("incomplete", "60"), True, ("passed", Decimal("0.6"), True)),
        ("scorm12", core("incomplete", "60"), False, ("incomplete", Decimal("0.6"), False)),
        ("scorm12", LEFT, True, ("passed", None, False)),
        ("scorm12", {"cmi": {"core": {"score": BETWEEN}}}, False, ("incomplete", Decimal("0.5"), False)),
        ("scorm2004", _new(), True, ("completed", None, True)),
        ("scorm2004", _new(exit="suspend"), True, ("completed", None, False)),
        ("scorm2004", _new(score={"scaled": "-0.5"}), True, ("completed", Decimal("-0.5"), True)),
        ("scorm2004", _new(success_status="failed"), True, ("failed", None, True)),
        ("h5p", _h5p(score={"raw": 3, "max": 4, "min": 0}), False, ("completed", Decimal("0.75"), True)),
        ("h5p", _h5p(success=False, score={"scaled": 0.2}), False, ("failed", Decimal("0.2"), True)),
        ("h5p", {"state": "{}"}, False, ("incomplete", None, False)),
    ],
)
def test_what_a_standard_says_is_read(kind: str, data: Any, final: bool, wanted: tuple[Any, ...]) -> None:
    entry = {"reports": True, "mastery": "60" if kind == "scorm12" and final and wanted[1] else ""}
    claim = read_claim(kind, entry, data, final=final)
    assert (claim.state, claim.score, claim.ends) == wanted


def test_with_a_mark_to_pass_2004_counts_the_score_and_not_the_word() -> None:
    entry = {"reports": True, "mastery": "0.7", "completion": "0.9"}
    said = {"success_status": "passed", "completion_status": "completed", "progress_measure": "0.5"}
    assert read_claim("scorm2004", entry, {"cmi": said}).state == "incomplete"
    low = {**said, "score": {"scaled": "0.6"}}
    assert read_claim("scorm2004", entry, {"cmi": low}).state == "failed"


def test_words_that_only_look_like_a_nul_are_kept() -> None:
    assert read_claim("scorm12", SCO, core(suspend_data='{"a": "\\u0000"}')).state == "incomplete"


def test_a_page_without_a_run_time_is_done_when_the_reader_says_so() -> None:
    assert read_claim("cartridge", {}, {"done": True}).state == "completed"
    assert read_claim("scorm12", {"reports": False}, {"done": "yes"}).state == "incomplete"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ([], "data_unfit"),
        ({"cmi": []}, "data_unfit"),
        (core("perfect"), "data_unfit"),
        (core("passed", "NaN"), "score_unfit"),
        (core("passed", "1e999"), "score_unfit"),
        (core("passed", "101"), "score_unfit"),
        (core("passed", "八十"), "score_unfit"),
        (core(suspend_data="x" * (LONGEST_SUSPEND + 1)), "data_too_long"),
        ({"cmi": {"interactions": "x" * LONGEST_DATA}}, "data_too_long"),
        (core(suspend_data={"a": 1}), "data_unfit"),
    ],
)
def test_what_breaks_the_standard_is_refused_in_words(data: Any, reason: str) -> None:
    with refused(reason):
        read_claim("scorm12", SCO, data)


@pytest.mark.parametrize("seconds", [float("nan"), float("inf"), "90", None, True])
def test_a_time_is_a_number(seconds: Any) -> None:
    with refused("data_unfit"):
        read_claim("scorm12", SCO, core(), seconds=seconds)


NAMES = [
    *(
        "cmi",
        "core",
        "score",
        "raw",
        "scaled",
        "min",
        "max",
        "lesson_status",
        "exit",
        "suspend_data",
        "result",
    ),
    *("completion", "success", "success_status", "completion_status", "progress_measure", "done"),
]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=4),
    max_leaves=12,
)


@given(kind=st.sampled_from(["scorm12", "scorm2004", "h5p", "cartridge"]), data=JSON, final=st.booleans())
def test_whatever_is_sent_is_a_claim_in_bounds_or_refused(kind: str, data: Any, final: bool) -> None:
    claim, verdict = answered(lambda: read_claim(kind, SCO, data, final=final))
    if verdict is not None:
        assert verdict.reason in REASONS
        return
    assert claim.state in ATTEMPTS
    assert claim.score is None or -1 <= claim.score <= 1
