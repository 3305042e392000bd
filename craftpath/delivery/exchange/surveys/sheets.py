"""A closed survey as sheets: counts and means by question, and its answers as `craftpath needs` reads them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from craftpath.delivery.exchange.writing import OutSheet
from craftpath.domain.surveys.exporting import rows_for_export
from craftpath.domain.surveys.results import Result, results_of
from craftpath.domain.surveys.texts import PARTS

if TYPE_CHECKING:
    from craftpath.delivery.exchange.book import Row
    from craftpath.domain.surveys.models import Survey
    from craftpath.domain.surveys.questions import Question


def result_rows(survey: Survey) -> OutSheet:
    """One line for each tick, option or sentence; what fewer than five answered has its line and no figures."""
    header = [
        pgettext("column of survey results", "Number"),
        pgettext("column of survey results", "Question"),
        pgettext("column of survey results", "Item"),
        pgettext("column of survey results", "Answer"),
        pgettext("column of survey results", "Count"),
        pgettext("column of survey results", "n"),
        pgettext("column of survey results", "Mean"),
    ]
    rows = [row for one in results_of(survey) for row in _lines(one)]
    return OutSheet(name=pgettext("of a survey", "Results"), header=header, rows=rows)


def _say(text: Any) -> str:
    return str(text.say(get_language() or "zh-hans"))


def _lines(one: Result) -> Iterator[Row]:
    title = _say(one.question.title)
    if one.n is None:
        yield (one.place, title, "", _("fewer than five"), None, None, None)
    for words in one.words:
        yield (one.place, title, "", words, None, one.n, None)
    names = {part.key: _say(part.text) for part in (*one.question.options, *one.question.rows)}
    for spread in one.spreads:
        item = names.get(spread.key, str(PARTS.get(spread.key, "")))
        mean = None if spread.mean is None else Decimal(f"{spread.mean:.4f}")
        for key, count in spread.counts.items():
            yield (one.place, title, item, names.get(key, str(key)), count, spread.n, mean)


def answer_rows(survey: Survey) -> OutSheet:
    """Needs as `respondent,item,importance,ability,mentor`, other ticks as `value`; with the groups that were kept.

    Respondents are numbered in an order that is drawn anew for each file. Open words are left out: beside the other
    answers of the one who wrote them they would tell more than alone. So is what would single out fewer than five
    (`exporting.py`). A survey with names has all of it, by name.
    """
    groups = list(survey.groups)
    names = [] if survey.anonymous else ["name"]
    header = ["respondent", "item", "importance", "ability", "mentor", "value", *names, *groups]
    questions = {one.key: one for one in survey.asked_for}
    rows = []
    for number, (who, kept, said) in enumerate(rows_for_export(survey), start=1):
        told = [*([who] if names else []), *(kept.get(name, "") for name in groups)]
        for key, value in said.items():
            if key in questions:
                rows += [(number, *cells, *told) for cells in _cells(questions[key], value)]
    return OutSheet(name="answers", header=header, rows=rows)


def _cells(one: Question, value: Any) -> list[tuple[Any, ...]]:
    if one.kind == "need":
        return [(one.item, *value, None)]
    if isinstance(value, dict):
        return [(f"{one.item}.{row}", None, None, None, tick) for row, tick in value.items()]
    if isinstance(value, list):
        return [(one.item, None, None, None, " ".join(map(str, value)))]
    return [(one.item, None, None, None, value)]
