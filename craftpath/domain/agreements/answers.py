"""How an item of the checklist answers: the finding, and the commonest judge, which asks for words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from craftpath.domain.agreements.cases import Case, Finding
from craftpath.domain.agreements.checklist import items


def answer(key: str, status: str, reason: str, facts: dict[str, Any] | None = None, **more: Any) -> Finding:
    """A finding at the item's own level."""
    return Finding(key, items()[key].level, status, f"agreements.{reason}", facts or {}, **more)


def stated(key: str, *clauses: str) -> Callable[[Case], Finding]:
    """An item that asks for words: there they are, or these are missing."""

    def judge(case: Case) -> Finding:
        missing = [clause for clause in clauses if not case.terms.has(clause)]
        if missing:
            return answer(key, "missing", "not_stated", {"parts": missing})
        return answer(key, "ok", "stated")

    return judge
