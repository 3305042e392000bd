"""Questions that a blueprint names: those that are named, and others to be found by their words or number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from craftpath.delivery.web.blueprints.words import called, two
from craftpath.delivery.web.shell.templatetags.say import together
from craftpath.domain.exams import queries
from craftpath.domain.exams.calibrated import begun
from craftpath.domain.exams.texts import DIFFICULTIES, KINDS
from craftpath.domain.exams.wishes import MOST_NAMED, Wish

if TYPE_CHECKING:
    from craftpath.delivery.web.blueprints.typed import Typed
    from craftpath.domain.exams.pool import Pool, Pooled

MOST_FOUND = 12
LOOKED_AT = 200
LONGEST = 90


def where_choices() -> list[tuple[str, str]]:
    """Where a named question may have to stand."""
    return [
        ("every", _("in every form")),
        ("some", _("in one form at least")),
        ("never", _("in no form")),
    ]


def naming(typed: Typed, pool: Pool, said: dict[str, list[str]], *, searched: bool) -> dict[str, Any]:
    """What the form shows of named questions; three queries at most."""
    words = called((one["item"] for one in typed.named), LONGEST)
    named = [
        {
            "n": n,
            "item": one["item"],
            "where": one["where"],
            "words": words.get(one["item"], one["item"]),
            "note": _note(pool.items.get(one["item"]), typed),
            "faults": said.get(f"named-{n}", []),
        }
        for n, one in enumerate(typed.named)
    ]
    results = _results(typed, pool) if searched else []
    return {
        "named": named,
        "where": where_choices(),
        "searched": searched,
        "results": results[:MOST_FOUND],
        "more": len(results) > MOST_FOUND,
        "can_name": len(named) < MOST_NAMED,
    }


def _results(typed: Typed, pool: Pool) -> list[dict[str, str]]:
    """Released questions that have all the words, or the number; those that are named already are left out."""
    named = {one["item"] for one in typed.named}
    rows = queries.items_wanted(queries.Wanted(words=typed.find, state="ready")).order_by("-pk")[:LOOKED_AT]
    keys = [row.public_id for row in rows if row.public_id in pool.items and row.public_id not in named]
    if typed.whole.get("goal") == "information":  # those that can take part first
        keys.sort(key=lambda key: pool.items[key].slope is None)
    words = called(keys[: MOST_FOUND + 1], LONGEST)
    return [
        {"item": key, "words": words.get(key, key), "note": _note(pool.items[key], typed)}
        for key in keys[: MOST_FOUND + 1]
    ]


def _note(item: Pooled | None, typed: Typed) -> str:
    """What a question is, and what keeps it out."""
    if item is None:
        return _("not released: no form can have it")
    told = [str(KINDS[item.kind]), str(DIFFICULTIES.get(item.difficulty, "")), two(item.share)]
    if typed.whole.get("goal") == "information" and item.slope is None:
        told.append(_("no a and b"))
    return " · ".join(one for one in told if one)


def difficulties_known(pool: Pool) -> str:
    """Of how many questions the difficulty was observed, expected by writers, or assumed."""
    items = pool.items.values()
    seen = sum(bool(item.observed) for item in items)
    expected = sum(item.share_said and not item.observed for item in items)
    assumed = len(items) - seen - expected
    said = [_("observed for %(seen)s of %(all)s questions") % {"seen": seen, "all": len(items)}]
    if expected:
        said.append(_("expected by writers for %(count)s") % {"count": expected})
    if assumed:
        said.append(_("assumed for %(count)s") % {"count": assumed})
    return " · ".join(said)


def curves_known(pool: Pool) -> str:
    """How many questions can take part where information is aimed at, and whose scale it is."""
    with_curve, count = pool.calibrated, len(pool.items)
    if not with_curve:
        return _("No released question has a and b yet; keep the figures of closed sittings first.")
    lost = count - with_curve
    words = ngettext(
        "%(with)s of %(all)s released questions have a and b on one scale; %(count)s cannot take part.",
        "%(with)s of %(all)s released questions have a and b on one scale; %(count)s cannot take part.",
        lost,
    )
    said = [words % {"with": with_curve, "all": count, "count": lost}]
    root = begun(pool.scale)
    if root is not None:
        said.append(
            _(
                "On this scale 0 is the mean of the %(n)s candidates of “%(title)s”, and 1 their standard deviation."
            )
            % {"n": root.n, "title": root.paper.title}
        )
    return together(said)


def named_lines(wish: Wish) -> list[tuple[str, str]]:
    """The named questions of a stored blueprint: what each asks, and where it stands; one query."""
    words = called((one.item for one in wish.named), LONGEST)
    where = dict(where_choices())
    return [(words.get(one.item, one.item), where[one.where]) for one in wish.named]
