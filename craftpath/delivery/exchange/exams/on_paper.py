"""What is printed for a sitting, made from its rows: booklets, answer sheets, the list of seats."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from craftpath.delivery.exchange.exams.answer_sheets import Whose
from craftpath.delivery.exchange.exams.booklets import Form, data_of
from craftpath.delivery.exchange.exams.seat_lists import Seat
from craftpath.domain.exams.codes import sheet_code
from craftpath.domain.exams.keyed import letter
from craftpath.domain.exams.queries import content_of, forms_with_counts, lines_of, pictures_in
from craftpath.values.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from craftpath.domain.exams.models import Candidate, Paper, Sitting

_EXTRA = Text("延长 %s 分钟", "+%s min")
_LARGE = Text("大字", "large print")


def signs_of(sitting: Sitting) -> dict[int, str]:
    """Paper id → its letter among the forms of a sitting, empty where there is only one."""
    forms = list(forms_with_counts(sitting))
    return {pk: letter(n) if len(forms) > 1 else "" for n, pk in enumerate(forms)}


def form_of(sitting: Sitting, paper: Paper, sign: str, language: str, *, pictured: bool = True) -> Form:
    """A form with all that it shows; three queries and its pictures."""
    lines = list(lines_of(paper))
    stimuli = {
        line.version.stimulus.public_id: line.version.stimulus for line in lines if line.version.stimulus
    }
    return Form(
        title=paper.title,
        sign=sign,
        organisation=Text.of(sitting.organisation.title).say(language),
        minutes=sitting.minutes,
        lines=[(line.order, content_of(line.version, line.version.item.kind)) for line in lines],
        stimuli={key: (Text.of(one.title), Text.of(one.body)) for key, one in stimuli.items()},
        pictures=data_of(pictures_in(paper.pk)) if pictured else {},
    )


def whose(candidate: Candidate, language: str) -> Whose:
    """What is filled in on a sheet."""
    enrolment = candidate.enrolment
    return Whose(
        name=enrolment.person.name,
        number=enrolment.number,
        seat=candidate.seat,
        code=sheet_code(candidate.public_id),
        scanned=candidate.public_id,
        when=moment_of(candidate.sitting, language),
        large=candidate.large_print,
    )


def moment_of(sitting: Sitting, language: str) -> str:
    """Day, hour and room by the clock of the place."""
    local = sitting.starts_at.astimezone(ZoneInfo(sitting.organisation.time_zone))
    day = f"{local.year}年{local.month}月{local.day}日" if language == "zh" else f"{local.day} {local:%B %Y}"
    return " · ".join(one for one in (f"{day} {local:%H:%M}", sitting.place) if one)


def seats(people: Iterable[Candidate], signs: dict[int, str], language: str) -> list[Seat]:
    """The lines of the list, in the order of the candidates."""
    return [
        Seat(
            one.seat or "–",
            one.enrolment.number,
            one.enrolment.person.name,
            signs.get(one.paper_id, ""),
            _remark(one, language),
        )
        for one in people
    ]


def _remark(one: Any, language: str) -> str:
    said = [_EXTRA.say(language) % one.extra_minutes] if one.extra_minutes else []
    said += [_LARGE.say(language)] if one.large_print else []
    return "，".join(said) if language == "zh" else ", ".join(said)
