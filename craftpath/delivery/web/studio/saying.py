"""What a version says, as pages show it; and figures of a sheet in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.needs.queries import analyses
from craftpath.domain.standards.queries import skills_by_key
from craftpath.domain.studio.content import Content, board_of
from craftpath.domain.studio.texts import FIGURES
from craftpath.engines.disclosure import LEAST_SHOWN
from craftpath.values.ref import Ref


def body(content: Content) -> dict[str, Any]:
    """The parts of a version for its page; two queries."""
    board = board_of(content.duties)
    keys = [
        *content.skills,
        *(skill for duty in content.duties for task in duty.tasks for skill in task.skills),
    ]
    skills = skills_by_key(keys)
    return {
        "content": content,
        "board": board,
        "skill_names": skills,
        "skills": [text(skills[key].name) if key in skills else key for key in content.skills],
        "analysis": _analysis(content.survey),
    }


def _analysis(ref: str) -> Any:
    """The analysis of needs that is named, where the reader sees it."""
    if not ref:
        return None
    return analyses().filter(public_id=Ref.parse(ref).public_id).defer("figures").first()


def figures(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The rows of a sheet in words."""
    return [
        {"label": FIGURES[row["key"]], "figure": _said(row), "n": row["n"], "source": row["source"]}
        for row in rows
    ]


def _said(row: Mapping[str, Any]) -> str:
    if row["n"] is None:
        return _("too few to be shown (under %(least)s)") % {"least": LEAST_SHOWN}
    if row["value"] is None:
        return _("nothing yet")
    if row["key"] == "costs":
        return f"{row['value']} {row['of']}"
    return (
        _("%(some)s of %(whole)s") % {"some": row["value"], "whole": row["of"]}
        if row["of"]
        else str(row["value"])
    )
