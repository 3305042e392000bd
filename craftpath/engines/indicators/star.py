"""The star schema, version 1: which tables of facts there are, what their columns hold and what they mean.

Every row of facts carries five dimensions. `place` is a county's code (GB/T 2260), `stage` and `occupation` are keys
of the programme and of the register, `enterprise` is a pseudonym, `period` is the quarter of the row's own moment,
written `2026-Q4`. What does not apply is written `-`: a dimension is never empty. Keys are pseudonyms too, made with
a secret of the city, so that no two cities can be joined and nobody's number or name leaves it.

Amounts are in minor units, times in whole minutes, hours or months, scores and credits in hundredths: everything that
is added up is an integer, and sums are the same on every engine.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

VERSION = 1
DIMENSIONS = ("place", "stage", "occupation", "enterprise", "period")
NOT_APPLICABLE = "-"


class Kind(StrEnum):
    """What a column holds."""

    KEY = "key"  # text: a pseudonym
    WORD = "word"  # text: one of the words that the meaning names, or a key of the programme
    DAY = "day"
    WHOLE = "whole"  # an integer of 64 bits
    FLAG = "flag"  # an integer, 0 or 1


@dataclass(frozen=True, slots=True)
class Column:
    """A column. An empty cell (`null`) is legal only where `optional`; `words` are all that a word may be."""

    name: str
    kind: Kind
    meaning: str
    optional: bool = False
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table of facts: one row stands for `row`; its own columns come after the five dimensions."""

    name: str
    row: str
    own: tuple[Column, ...]

    @property
    def columns(self) -> tuple[Column, ...]:
        """All columns, the dimensions first."""
        return (*DIMENSION_COLUMNS, *self.own)

    def schema(self) -> Any:
        """The columns as an Arrow schema."""
        import pyarrow as pa  # noqa: PLC0415  (the site starts without it)

        types = {
            Kind.KEY: pa.string(),
            Kind.WORD: pa.string(),
            Kind.DAY: pa.date32(),
            Kind.WHOLE: pa.int64(),
            Kind.FLAG: pa.int64(),
        }
        return pa.schema([pa.field(one.name, types[one.kind], one.optional) for one in self.columns])


DIMENSION_COLUMNS = (
    Column("place", Kind.WORD, "county, six digits of GB/T 2260"),
    Column("stage", Kind.WORD, "stage of the programme, by its key"),
    Column("occupation", Kind.WORD, "occupation, by its code"),
    Column("enterprise", Kind.KEY, "training enterprise, as a pseudonym"),
    Column("period", Kind.WORD, "quarter of the row's own moment, such as 2026-Q4"),
)
OUTCOMES = ("running", "completed", "left", "transferred")
PLACE_KINDS = ("on", "off")
ANSWER_KINDS = ("question", "request", "complaint")
AUDIENCES = ("apprentice", "mentor", "enterprise")
MONEY_KINDS = (
    "cost",
    "benefit",
    "subsidy_claimed",
    "subsidy_received",
    "subsidy_returned",
    "contribution",
)
PARTNER_KINDS = ("enterprise", "college", "government", "association", NOT_APPLICABLE)
SKILL_DOMAINS = ("social_emotional", "cognitive_metacognitive", "basic_digital", "basic_green")
MARK_STATES = ("scored", "absent", "deferred", "exempt", "missing")


def _key(name: str, meaning: str) -> Column:
    return Column(name, Kind.KEY, meaning)


def _word(name: str, meaning: str, words: tuple[str, ...] = (), optional: bool = False) -> Column:
    return Column(name, Kind.WORD, meaning, optional, words)


def _whole(name: str, meaning: str, optional: bool = False) -> Column:
    return Column(name, Kind.WHOLE, meaning, optional)


def _flag(name: str, meaning: str) -> Column:
    return Column(name, Kind.FLAG, meaning)


WHO = _key("apprenticeship", "one contract of one person, as a pseudonym")
PERSON = _key("person", "the person, as a pseudonym: the same through all contracts in one city")

