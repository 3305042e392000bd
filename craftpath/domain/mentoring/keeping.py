"""What the page of a pair that graduated shows: counted once, kept as plain values, never counted again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, Sum

from craftpath.domain.mentoring.models import Goal, HalfwayTalk, Meeting
from craftpath.domain.mentoring.queries import product_of, thanks_of
from craftpath.domain.pairing.seeing import people_in
from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.domain.mentoring.models import Product
    from craftpath.domain.pairing.models import Pair
    from craftpath.kernel.files import KeptFile


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that graduation asks for: `key`, whether it is there, and what is missing in numbers."""

    key: str
    done: bool
    count: int = 0


def checks(pair: Pair, lacking: int) -> list[Check]:
    """Goals settled, goals on both sides, the talk held or waived, and for red suit and white smock the product shown.

    `lacking` is how many sides have no goal in a pair that asks goals of both. Four queries.
    """
    open_goals = Goal._base_manager.filter(pair=pair, state="open").count()
    found = [Check("goals_settled", not open_goals, open_goals)]
    if pair.kind in ("mutual", "red_white"):
        found.append(Check("goals_both", not lacking, lacking))
    talks = HalfwayTalk._base_manager.filter(pair=pair)
    found.append(
        Check("talk", talks.exclude(state="open").exists() and not talks.filter(state="open").exists())
    )
    if pair.kind == "red_white":
        product = product_of(pair)
        found.append(Check("product", product is not None and bool(product.showings.all())))
    return found


def figures(pair: Pair, weeks: int, today: date) -> dict[str, Any]:
    """Everything that the page shows, as JSON: names, roles, days, meetings, goals, product, words, signed weeks.

    Meetings that nobody confirmed count too, and are said apart. Eight queries.
    """
    last = min(pair.ends_on - timedelta(days=1), today) if pair.ends_on else today
    met = Meeting._base_manager.filter(pair=pair).aggregate(
        n=Count("pk"), minutes=Sum("minutes"), confirmed=Count("pk", filter=Q(state="confirmed"))
    )
    reached = (
        Goal._base_manager.filter(pair=pair, state="reached")
        .select_related("person")
        .order_by("due_on", "pk")
    )
    product = product_of(pair)
    thanks = thanks_of(pair)
    return {
        "kind": pair.kind,
        "office": Text.of(pair.organisation.name).as_json(),
        "starts_on": pair.starts_on.isoformat(),
        "last_on": last.isoformat(),
        "days": (last - pair.starts_on).days + 1,
        "bonds": _bonds(pair),
        "people": [person.name for person in people_in(pair)],
        "meetings": met["n"],
        "confirmed": met["confirmed"],
        "minutes": met["minutes"] or 0,
        "goals": [{"name": goal.person.name, "text": goal.text} for goal in reached],
        "product": _product(product),
        "thanks": [{"name": row.person.name, "words": row.words} for row in thanks.values()],
        "weeks": weeks,
    }


def _bonds(pair: Pair) -> list[Mapping[str, Any]]:
    """Who taught whom until the end, without deputies and those of before."""
    lasting = [
        one for one in pair.bonds.all() if one.role != "deputy" and one.ends_on in (None, pair.ends_on)
    ]
    return [
        {
            "teacher": one.teacher.name,
            "learner": one.learner.name,
            "role": one.role,
            "share": one.share,
            "subject": one.subject,
            "place": Text.of(one.place.name).as_json(),
        }
        for one in lasting
    ]


def _product(product: Product | None) -> dict[str, Any] | None:
    if product is None:
        return None
    shown = [{"on": one.on.isoformat(), "audience": one.audience} for one in product.showings.all()]
    return {"title": product.title, "words": product.words, "shown": shown}


def picture_of(product: Product | None) -> KeptFile | None:
    """The first photo of a product."""
    photos = [] if product is None else [one for one in product.files.all() if one.kind == "photo"]
    return photos[0].kept if photos else None
