"""Words that several papers have: the lines about an apprentice, the source, labels of the nouns in both languages."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from django.utils import timezone, translation

from craftpath.values.paper import day
from craftpath.values.printout import Line, Signature
from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort, Enrolment
    from craftpath.kernel.people import Person

K = TypeVar("K", bound=Hashable)
APPRENTICE = Text("学徒", "Apprentice")
MENTOR = Text("师傅", "Mentor")
COLLEGE = Text("院校", "College")
ENTERPRISE = Text("企业", "Enterprise")
COHORT = Text("班级", "Cohort")
NAME = Text("姓名", "Name")
NUMBER = Text("学号", "Number")
STAGE = Text("阶段", "Stage")


def labels(table: Mapping[K, Any]) -> dict[K, Text]:
    """Labels that wait for a language, in both of them."""
    said: dict[str, dict[K, str]] = {}
    for language in ("zh-hans", "en"):
        with translation.override(language):
            said[language] = {key: str(label) for key, label in table.items()}
    return {key: Text(said["zh-hans"][key], said["en"][key]) for key in table}


def source(at: datetime) -> Text:
    """From where a paper is, and of which moment (by the clock of the open time zone)."""
    local = timezone.localtime(at)
    on = day(local.date())
    return Text(
        f"依据匠途中的记录，截至{on.zh} {local:%H:%M}。",
        f"From the record in Craftpath as of {on.en}, {local:%H:%M}.",
    )


def moment(at: datetime) -> Text:
    """A day with its hour, as it stands beside a signature."""
    local = timezone.localtime(at)
    on = day(local.date())
    return Text(f"{on.zh} {local:%H:%M}", f"{on.en}, {local:%H:%M}")


def how_signed(signature: Any) -> Text:
    """When and how somebody signed."""
    when, how = moment(signature.at), Text("屏幕签署", "on screen")
    if signature.method == "link":
        how = Text("凭链接和验证码签署", "by link and code")
    return Text(f"{when.zh}，{how.zh}", f"{when.en}, {how.en}")


def about(row: Enrolment, mentors: Sequence[Person]) -> tuple[Line, ...]:
    """Who an apprentice is: number, cohort, programme, college, enterprise, mentors."""
    cohort = row.cohort
    return (
        (APPRENTICE, row.person.name),
        (NUMBER, row.number),
        (COHORT, Text.of(cohort.name)),
        (Text("培养方案", "Programme"), programme(cohort)),
        (COLLEGE, Text.of(cohort.organisation.name)),
        (ENTERPRISE, Text.of(row.enterprise.name) if row.enterprise else None),
        (MENTOR, listed([one.name for one in mentors])),
    )


def programme(cohort: Cohort) -> Text:
    """The programme with its version."""
    name, version = Text.of(cohort.programme.name), cohort.programme.version
    return Text(f"{name.say('zh')}（第 {version} 版）", f"{name.say('en')} (version {version})")


def listed(names: Iterable[str]) -> Text | None:
    """Names one after the other, as each language separates them; None for nobody."""
    some = list(names)
    return Text("、".join(some), ", ".join(some)) if some else None


def hands(row: Enrolment, mentors: Sequence[Person]) -> tuple[Signature, ...]:
    """The three who sign a paper about an apprentice by hand."""
    mentor = listed([one.name for one in mentors])
    return (
        Signature(APPRENTICE, row.person.name),
        Signature(MENTOR, mentor.zh if mentor else ""),
        Signature(COLLEGE),
    )


def seals(row: Enrolment) -> tuple[Text, ...]:
    """Who stamps it: the enterprise where there is one, and the college."""
    places = ([row.enterprise] if row.enterprise else []) + [row.cohort.organisation]
    return tuple(Text.of(one.name) for one in places)


def span(first: date, last: date) -> Text:
    """From one day to another, in figures: the same in every language."""
    return Text.of(f"{first.isoformat()} – {last.isoformat()}")
