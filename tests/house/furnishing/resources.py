"""The library of the cast's college: something shared, a double of it, a draft, and a catalogue with a suggestion."""

from __future__ import annotations

import uuid

from craftpath.domain.resources import actions
from craftpath.domain.resources.models import Pair, Resource, Source, Suggestion
from craftpath.kernel.tenancy import everywhere
from tests.cast import AT, Cast
from tests.domain.resources.world import dropped, shared

COME = {"title": {"zh": "电弧焊安全", "en": "Arc welding safety"}, "address": "https://films.example/1"}


def stock_a_library(cast: Cast) -> dict[str, str]:
    """Ids of one of each; once."""
    with everywhere("a test looks at everything"):
        if not Resource.objects.exists():
            _stock(cast)
        row = Resource.objects.filter(state="shared").order_by("pk")[0]
        assert row.current is not None
        return {
            "resource": row.public_id,
            "version": row.current.public_id,
            "draft": Resource.objects.filter(state="draft").order_by("pk")[0].public_id,
            "pair": Pair.objects.get().public_id,
            "source": Source.objects.get().public_id,
            "suggestion": Suggestion.objects.order_by("pk")[0].public_id,
            "form": "lom",
        }


def _stock(cast: Cast) -> None:
    office = cast.actor("coordinator")
    first = shared(cast)
    shared(cast)
    dropped(cast, "Lockout and tagout: stop, lock, tag, try.", "lockout.txt")
    assert first.current is not None
    where = {"organisation": cast.college, "by": office, "at": AT}
    actions.note_uses(first.ref, {"zh": "课"}, {first.current.public_id}, **where)
    actions.star_resource(first, 4, by=office, at=AT)
    actions.review_resource(first, ["correct", "clear", "usable", "rights"], by=office, at=AT)
    text = "Lockout and tagout, second edition: stop, lock, tag, try. " * 3
    made_id = uuid.uuid4()
    actions.add_version(first, text.encode(), "2.txt", made_id=made_id, by=cast.actor("trainer"), at=AT)
    source = Source.objects.create(
        organisation=cast.college, name="样例目录", address="https://films.example/oai", made_at=AT
    )
    came = [actions.Came(f"oai:films:{n}", "2026-09-01", COME) for n in (1, 2)]
    actions.note_part(source, came, token="", begun="2026-09-01T00:00:00Z", by=office, at=AT)
