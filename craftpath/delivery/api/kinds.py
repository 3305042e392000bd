"""Kinds of fields that many rooms share. What a database could not hold is refused here, by the schema itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from craftpath.kernel.people import Person
from craftpath.values.text import Text

PLAIN = r"^[^\x00]*$"
"""No database keeps the character zero."""
EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)


def _within(day: date) -> date:
    if not EARLIEST <= day <= LATEST:
        raise PydanticCustomError("date_parsing", "a day from 1900 to 2199")
    return day


Day = Annotated[
    date, AfterValidator(_within), Field(description="a day from 1900 to 2199", examples=["2026-09-14"])
]


def _of_our_time(moment: datetime) -> datetime:
    if not 2000 <= moment.year <= 2100:  # noqa: PLR2004 - what a calendar plans
        raise PydanticCustomError("datetime_parsing", "a moment from 2000 to 2100")
    return moment


Moment = Annotated[
    AwareDatetime,
    AfterValidator(_of_our_time),
    Field(description="a moment with its time zone", examples=["2026-09-14T09:00:00+08:00"]),
]
Clock = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$", examples=["13:30"])]
Words = Annotated[str, Field(max_length=4000, pattern=PLAIN)]
Line = Annotated[str, Field(max_length=400, pattern=PLAIN)]
Code = Annotated[str, Field(max_length=60, pattern=r"^[a-z0-9_.-]*$")]
Id = Annotated[
    str, Field(max_length=16, pattern=r"^[a-z0-9]+$", description="a public id", examples=["7k3mq9x2vb4t"])
]
Revision = Annotated[int, Field(ge=0, le=1_000_000)]


class Shape(BaseModel):
    """What is answered. It is made of plain values, so nothing of it is looked up and nothing checked twice."""


class Asked(Shape):
    """What a caller sends: nothing beyond what is asked for."""

    model_config = ConfigDict(extra="forbid")


class Said(Shape):
    """A text in the languages that it has."""

    zh: str | None = None
    en: str | None = None


class Named(Shape):
    """Somebody, or something, by its public id."""

    id: str
    name: str


class NamedText(Shape):
    """Something whose name has two languages."""

    id: str
    name: Said


def said(value: Any) -> Said:
    """A name as it is kept; what is no object of texts is said in both languages."""
    found = value.as_json() if isinstance(value, Text) else value
    if not isinstance(found, Mapping):
        return Said(zh=str(found or ""), en=str(found or ""))
    return Said(zh=found.get("zh"), en=found.get("en"))


def named(person: Person | None) -> Named | None:
    """Somebody, or nobody."""
    return Named(id=person.public_id, name=person.name) if person is not None else None
