"""The judge: what the database holds is compared with what the devices were told.

No entry lost, none doubled, no confirmed one changed, the hours those of the confirmed entries; each photo once and
without its place; each observation and return once; of a roll that two people call, both sides stand; an apprentice's
word about an attendance is about what the apprentice had read.
"""

from __future__ import annotations

import io
import json
import sqlite3
import uuid
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PIL import Image

SAID = {"new", "changed", "same", "beside", "correction"}
Row = dict[str, Any]


@dataclass
class Told:
    """All that was said to devices and by them in one schedule: writes with their answers, answers to attendance.

    `confirmed` are the lines (public id, status) that an apprentice has called right; `disputed` maps lines to what was
    said about them: pairs of the claim that stood on the button ("there", "not_there") and own words.
    """

    seed: int
    writes: list[tuple[Row, Row]] = field(default_factory=list)
    session: str = ""  # public id of the session whose roll was called
    confirmed: set[tuple[str, str]] = field(default_factory=set)
    disputed: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    def of(self, kind: str) -> list[tuple[Row, Row]]:
        """Writes of a kind with their answers."""
        return [(write, answer) for write, answer in self.writes if write["kind"] == kind]

    def done(self, kind: str) -> list[tuple[Row, Row]]:
        """Writes of a kind that were taken, with their outcomes."""
        return [
            (write, answer["outcome"])
            for write, answer in self.of(kind)
            if answer["status"] in ("done", "again")
        ]


