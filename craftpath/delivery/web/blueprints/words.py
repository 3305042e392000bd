"""What a row of a blueprint means, what came of a search, and what is to blame: in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from craftpath.delivery.web.exams.choosing import outcome_choices, skill_choices
from craftpath.delivery.web.exams.showing import plain
from craftpath.delivery.web.shell.templatetags.say import listed
from craftpath.domain.exams import queries
from craftpath.domain.exams.blame_texts import BLAMES, FAULTS, RELIEFS
from craftpath.domain.exams.posing import whole
from craftpath.domain.exams.texts import DIFFICULTIES, KINDS
from craftpath.domain.exams.wishes import Row, Wish

BLANK = dict.fromkeys(("item", "least", "most", "cells"), "–")


@dataclass(frozen=True, slots=True)
class Names:
    """How outcomes (by id) and core skills (by key) are called."""

    outcomes: Mapping[str, str]
    skills: Mapping[str, str]

    @classmethod
    def of(cls, rows: Iterable[Row] = ()) -> Names:
        """Those that can be chosen, and those that these rows name; three queries."""
        kept = {row.outcome for row in rows if row.outcome is not None}
        return cls(dict(outcome_choices(kept)), dict(skill_choices(row.skill for row in rows)))

    def cell(self, outcome: str, skill: str, kind: str, difficulty: str) -> str:
        """Which questions are meant."""
        known = self.outcomes.get(outcome, _("an outcome that you do not see")) if outcome else ""
        found = [
            known.partition(" · ")[2]
            or known,  # a choice begins with its unit; beside the others it is too long
            self.skills.get(skill, skill),
            str(KINDS.get(kind, "")),
            str(DIFFICULTIES.get(difficulty, "")),
        ]
        return " · ".join(one for one in found if one) or _("the whole form")

    def row(self, row: Row) -> str:
        """The same of a row."""
        outcome = "" if row.outcome is None else str(row.outcome)
        return self.cell(outcome, row.skill, row.kind, row.difficulty)


def span(least: Any, most: Any) -> str:
    """From and to, or one figure where both are the same."""
    return f"{amount(least)}" if least == most else f"{amount(least)}–{amount(most)}"


def amount(value: Any) -> str:
    """A count or points, without idle zeros."""
    if value is None:
        return "–"
    figure = round(Decimal(str(value)), 2)
    return str(number_format(figure.normalize() if figure != figure.to_integral() else int(figure)))


def two(value: float) -> str:
    """A share, with two places."""
    return str(number_format(round(value, 2), 2))


def called(keys: Iterable[str], most: int = 40) -> dict[str, str]:
    """public id → the beginning of what an item asks; one query, or none for nothing."""
    wanted = set(keys)
    rows = queries.items_by_id(wanted) if wanted else []
    return {row.public_id: plain(row.newest.stem if row.newest else {}, most) for row in rows}


def blamed(found: Mapping[str, Any], wish: Wish, names: Names) -> dict[str, list[str]]:
    """Sentences of what is to blame (`conflict`), of what would help (`relief`), of what makes no sense (`faults`)."""
    rules = [*found.get("conflict", ()), *found.get("relief", ())]
    words = called(key for one in rules for key in one["facts"].get("items", ()))
    named = [one | {"items": [words.get(key, key) for key in one["facts"].get("items", ())]} for one in rules]
    split = len(found.get("conflict", ()))
    return {
        "conflict": [_blame(one, wish, names) for one in named[:split]],
        "relief": [_said(RELIEFS, one, wish, names) for one in named[split:]],
        "faults": [
            str(FAULTS[one["code"]]) % (BLANK | _figures(one["facts"])) for one in found.get("faults", ())
        ],
    }


def _figures(facts: Mapping[str, Any]) -> dict[str, str]:
    return {
        name: amount(value) if isinstance(value, int | float) else str(value) for name, value in facts.items()
    }


def _blame(one: Mapping[str, Any], wish: Wish, names: Names) -> str:
    """Where the bank itself has too few, the count says so; elsewhere what the other wishes leave."""
    usable = one["usable"]
    short = one["code"] == "assembly.too_few" and one["measure"] == "items" and usable is not None
    if short and usable < one["wanted"] * wish.forms:
        return _said(BLAMES, one, wish, names, "assembly.too_few:bank")
    return _said(BLAMES, one, wish, names)


def _said(
    sentences: Mapping[str, Any], one: Mapping[str, Any], wish: Wish, names: Names, code: str = ""
) -> str:
    code = code or one["code"]
    if code not in sentences:
        code = f"{code}:{one['measure']}"
    minutes = one["measure"] == "seconds"
    shown = _minutes if minutes else two if one["measure"] == "mean_p" else amount
    return str(sentences[code]) % {
        "cell": names.cell(**one["cell"]) if one["cell"] else "",
        "wanted": shown(one["wanted"]),
        "available": "–" if one["available"] is None else shown(one["available"]),
        "usable": amount(one["usable"]),
        "forms": wish.forms,
        "all": amount(one["wanted"] * wish.forms),
        "items": listed(f"“{item}”" for item in one["items"]),
    }


def _minutes(seconds: float) -> str:
    return amount(-(-int(seconds) // 60))


def goodness(found: Mapping[str, Any], wish: Wish) -> str:
    """How good the forms are beside the best that there could be."""
    if found["status"] == "optimal":
        return _(
            "Proved best: no other choice of questions brings the forms nearer to one another and to the aim."
        )
    if wish.goal == "information":
        return _sharpness(found)
    if found["status"] == "within_tolerance":
        return _(
            "As even as can be felt: less than half a percent of the points from the aim. The search ended there."
        )
    percent = two(100 * (found["gap"] or 0) / whole(wish))
    return _(
        "The best that was found in the time; the best possible is at most %(percent)s %% of the points nearer."
    ) % {"percent": percent}


def _sharpness(found: Mapping[str, Any]) -> str:
    """The same where information is aimed at."""
    if found["status"] == "within_tolerance":
        return _(
            "As near to the aim as can be felt: within %(most)s of information. The search ended there."
        ) % {"most": two(found["tolerance"])}
    return _(
        "The best that was found in the time: %(away)s of information from the aim at most; the best possible may be "
        "nearer by %(gap)s at most."
    ) % {"away": two(found["deviation"] or 0), "gap": two(found["gap"] or 0)}


def thetas_in_words(wish: Wish) -> str:
    """The abilities of the aim, with a minus that is one."""
    return listed(str(number_format(one)).replace("-", "−") for one in wish.thetas)


def aim(wish: Wish) -> str:
    """What the forms are measured against."""
    if wish.goal == "information" and wish.information is None:
        return _("as much information as the bank can give every form, at ability %(thetas)s") % {
            "thetas": thetas_in_words(wish)
        }
    if wish.goal == "information":
        return _("information of %(value)s in every form, at ability %(thetas)s") % {
            "value": two(float(wish.information or 0)),
            "thetas": thetas_in_words(wish),
        }
    if wish.share is None:
        return _("equally hard forms")
    return _("an expected share of %(share)s in every form") % {"share": two(float(wish.share))}
