"""A point of the cast's campus, with a bundle made for it and something that was written on both sides."""

from __future__ import annotations

from tempfile import TemporaryFile

from django.core.cache import cache

from craftpath.kernel.points.keeping import set_up_point
from craftpath.kernel.points.outgoing import make_bundle
from craftpath.kernel.points.tables import Clash, Point
from tests.cast import AT, Cast

SECRET = "known"  # noqa: S105  (a word in an address)


def serve_a_point(cast: Cast) -> dict[str, str]:
    """Set up and sent to by the coordinator; once."""
    point = Point._base_manager.first()
    if point is None:
        by = cast.actor("coordinator")
        point = set_up_point(cast.campus, name="村委会电脑", by=by, at=AT).point
        with TemporaryFile() as stream:
            make_bundle(point, stream, by=by, at=AT)
        Clash._base_manager.create(
            mark="one", organisation=cast.campus, label="logbook.Entry", name="no-such-row", found_at=AT,
            kept={"text": "换刀"}, other={"text": "磨刀"}, kept_site="here", other_site="there",
        )  # fmt: skip
    cache.set(f"points.set-up.{cast.college.pk}.{SECRET}", b"age", 60)
    return {"point": point.public_id, "clash": Clash._base_manager.earliest("pk").public_id, "secret": SECRET}
