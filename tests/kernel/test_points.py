"""Village points: three sites with a bad road between them end equal; a wrong bundle is refused whole."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.chaos.points import A, B, Country, country

SEEDS = 20


@pytest.fixture(scope="module")
def met() -> Iterator[Country]:
    """A hub and two points that have met once; each test begins there."""
    with country() as found:
        yield found


def _bundle(sites: Country, name: str, way: str) -> Path:
    file = sites.folder / f"{name}-{way}.cpb"
    made = sites.points[name] if way == "up" else sites.hub
    made.do("out", to=sites.ids[name], file=str(file))
    return file


def _takes(sites: Country, name: str, way: str, file: Path) -> dict[str, Any]:
    reader = sites.hub if way == "up" else sites.points[name]
    return reader.do("take", of=sites.ids[name], file=str(file))


@pytest.mark.timeout(900)
def test_three_sites_end_equal_and_no_word_is_lost(met: Country) -> None:
    clashes = refused = 0
    for seed in range(SEEDS):
        came = met.judged(seed)
        clashes, refused = clashes + came["clashes"], refused + came["refused"]
    assert clashes > SEEDS / 2, "schedules in which nobody meets anybody prove nothing"
    assert refused > 0


def test_what_is_wrong_with_a_bundle_is_refused_and_nothing_of_it_is_taken(met: Country) -> None:
    met.begin()
    met.points[B].do("edit", seed=3, word="something new")
    whole = _bundle(met, B, "up")
    before = met.hub.do("counts")
    data = whole.read_bytes()
    spoilt = whole.with_suffix(".spoilt")
    for content, reason in (
        (data[: len(data) // 2], "points.truncated"),
        (data[:-1] + bytes([data[-1] ^ 1]), "points.tampered"),
        (data.replace(b'"form": 1', b'"form": 7'), "points.other_form"),
        (data.replace(b'"way": "up"', b'"way": "xx"'), "points.own_bundle"),
        (b"PK" + data, "points.no_bundle"),
        (data[:40], "points.no_bundle"),
        (b"", "points.no_bundle"),
    ):
        spoilt.write_bytes(content)
        assert _takes(met, B, "up", spoilt) == {"refused": reason}
    assert _takes(met, B, "down", whole) == {"refused": "points.own_bundle"}
    other = {"of": met.ids[A], "file": str(whole)}
    assert met.hub.do("take", **other) == {"refused": "points.of_another"}
    assert met.hub.do("counts") == before
    assert _takes(met, B, "up", whole)["written"] > 0
    assert _takes(met, B, "up", whole) == {"rows": 0, "written": 0, "clashes": 0, "held": 0}


def test_nobody_but_the_reader_opens_a_bundle(met: Country) -> None:
    met.begin()
    file = _bundle(met, B, "down")
    assert b"Learner" not in file.read_bytes()
    copied = file.with_suffix(".copy")
    copied.write_bytes(file.read_bytes().replace(met.ids[B].encode(), met.ids[A].encode()))
    shutil.copy(copied, file)
    assert _takes(met, A, "down", file) == {"refused": "points.tampered"}


def test_another_program_and_a_clock_ahead_are_told(met: Country) -> None:
    met.begin()
    site = met.points[B]
    site.do("pretend", schema="another", steps=1)
    assert _takes(met, B, "up", _bundle(met, B, "up")) == {"refused": "points.older_program"}
    site.do("pretend", schema="another", steps=10_000)
    assert _takes(met, B, "up", _bundle(met, B, "up")) == {"refused": "points.newer_program"}
    site.do("pretend", schema="", steps=0)  # as it is
    site.do("tick", seconds=3 * 24 * 3600)
    site.do("edit", seed=3, word="from the day after tomorrow")
    assert _takes(met, B, "up", _bundle(met, B, "up")) == {"refused": "points.clock_ahead"}


def test_a_revoked_point_sends_and_gets_nothing(met: Country) -> None:
    met.begin()
    file = _bundle(met, B, "up")
    met.hub.do("revoke", of=met.ids[B])
    assert _takes(met, B, "up", file) == {"refused": "points.revoked"}
    assert met.hub.do("out", to=met.ids[B], file=str(file)) == {"refused": "points.revoked"}
    assert _takes(met, A, "up", _bundle(met, A, "up"))["held"] == 0, "the other point goes on"


def test_a_point_writes_for_nobody_whom_it_was_not_given(met: Country) -> None:
    met.begin()
    theirs = set(met.points[B].do("enrolments")["ids"])
    stranger = next(one for one in met.hub.do("enrolments")["ids"] if one not in theirs)
    met.points[B].do("forge", called=met.hub.do("name", of=stranger)["name"])
    before = met.hub.do("counts")["rows"]["logbook.Entry"]
    answer = _takes(met, B, "up", _bundle(met, B, "up"))
    assert answer["held"] == 1
    assert met.hub.do("counts")["rows"]["logbook.Entry"] == before


def test_a_point_hangs_nothing_on_its_own_that_it_was_not_given(met: Country) -> None:
    """What a row points to travels with it, so a made-up pointer would bring anything to the laptop."""
    met.begin()
    met.hub.do("keep_file", key="jinheng", name="secret.pdf")
    met.points[B].do("steal", called=met.hub.do("files")["secret.pdf"])
    assert _takes(met, B, "up", _bundle(met, B, "up"))["held"] >= 1
    assert met.hub.do("counts")["rows"]["logbook.EntryFile"] == 0
    _takes(met, B, "down", _bundle(met, B, "down"))
    assert "secret.pdf" not in met.points[B].do("files")


def test_a_made_up_clash_changes_nothing_that_points_do_not_write(met: Country) -> None:
    met.begin()
    met.points[B].do("accuse", label="kernel.Person", column="password")
    assert _takes(met, B, "up", _bundle(met, B, "up"))["held"] == 0
    assert met.hub.do("settle", take="other") == {"refused": "points.clash_gone"}
    assert "b" not in {row[1] for row in met.hub.do("passwords")["people"]}


def test_a_point_learns_of_strangers_no_more_than_their_names(met: Country) -> None:
    met.begin()
    people = {row[0]: row[1:] for row in met.points[B].do("passwords")["people"]}
    assert people
    assert all(password.startswith("!") and not any(rest) for password, *rest in people.values())
    assert not {"c01", "t01"} & people.keys(), "who teaches elsewhere has no name to sign in with here"


def test_a_clash_shows_both_sides_and_either_can_be_taken(met: Country) -> None:
    met.begin()
    whom = met.points[B].do("enrolments")["ids"][0]
    met.hub.do("both", of=whom, word="at the hub")
    met.points[B].do("tick", seconds=60)
    met.points[B].do("both", of=whom, word="in the village")
    assert _takes(met, B, "up", _bundle(met, B, "up"))["clashes"] == 1
    assert met.hub.do("text", of=whom) == {"text": "in the village"}, "the later one stands"
    _takes(met, B, "down", _bundle(met, B, "down"))
    assert met.points[B].do("counts")["open"] == 1, "both sides know of it"
    assert met.points[B].do("settle", take="other") == {
        "kept": {"text": "in the village"}, "other": {"text": "at the hub"},
    }  # fmt: skip
    assert _takes(met, B, "up", _bundle(met, B, "up"))["clashes"] == 0
    assert met.hub.do("text", of=whom) == {"text": "at the hub"}
    assert met.hub.do("counts")["open"] == 0


def test_what_was_written_since_a_clash_is_not_written_over_unseen(met: Country) -> None:
    met.begin()
    whom = met.points[B].do("enrolments")["ids"][0]
    met.hub.do("both", of=whom, word="at the hub")
    met.points[B].do("tick", seconds=60)
    met.points[B].do("both", of=whom, word="in the village")
    assert _takes(met, B, "up", _bundle(met, B, "up"))["clashes"] == 1
    met.hub.do("both", of=whom, word="put together from both")
    assert met.hub.do("settle", take="other") == {"refused": "points.clash_moved"}
    assert met.hub.do("text", of=whom) == {"text": "put together from both"}
    assert "refused" not in met.hub.do("settle", take="kept")


def test_a_restored_backup_begins_anew_and_gets_everything_again(met: Country) -> None:
    met.begin()
    site = met.points[B]
    whom = site.do("enrolments")["ids"][0]
    site.do("both", of=whom, word="before the fall")
    _takes(met, B, "up", _bundle(met, B, "up"))
    _takes(met, B, "down", _bundle(met, B, "down"))
    site.do("reset", kept=str(site.folder / "kept.sqlite3"))  # an older backup
    site.do("renew")
    site.do("edit", seed=3, word="after the fall")
    assert _takes(met, B, "up", _bundle(met, B, "up"))["held"] == 0, "it may still write what it was given"
    _takes(met, B, "down", _bundle(met, B, "down"))
    assert site.do("text", of=whom) == {"text": "before the fall"}
    there, here = (one.do("state", of=met.ids[B]) for one in (met.hub, site))
    assert there["state"] == here["state"]


def test_a_public_id_is_no_leave_to_write_over_a_row(met: Country) -> None:
    """Rows that agree in what may stand once are one thing, if they hang on the same."""
    met.begin()
    site = met.points[B]
    theirs = set(site.do("enrolments")["ids"])
    stranger = next(one for one in met.hub.do("enrolments")["ids"] if one not in theirs)
    before = met.hub.do("entry", of=stranger)
    site.do(
        "add", label="logbook.Entry", called="777", values={"public_id": before["public_id"], "text": "mine"}
    )
    assert _takes(met, B, "up", _bundle(met, B, "up"))["held"] == 1
    assert met.hub.do("entry", of=stranger) == before


def test_a_file_row_leads_to_no_file_of_others(met: Country) -> None:
    met.begin()
    met.hub.do("keep_file", key="jinheng", name="secret.pdf")
    where = met.hub.do("kept", name="secret.pdf")["content"]
    site = met.points[B]
    site.do("keep_file", key=B, name="own.pdf")
    for number, place in enumerate((where, "../secrets", "2026/09/../../secrets"), start=801):
        given = {"content": place, "public_id": f"forged{number}", "name": "forged"}
        site.do("add", label="kernel.KeptFile", called=str(number), values=given)
    assert _takes(met, B, "up", _bundle(met, B, "up"))["held"] == 3
    assert "forged" not in met.hub.do("files")
    assert "own.pdf" in met.hub.do("files")


def test_what_is_taken_away_goes_with_its_bytes(met: Country) -> None:
    met.begin()
    site = met.points[B]
    whom = site.do("enrolments")["ids"][0]
    site.do("attach", of=whom, name="regretted.jpg")
    _takes(met, B, "up", _bundle(met, B, "up"))
    content = met.hub.do("kept", name="regretted.jpg")["content"]
    assert met.hub.do("lies", content=content) == {"there": True}
    site.do("detach", name="regretted.jpg")
    _takes(met, B, "up", _bundle(met, B, "up"))
    assert "regretted.jpg" not in met.hub.do("files")
    assert met.hub.do("lies", content=content) == {"there": False}


def test_history_that_has_arrived_is_not_rewritten(met: Country) -> None:
    met.begin()
    site = met.points[B]
    _takes(met, B, "up", _bundle(met, B, "up"))
    before = met.hub.do("history")
    assert site.do("write_history", word="forged")["rows"]
    assert _takes(met, B, "up", _bundle(met, B, "up"))["held"] == 0
    after = met.hub.do("history")
    assert len(after) > len(before), "what had not come yet comes as it is said"
    assert {name: after[name] for name in before} == before


def test_nobody_consents_at_a_point_for_those_who_are_only_named_there(met: Country) -> None:
    met.begin()
    site = met.points[B]
    member = met.hub.do("take_role", who="t01", key=B)["name"]
    _takes(met, B, "down", _bundle(met, B, "down"))
    site.do("consent", of=site.do("named", who=member)["pk"])
    stranger = site.do("named", who=site.do("strangers")["names"][0])["name"]
    given = {"public_id": "forged", "person_id": stranger, "said_by_id": stranger}
    site.do("add", label="kernel.ConsentEvent", called="900", values=given)
    assert _takes(met, B, "up", _bundle(met, B, "up"))["held"] == 1
    assert met.hub.do("counts")["rows"]["kernel.ConsentEvent"] == 1


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"manifest": {"number": 2**40}}, "points.broken_inside"),
        ({"manifest": {"number": float("inf")}}, "points.broken_inside"),
        ({"manifest": {"migrations": [[]]}}, "points.broken_inside"),
        ({"manifest": {"site": "a" * 5000}}, "points.broken_inside"),
        ({"manifest": {"at": "x" * (5 << 20)}}, "points.broken_inside"),
        ({"manifest": {"rows": 10**9}}, "points.too_large"),
        ({"row": {"called": "b" * 60}}, "points.broken_inside"),
        ({"row": {"called": "1", "days_ahead": 400}}, "points.clock_ahead"),
    ],
)
def test_what_no_program_writes_is_refused_whole(met: Country, said: dict[str, Any], reason: str) -> None:
    met.begin()
    site = met.points[B]
    if "manifest" in said:
        site.do("pretend_all", **said["manifest"])
    else:
        site.do("add", label="logbook.Entry", values={}, **said["row"])
    before = met.hub.do("counts")
    assert _takes(met, B, "up", _bundle(met, B, "up")) == {"refused": reason}
    assert met.hub.do("counts") == before


def test_a_clock_that_was_ahead_and_is_set_right_locks_nothing_up(met: Country) -> None:
    met.begin()
    site = met.points[B]
    whom = site.do("enrolments")["ids"][0]
    site.do("tick", seconds=400 * 24 * 3600)
    site.do("both", of=whom, word="from next year")
    assert _takes(met, B, "up", _bundle(met, B, "up")) == {"refused": "points.clock_ahead"}
    site.do("tick", seconds=-400 * 24 * 3600)
    assert _takes(met, B, "up", _bundle(met, B, "up"))["written"] > 0
    assert met.hub.do("text", of=whom) == {"text": "from next year"}
    met.hub.do("tick", seconds=600)
    met.hub.do("both", of=whom, word="written later")
    _takes(met, B, "down", _bundle(met, B, "down"))
    assert site.do("text", of=whom) == {"text": "written later"}
    assert site.do("counts")["open"] == 0


def test_a_clock_that_goes_back_changes_no_stamp_that_others_know(met: Country) -> None:
    met.begin()
    site = met.points[B]
    whom = site.do("enrolments")["ids"][0]
    _takes(met, B, "up", _bundle(met, B, "up"))
    _takes(met, B, "down", _bundle(met, B, "down"))
    site.do("tick", seconds=-400 * 24 * 3600)
    site.do("both", of=whom, word="by a clock without a battery")
    came = _takes(met, B, "up", _bundle(met, B, "up"))
    assert (came["rows"], came["clashes"]) == (1, 0)
    assert met.hub.do("text", of=whom) == {"text": "by a clock without a battery"}
    down = _bundle(met, B, "down")
    assert _takes(met, B, "down", down) == {"refused": "points.clock_ahead"}
    site.do("tick", seconds=400 * 24 * 3600)
    assert _takes(met, B, "down", down)["held"] == 0


def test_what_waits_since_an_older_program_stops_nothing(met: Country) -> None:
    met.begin()
    site = met.points[B]
    site.do("add", label="logbook.Entry", called="778", values={"enrolment_id": "nobody:1"})
    assert _takes(met, B, "up", _bundle(met, B, "up"))["held"] == 1
    met.hub.do("shorten_held")
    site.do("honest")
    site.do("edit", seed=3, word="something new")
    came = _takes(met, B, "up", _bundle(met, B, "up"))
    assert (came["held"], came["written"] > 0) == (1, True)


def test_two_laptops_under_one_name_are_told_apart(met: Country) -> None:
    met.begin()
    site = met.points[B]
    whom = site.do("enrolments")["ids"][0]
    site.do("both", of=whom, word="on the first laptop")
    first = shutil.copy(_bundle(met, B, "up"), met.folder / "first-laptop.cpb")
    site.do("reset", kept=str(site.folder / "kept.sqlite3"))  # a copy of its disk
    site.do("tick", seconds=60)
    site.do("both", of=whom, word="on the copy")
    second = _bundle(met, B, "up")
    assert _takes(met, B, "up", first)["written"] > 0
    assert _takes(met, B, "up", second) == {"refused": "points.copied"}
    assert "refused" not in _takes(met, B, "up", first), "the same one again is no copy"
    site.do("renew")
    assert _takes(met, B, "up", _bundle(met, B, "up"))["clashes"] >= 1
    assert met.hub.do("text", of=whom) == {"text": "on the copy"}
    assert met.hub.do("settle", take="other")["other"] == {"text": "on the first laptop"}


def test_a_site_that_was_put_back_is_told_so(met: Country) -> None:
    met.begin()
    site = met.points[B]
    whom = site.do("enrolments")["ids"][0]
    met.hub.do("both", of=whom, word="before the disk failed")
    _takes(met, B, "down", _bundle(met, B, "down"))
    met.hub.do("reset", kept=str(met.hub.folder / "kept.sqlite3"))
    site.do("edit", seed=3, word="something new")
    file = _bundle(met, B, "up")
    site.do("both", of=whom, word="after it")
    file = _bundle(met, B, "up")
    assert _takes(met, B, "up", file) == {"refused": "points.went_back"}
    met.hub.do("renew")
    assert _takes(met, B, "up", file)["written"] > 0
    assert met.hub.do("text", of=whom) == {"text": "after it"}


def test_who_comes_to_the_point_can_sign_in_there_and_who_leaves_cannot(met: Country) -> None:
    met.begin()
    site = met.points[B]
    name = met.hub.do("take_role", who="t01", key=B)["name"]
    _takes(met, B, "down", _bundle(met, B, "down"))
    assert site.do("known", called=name)["as"] == [["t01", "of-t01", "t01@example.org"]]
    met.hub.do("take_role", who="t01", key=B, until="2026-09-14")
    _takes(met, B, "down", _bundle(met, B, "down"))
    ((username, password, email),) = site.do("known", called=name)["as"]
    assert (username[0], password, email) == ("-", "!", None)
    _takes(met, B, "up", _bundle(met, B, "up"))
    assert met.hub.do("known", called=name)["as"] == [["t01", "of-t01", "t01@example.org"]]


def test_a_made_up_clash_fetches_nothing(met: Country) -> None:
    met.begin()
    site = met.points[B]
    whom, *others = site.do("enrolments")["ids"]
    stranger = next(one for one in met.hub.do("enrolments")["ids"] if one not in (whom, *others))
    met.hub.do("attach", of=stranger, name="secret.jpg")
    met.hub.do("out", to=met.ids[A], file=str(met.folder / "any.cpb"))
    secret = met.hub.do("files")["secret.jpg"]
    own = site.do("attach", of=whom, name="own.jpg")["pk"]
    _takes(met, B, "up", _bundle(met, B, "up"))
    site.do("blame", label="logbook.EntryFile", of=own, other={"kept_id": secret})
    _takes(met, B, "up", _bundle(met, B, "up"))
    assert met.hub.do("settle", take="other") == {"refused": "points.clash_gone"}
    _takes(met, B, "down", _bundle(met, B, "down"))
    assert "secret.jpg" not in site.do("files")


@pytest.mark.parametrize(
    "other",
    [{"minutes": 10**30}, {"minutes": -1}, {"enrolment_id": "x"}, {"state": "owned"}, [1]],
)
def test_a_made_up_clash_that_no_column_holds_is_refused(met: Country, other: Any) -> None:
    met.begin()
    site = met.points[B]
    whom = site.do("enrolments")["ids"][0]
    before = met.hub.do("entry", of=whom)
    site.do("blame", label="logbook.Entry", of=site.do("entry", of=whom)["pk"], other=other)
    assert _takes(met, B, "up", _bundle(met, B, "up"))["held"] == 0
    assert met.hub.do("settle", take="other") == {"refused": "points.clash_gone"}
    assert met.hub.do("entry", of=whom) == before


def test_others_write_while_a_bundle_is_made(met: Country) -> None:
    met.begin()
    site = met.points[B]
    whom = site.do("enrolments")["ids"][0]
    site.do("both", of=whom, word="before")
    file = met.folder / "beside.cpb"
    made = site.do("out_beside", to=met.ids[B], file=str(file), whom=whom)
    assert made["free"], "nobody waits for a bundle"
    assert _takes(met, B, "up", file)["held"] == 0
    assert met.hub.do("text", of=whom)["text"].startswith("first-"), (
        "what changed meanwhile goes with the next one"
    )
    _takes(met, B, "up", _bundle(met, B, "up"))
    assert met.hub.do("text", of=whom) == {"text": "while the bundle was made"}