class Judge:
    """What the database of this folder holds of one schedule."""

    def __init__(self, told: Told, folder: str | Path) -> None:
        self.told, self.folder = told, Path(folder)
        self.mark = f"{told.seed}/"
        with closing(sqlite3.connect(self.folder / "craftpath.sqlite3", timeout=30)) as base:
            base.row_factory = sqlite3.Row
            self.base = base
            found = self._ask("SELECT * FROM logbook_entry WHERE text LIKE ?", f"{self.mark}%")
            self.entries = {row["made_id"]: row for row in found}
            assert len(self.entries) == len(found), "an entry is doubled"
            self.others = [
                text
                for row in self._ask("SELECT content FROM logbook_otherversion")
                if (text := json.loads(row["content"])["text"]).startswith(self.mark)
            ]
            self.minutes = self._minutes()
            self.files = self._ask(
                "SELECT f.made_id, e.made_id AS entry, k.content FROM logbook_entryfile f "
                "JOIN logbook_entry e ON e.id = f.entry_id JOIN kernel_keptfile k ON k.id = f.kept_id "
                "WHERE e.text LIKE ?",
                f"{self.mark}%",
            )
            self.jobs = [
                row["job"]
                for row in self._ask("SELECT job FROM logbook_observation WHERE job LIKE ?", f"{self.mark}%")
            ]
            self.remarks = self._ask("SELECT * FROM logbook_remark WHERE words LIKE ?", f"{self.mark}%")
            self.rolls = self._of_session("SELECT r.* FROM learning_roll r", "r.session_id")
            self.lines = self._of_session(
                "SELECT a.*, e.public_id AS who FROM learning_attendance a "
                "JOIN apprenticeships_enrolment e ON e.id = a.enrolment_id",
                "a.session_id",
            )
            self.other_marks = self._of_session(
                "SELECT o.*, a.session_id FROM learning_othermark o "
                "JOIN learning_attendance a ON a.id = o.attendance_id",
                "a.session_id",
            )

    def _ask(self, sql: str, *values: Any) -> list[Row]:
        return [dict(row) for row in self.base.execute(sql, values).fetchall()]

    def _of_session(self, sql: str, column: str) -> list[Row]:
        where = f" WHERE {column} = (SELECT id FROM learning_session WHERE public_id = ?)"
        return self._ask(sql + where, self.told.session)

    def _minutes(self) -> int:
        sources = [f"logbook/entry/{row['public_id']}" for row in self.entries.values()]
        holes = ",".join("?" * len(sources))
        sql = f"SELECT COALESCE(SUM(minutes), 0) AS sum FROM training_hourline WHERE source IN ({holes})"  # noqa: S608
        return int(self._ask(sql, *sources)[0]["sum"])

    def judge(self) -> dict[str, int]:
        """Counts of what stands; AssertionError if a promise is broken."""
        texts = self._texts()
        self._entries_stand(texts)
        self._confirmed_ones_stand(texts)
        self._hours_agree()
        self._photos_stand()
        self._mentor_s_words_stand()
        self._rolls_stand()
        self._both_sides_stand()
        self._own_attendance_stands()
        return {
            "entries": len(texts),
            "confirmed": sum(row["state"] == "confirmed" for row in self.entries.values()),
            "other versions": len(self.others),
            "photos": len(self.files),
            "observations": len(self.jobs),
            "sent back": len(self.remarks),
            "roll calls": len(self.rolls),
            "marks of two sides": len(self.other_marks),
        }

    # ---- Logs ----

    def _texts(self) -> dict[str, dict[int, str]]:
        """Entry → revision → the text that was told to be it; other versions and corrections are looked for at once."""
        texts: dict[str, dict[int, str]] = {}
        for write, answer in self.told.of("log.save"):
            assert answer["status"] in ("done", "again"), f"an entry is refused: {answer}"
            outcome, text = answer["outcome"], write["data"]["text"]
            assert outcome["how"] in SAID, outcome
            if outcome["how"] in ("new", "changed"):
                at = texts.setdefault(outcome["entry"], {})
                assert at.setdefault(outcome["revision"], text) == text, "two changes became one revision"
            elif outcome["how"] == "beside":
                assert text in self.others, "another version is lost"
            elif outcome["how"] == "correction":
                assert any(row["text"] == text for row in self.entries.values()), "a correction is lost"
            elif outcome["how"] == "same":
                row = self.entries.get(uuid.UUID(outcome["entry"]).hex)
                known = {text, *self.others} if row is None else {row["text"], *self.others}
                assert text in known or text in texts.get(outcome["entry"], {}).values(), "a text is lost"
        return texts

    def _entries_stand(self, texts: dict[str, dict[int, str]]) -> None:
        for name, revisions in texts.items():
            row = self.entries.get(uuid.UUID(name).hex)
            assert row is not None, "an entry is lost"
            newest = max(revisions)
            if row["corrects_id"] is None:
                stands, told = (row["revision"], row["text"]), (newest, revisions[newest])
                assert stands == told, f"an entry is not as it was told: {stands}, {told}"
        assert len(self.others) == len(set(self.others)), "another version is doubled"
        words = [row["text"] for row in self.entries.values()]
        assert len(words) == len(set(words)), "what was written once stands in two entries"

    def _confirmed_ones_stand(self, texts: dict[str, dict[int, str]]) -> None:
        by_id = {row["public_id"]: row for row in self.entries.values()}
        for write, outcome in self.told.done("log.confirm"):
            for public_id in outcome["done"]:
                row = by_id.get(public_id)
                if row is None:  # left over from another schedule, which judged it itself
                    continue
                read = write["data"]["read"][public_id]
                assert (row["state"], row["revision"]) == ("confirmed", read), "a confirmed entry has changed"
                text = texts.get(str(uuid.UUID(row["made_id"])), {}).get(read, row["text"])
                assert row["text"] == text, "another text was confirmed than the one that was read"

    def _hours_agree(self) -> None:
        confirmed = [row for row in self.entries.values() if row["state"] == "confirmed"]
        replaced = {row["corrects_id"] for row in confirmed if row["corrects_id"]}
        due = sum(row["minutes"] for row in confirmed if row["id"] not in replaced)
        assert self.minutes == due, f"the ledger has {self.minutes} minutes, the confirmed entries {due}"

    def _photos_stand(self) -> None:
        told = {uuid.UUID(write["data"]["file"]).hex for write, _ in self.told.done("log.file")}
        stand = [row["made_id"] for row in self.files]
        assert sorted(stand) == sorted(told), "a photo is lost or doubled"
        for row in self.files:
            content = (self.folder / "files" / row["content"]).read_bytes()
            with Image.open(io.BytesIO(content)) as picture:
                picture.load()
                assert picture.format == "JPEG"
                assert not dict(picture.getexif()), "a photo says where it was taken"
            assert b"Exif" not in content, "a photo says where it was taken"

    def _mentor_s_words_stand(self) -> None:
        jobs = sorted(write["data"]["job"] for write, _ in self.told.done("log.observe"))
        assert sorted(self.jobs) == jobs == sorted(set(jobs)), "an observation is lost or doubled"
        told = sorted(write["data"]["words"] for write, _ in self.told.done("log.return"))
        assert sorted(row["words"] for row in self.remarks) == told, "a return is lost or doubled"
        by_words = {row["words"]: row for row in self.remarks}
        for write, _ in self.told.done("log.return"):
            read = by_words[write["data"]["words"]]["revision"]
            assert read == write["data"]["revision"], "another revision was sent back than was read"

    # ---- Attendance ----

    def _rolls_stand(self) -> None:
        told = {
            uuid.UUID(write["data"]["made_id"]).hex: write["data"]["marks"]
            for write, _ in self.told.done("learning.roll")
        }
        stand = {row["made_id"]: json.loads(row["marks"]) for row in self.rolls}
        assert len(stand) == len(self.rolls), "a roll call is doubled"
        assert stand == told, "a roll call is lost, or not as it was said"
        assert len({row["who"] for row in self.lines}) == len(self.lines), "somebody is marked twice"

    def _both_sides_stand(self) -> None:
        """Nobody's mark is overwritten by somebody else; what was said otherwise stands beside it."""
        by_pk = {row["id"]: row for row in self.rolls}
        by_name = {row["made_id"]: row for row in self.rolls}
        lines = {row["who"]: row for row in self.lines}
        for line in self.lines:
            roll = by_pk[line["roll_id"]]
            mark = json.loads(roll["marks"])[line["who"]]
            assert (line["status"], line["marked_by_id"]) == (mark[0], roll["taken_by_id"])
            first = min(one["id"] for one in self.rolls if line["who"] in json.loads(one["marks"]))
            assert by_pk[first]["taken_by_id"] == line["marked_by_id"], "somebody else's mark was overwritten"
        beside = [(one["attendance_id"], one["status"], one["marked_by_id"]) for one in self.other_marks]
        assert len(beside) == len(set(beside)), "another mark is doubled"
        for write, outcome in self.told.done("learning.roll"):
            roll = by_name[uuid.UUID(write["data"]["made_id"]).hex]
            for who in outcome["beside"]:
                other = (lines[who]["id"], write["data"]["marks"][who][0], roll["taken_by_id"])
                assert other in beside, "the other side of a difference is lost"
            for who in (*outcome["new"], *outcome["changed"]):
                stands = by_pk[lines[who]["roll_id"]]
                assert stands["id"] >= roll["id"], "an older roll call replaced a newer one"

    def _own_attendance_stands(self) -> None:
        for line in self.lines:
            if line["confirmed_at"]:
                said = (line["public_id"], line["status"])
                assert said in self.told.confirmed, (
                    "an apprentice is said to have confirmed what was not read"
                )
            if line["says"]:
                claims = self.told.disputed.get(line["public_id"], [])
                assert (line["says"], line["words"]) in claims, "an apprentice's objection is turned around"