TABLES = (
    Table(
        "apprenticeship",
        "a contract; its period is the quarter in which it began",
        (
            WHO,
            PERSON,
            Column("started_on", Kind.DAY, "first day"),
            Column("planned_end_on", Kind.DAY, "last day as agreed"),
            Column("ended_on", Kind.DAY, "last day as it came; empty while running", optional=True),
            _word("outcome", "how it stands; transferred: goes on in another contract", OUTCOMES),
            _word("reason", "why it ended early, by its reason code", optional=True),
            _whole("birth_year", "year of birth, where it is known", optional=True),
        ),
    ),
    Table(
        "risk",
        "a contract in a quarter in which it could end, counted from its first",
        (
            WHO,
            _whole("quarter_no", "which quarter of the contract, from 1"),
            _flag("completed", "whether it was completed in this quarter"),
            _flag("left", "whether it was left in this quarter"),
        ),
    ),
    Table(
        "gate",
        "an attempt at the gate out of a stage",
        (
            WHO,
            PERSON,
            _whole("attempt", "which attempt, from 1"),
            _flag("passed", "whether it was passed"),
            _whole("months_from_start", "whole months from the first day of the contract"),
        ),
    ),
    Table(
        "exam",
        "an attempt at the evaluation of a stage",
        (
            WHO,
            _whole("attempt", "which attempt, from 1"),
            _flag("passed", "whether it was passed"),
            _whole("process", "process evaluation, hundredths of a point of 100", optional=True),
            _whole("practical", "practical activities, hundredths of a point of 100", optional=True),
            _whole("final", "final examination, hundredths of a point of 100", optional=True),
            _whole("total", "total, hundredths of a point of 100", optional=True),
        ),
    ),
    Table(
        "hours",
        "a contract, a quarter, and on or off the job",
        (
            WHO,
            _word("place_kind", "on or off the job", PLACE_KINDS),
            _whole("planned_minutes", "minutes that the plan has"),
            _whole("confirmed_minutes", "minutes that were confirmed"),
        ),
    ),
    Table(
        "entry",
        "the record book of one contract in a quarter",
        (
            _whole("entries", "entries whose time to be confirmed is over"),
            _whole("signed_in_time", "those that were confirmed in time"),
            _whole("answer_hours", "hours until they were confirmed, added up"),
        ),
    ),
    Table(
        "mentor",
        "a mentor in a quarter",
        (
            _key("mentor", "the mentor, as a pseudonym"),
            _whole("apprentices", "apprentices in the mentor's care"),
            _flag("qualified", "whether the mentor had the standing that the programme asks for"),
        ),
    ),
    Table(
        "answer",
        "a question, request or complaint",
        (
            _word("kind", "what was asked", ANSWER_KINDS),
            _flag("answered", "whether it was answered"),
            _whole("hours", "hours until the answer; empty while there is none", optional=True),
        ),
    ),
    Table(
        "satisfaction",
        "a question of a survey about satisfaction, answered by so many",
        (
            _word("audience", "who was asked", AUDIENCES),
            _whole("n", "answers"),
            _whole("sum", "answers added up, each from 1 to 5"),
            _whole("top_two", "answers of 4 or 5"),
        ),
    ),
    Table(
        "wage",
        "the wage of a contract in a quarter",
        (
            WHO,
            _whole("step", "which step of the agreed wage, from 1"),
            _whole("amount_minor", "a month's wage, in minor units"),
            _whole("floor_minor", "what it may not be below, in minor units"),
        ),
    ),
    Table(
        "money",
        "an amount that was booked",
        (
            _word("kind", "what for", MONEY_KINDS),
            _word("partner_kind", "who gave or received it", PARTNER_KINDS),
            _whole("amount_minor", "amount in minor units"),
        ),
    ),
    Table(
        "credit",
        "an account of credits in a quarter",
        (
            _whole("earned", "hundredths of a credit earned"),
            _whole("converted", "hundredths of a credit that were taken in from elsewhere"),
        ),
    ),
    Table(
        "skill",
        "core skills of one category, measured before and after",
        (
            _word("domain", "category of core skills", SKILL_DOMAINS),
            _whole("before", "levels before, in hundredths, added up"),
            _whole("after", "levels after, in hundredths, added up"),
            _whole("n", "people measured both times"),
        ),
    ),
    Table(
        "village",
        "a village point in a quarter",
        (
            _key("point", "the point, as a pseudonym"),
            _whole("hours_open", "hours that it was open"),
            _whole("visits", "visits"),
            _whole("people", "people who came at least once"),
        ),
    ),
    Table(
        "workshop",
        "a workshop that was held",
        (
            _key("workshop", "the workshop, as a pseudonym"),
            _whole("invited", "people invited"),
            _whole("came", "people who came"),
            _whole("answers", "answers to its questionnaire"),
        ),
    ),
    Table(
        "mark",
        "a mark of one item of an evaluation scheme",
        (
            WHO,
            _word("scheme", "the scheme, by its key"),
            _word("item", "the item of the scheme, by its key"),
            _whole("score", "hundredths of a point; empty where there is none", optional=True),
            _word("status", "what is known of it", MARK_STATES),
        ),
    ),
)
STAR: Mapping[str, Table] = {table.name: table for table in TABLES}
