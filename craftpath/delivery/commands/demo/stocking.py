"""The demo's library: small files about welding, turning, robots, care, safety and core skills, and their lives."""

from __future__ import annotations

import io
import tomllib
import uuid
from datetime import datetime, timedelta
from html import escape
from importlib import resources as files
from typing import TYPE_CHECKING, Any

from docx import Document

from craftpath.delivery.commands.demo.places import Places, Staff
from craftpath.delivery.exchange.press import print_page
from craftpath.delivery.exchange.resources.taking_in import carry_out
from craftpath.domain.apprenticeships.queries import enrolments
from craftpath.domain.occupations.queries import occupations
from craftpath.domain.resources import actions, queries
from craftpath.domain.resources.states import CRITERIA
from craftpath.domain.standards.queries import skills
from craftpath.kernel.access import Actor
from craftpath.kernel.roles import Role
from craftpath.values.text import Text
from craftpath.values.verdict import Refused

if TYPE_CHECKING:
    from craftpath.domain.resources.models import Resource

DAY = timedelta(days=1)
SPACE = uuid.UUID("c55a2a0e-6a0d-4bb5-8a53-9f5f1d7a3c20")
COME = (
    ("电弧焊防护要点", "Arc welding: what protects you", "weld-protection"),
    ("车削切屑处理", "Handling swarf at the lathe", "swarf"),
    ("养老护理沟通技巧", "Talking with people in care", "care-talk"),
)


def stock_library(places: Places, staff: Staff, *, at: datetime) -> None:
    """Drop, confirm, mark; then a catalogue elsewhere that suggested something and no longer answers."""
    text = (files.files("craftpath.delivery.commands.demo") / "library.toml").read_text("utf-8")
    told = tomllib.loads(text)["resource"]
    stock = _Stock(places, staff, at)
    for one in sorted(told, key=lambda one: -int(one["days"])):
        stock.take(one)
    stock.leave_drafts()
    _catalogue(places, stock.office, at)


class _Stock:
    """Who brings what in, and the bytes of each so far."""

    def __init__(self, places: Places, staff: Staff, at: datetime) -> None:
        self.places, self.at = places, at
        self.office = Actor(places.college, staff.coordinator, frozenset({Role.COORDINATOR}))
        self.who = {
            "trainer": Actor(places.college, staff.trainer, frozenset({Role.TRAINER})),
            "mentor": Actor(places.jinheng, staff.mentors["jinheng"][0], frozenset({Role.MENTOR})),
            "office": self.office,
        }
        rows = enrolments().filter(state="active").select_related("person").order_by("pk")[:8]
        self.learners = [Actor(places.college, row.person, frozenset({Role.APPRENTICE})) for row in rows]
        self.known = list(skills())
        self.bytes: dict[str, bytes] = {}

    def take(self, one: dict[str, Any]) -> None:
        """One resource from its file to what people say of it."""
        by, at = self.who[one["who"]], self.at - one["days"] * DAY
        form = one["form"] if one["form"] != "same" else "md"
        content = self.bytes.get(one.get("same", "")) or _made(
            form, Text.of(one["title"]).both(), one["text"]
        )
        self.bytes[one["name"]] = content
        if by.organisation is None:
            raise TypeError("whoever brings something in has a seat")
        row = actions.drop_file(
            content, f"{one['name']}.{form}", organisation=by.organisation, made_id=uuid.uuid5(SPACE, one["name"]),
            by=by, at=at,
        )  # fmt: skip
        _read(row, by, at)
        row.refresh_from_db()
        row = actions.share_resource(row, self.details(one, row), by=by, at=at + timedelta(minutes=2))
        self.mark(one, row, at)

    def details(self, one: dict[str, Any], row: Resource) -> actions.Details:
        """What was confirmed: the guesses for skills, the rest as the list says."""
        trade = occupations(one["trade"]).first() if one["trade"] else None
        return actions.Details(
            title=Text.of(one["title"]), licence=one["licence"], kind=one["kind"],
            language=one.get("language", row.language), abstract=Text.of(row.guesses["abstract"]["value"] or {}),
            licence_words=one.get("leave", ""), authors=row.made_by.name if row.made_by else "", occupation=trade,
            skills=row.guesses["skills"]["value"], reach=one["reach"],
        )  # fmt: skip

    def mark(self, one: dict[str, Any], row: Resource, at: datetime) -> None:
        """Stars, a review by somebody else, the office's word, a newer file."""
        for by, stars in zip(self.learners, one.get("stars", ()), strict=False):
            actions.star_resource(row, stars, by=by, at=at + 5 * DAY)
        if one.get("good"):
            second = self.office if one["who"] != "office" else self.who["trainer"]
            actions.review_resource(row, CRITERIA, "", by=second, at=at + 3 * DAY)
        if one.get("recommended"):
            actions.recommend_resource(row, True, by=self.office, at=at + 4 * DAY)
        if one.get("again"):
            later = at + one["again"] * DAY
            title, text = Text.of(one["title"]).both(), one["text"] + "\n补充：本版增加了常见缺陷与处理。"
            by = self.who[one["who"]]
            version = actions.add_version(
                row, _made(one["form"], title, text), f"{one['name']}-2.{one['form']}", words="常见缺陷与处理",
                made_id=uuid.uuid5(SPACE, f"{one['name']} 2"), by=by, at=later,
            )  # fmt: skip
            carry_out(version, by=by, at=later)

    def leave_drafts(self) -> None:
        """Two files that the trainer dropped this morning and has not confirmed."""
        by = self.who["trainer"]
        for name, text in (
            (
                "立角焊讲义_最终版.md",
                "# 立角焊讲义\n立角焊自下而上，焊条与板成四十五度，短弧，停留两侧。\nCC BY 4.0\n",
            ),
            ("tool change.txt", "Tool change on the lathe\nStop the spindle before you open the door.\n"),
        ):
            row = actions.drop_file(
                text.encode(), name, organisation=self.places.college, made_id=uuid.uuid5(SPACE, name), by=by,
                at=self.at - timedelta(hours=2),
            )  # fmt: skip
            _read(row, by, self.at - timedelta(hours=2))


