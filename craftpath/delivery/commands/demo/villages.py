"""A class in a village without a network: weeks of bundles, and once both sides wrote the same."""

from __future__ import annotations

from datetime import datetime, timedelta
from tempfile import TemporaryFile

from craftpath.delivery.commands.demo.logs import keep_logs
from craftpath.delivery.commands.demo.names import draw
from craftpath.delivery.commands.demo.places import Places, Staff
from craftpath.domain.apprenticeships import actions as apprenticeships
from craftpath.domain.apprenticeships import queries as enrolled
from craftpath.domain.logbook.queries import latest_entry
from craftpath.domain.programmes import queries as programmes
from craftpath.kernel.access import Actor, actor_in
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.points.keeping import set_up_point
from craftpath.kernel.points.noticing import this_instance
from craftpath.kernel.points.outgoing import make_bundle
from craftpath.kernel.points.tables import CarriedRow, Clash, Exchange, Point

PEOPLE = 6
LAPTOP = "stone-bridge"
"""How the laptop of the village calls itself; it is not here to say so."""
CAME = (
    (20, 1, 61_204, 214, 209),
    (13, 2, 58_731, 187, 181),
    (6, 3, 63_377, 231, 226),
    (1, 4, 22_018, 64, 61),
)
"""Bundles of the laptop: days ago, number, bytes, rows, rows that were new."""


def serve_villages(places: Places, staff: Staff, *, at: datetime) -> None:
    """A class of the village, three weeks of its logs, its point and what came and went."""
    village = Organisation.objects.get(key="lanchuan-shiqiao")
    by = actor_in(staff.coordinator, village, at.date())
    if by is None:
        raise RuntimeError("the demo's coordinator has no role in the village")
    _learn(village, places, by, at)
    point = _set_up(village, by, at)
    _exchange(point, by, at)
    _clash(point, village, at)


def _learn(village: Organisation, places: Places, by: Actor, at: datetime) -> None:
    began = at - timedelta(days=63)
    cohort = apprenticeships.plan_cohort(
        organisation=village,
        programme=programmes.programmes().get(key="cn_334"),
        name={
            "zh": f"农机维修 {began.year} 级村镇班",
            "en": f"Farm machinery repair {began.year}, village class",
        },
        occupation={"zh": "农机修理工", "en": "Farm machinery mechanic"},
        starts_on=began.date(),
        by=by,
        at=began - timedelta(days=7),
    )
    cohort = apprenticeships.start_cohort(cohort, by=by, at=began)
    roster = [
        apprenticeships.RosterEntry(
            f"{began.year}31{n:02}",
            name,
            name_latin=latin,
            enterprise=places.jinheng,
            mentor=None,
            stage=None,
        )
        for n, (name, latin) in enumerate(draw(PEOPLE, seed=31), start=1)
    ]
    apprenticeships.take_roster(cohort, roster, by=by, at=began)
    keep_logs(list(enrolled.enrolments().filter(cohort=cohort).order_by("number")), at=at)


def _set_up(village: Organisation, by: Actor, at: datetime) -> Point:
    made = set_up_point(village, name="石桥村委会电脑", by=by, at=at - timedelta(days=22)).point
    for days in (22, 13, 6):
        with TemporaryFile() as stream:
            make_bundle(made, stream, by=by, at=at - timedelta(days=days))
    return made


def _exchange(point: Point, by: Actor, at: datetime) -> None:
    for days, number, size, rows, written in CAME:
        Exchange.objects.create(
            point=point, way="in", number=number, at=at - timedelta(days=days), by=by.person, size=size,
            rows=rows, written=written, clashes=int(days == CAME[-1][0]),
        )  # fmt: skip
    Point.objects.filter(pk=point.pk).update(
        instance=LAPTOP, taken=CAME[-1][1], heard=3, heard_at=at - timedelta(days=CAME[-1][0])
    )


def _clash(point: Point, village: Organisation, at: datetime) -> None:
    learner = enrolled.enrolments().filter(cohort__organisation=village).order_by("number").first()
    entry = latest_entry(learner.pk, at.date()) if learner else None
    row = CarriedRow.objects.filter(label="logbook.Entry", local=str(entry.pk)).first() if entry else None
    if entry is None or row is None:
        raise RuntimeError("the village has no logs")
    Clash.objects.create(
        mark="demo-village", organisation=village, label=row.label, name=row.name,
        kept={"text": entry.text}, other={"text": f"{entry.text}（村里补记：更换了联合收割机的传动皮带。）"},
        kept_site=this_instance(), other_site=LAPTOP, found_at=at - timedelta(days=CAME[-1][0]),
    )  # fmt: skip
