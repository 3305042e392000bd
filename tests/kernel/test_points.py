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