def _read(row: Resource, by: Actor, at: datetime) -> None:
    version = queries.newest_of([row])[row.pk]
    carry_out(queries.waiting_version(version.pk), by=by, at=at)


def _made(form: str, title: str, text: str) -> bytes:
    lines = [line for line in text.strip().splitlines() if line]
    if form == "docx":
        document, out = Document(), io.BytesIO()
        document.core_properties.title = title
        document.core_properties.author = ""
        document.add_heading(title, 1)
        for line in lines:
            document.add_paragraph(line)
        document.save(out)
        return out.getvalue()
    if form == "pdf":
        said = "".join(f"<p>{escape(line)}</p>" for line in lines)
        page = (
            f"<html lang='zh'><head><title>{escape(title)}</title></head><body><h1>{escape(title)}</h1>{said}"
        )
        try:
            return print_page(f"{page}</body></html>")
        except Refused:  # a machine that cannot print has the text all the same
            pass
    return f"# {title}\n\n{text.strip()}\n".encode()


def _catalogue(places: Places, office: Actor, at: datetime) -> None:
    """Read for a while; then it did not answer five days in a row, and stopped."""
    began = at - 40 * DAY
    source = actions.add_source(
        places.college,
        name="省职业教育资源目录（样例）",
        address="https://catalogue.example/oai",
        by=office,
        at=began,
    )
    came = [
        actions.Came(
            f"oai:catalogue.example:{key}", "2026-01-01",
            {"title": {"zh": zh, "en": en}, "address": f"https://catalogue.example/{key}", "licence": "ccby",
             "language": "both", "authors": "样例目录编辑部"},
        )
        for zh, en, key in COME
    ]  # fmt: skip
    actions.note_part(source, came, token="", begun=f"{began:%Y-%m-%dT%H:%M:%SZ}", by=office, at=began)  # noqa: S106
    for days in range(6, 1, -1):
        when = at - days * DAY
        actions.note_failure(source, "kernel.hook_slow", {"seconds": 30}, by=office, at=when)
