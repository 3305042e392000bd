"""Results that lie under their line so far, of very many apprentices at once."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from craftpath.domain.apprenticeships.noticed import Among
from craftpath.domain.evaluation.models import Evaluation, Result


def gaps_to_date(among: Among) -> dict[int, tuple[Decimal, Decimal]]:
    """enrolment id → (points of 100 so far under the line, share judged so far in points); two queries.

    Of results that nobody has decided, by schemes that ask for so many points of everything; what is still open counts
    neither for nor against. Above the line the gap is negative. Of several results the worst.
    """
    lines = {
        pk: line
        for pk, definition in Evaluation._base_manager.values_list("pk", "scheme__definition")
        if (line := line_of(definition)) is not None
    }
    rows = Result._base_manager.filter(among.where("enrolment"), decided__isnull=True, open__lt=100)
    found: dict[int, tuple[Decimal, Decimal]] = {}
    for who, evaluation, points, still in rows.order_by().values_list(
        "enrolment_id", "evaluation_id", "to_date", "open"
    ):
        line = lines.get(evaluation)
        judged = 100 - still
        if line is None or judged <= 0 or points <= 0:  # nothing so far is a mark that nobody has entered
            continue
        gap = line - points * 100 / judged
        if who not in found or gap > found[who][0]:
            found[who] = gap, judged
    return found


def line_of(definition: dict[str, Any]) -> Decimal | None:
    """How many points of 100 a weighted scheme asks for altogether; None where it asks in another way."""
    if (definition.get("mode") or "weighted") != "weighted":
        return None
    for rule in definition.get("rule", ()):
        if rule.get("kind") == "overall_min":
            try:
                return Decimal(str(rule["value"]))
            except (KeyError, InvalidOperation):
                return None
    return None
