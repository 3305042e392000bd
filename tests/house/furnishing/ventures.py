"""Something run together that has everything, and one that is finished with a product."""

from __future__ import annotations

from craftpath.domain.ventures import actions
from craftpath.domain.ventures.models import Side, Venture
from tests.cast import AT, TODAY, Cast
from tests.domain.ventures.world import office, running
from tests.photos import picture


def work_jointly(cast: Cast) -> dict[str, str]:
    """A project that runs, with the trainer in charge, and a finished one; once."""
    if not Venture._base_manager.exists():
        _make(cast)
    row, done = Venture._base_manager.order_by("pk")[:2]
    return {
        "venture": row.public_id,
        "finished": done.public_id,
        "cooperation": row.cooperation.public_id,
        "milestone": row.milestones.earliest("pk").public_id,
        "pointer": row.pointers.earliest("pk").public_id,
        "charge": row.charges.earliest("pk").public_id,
        "file": row.files.earliest("pk").public_id,
    }


def _make(cast: Cast) -> None:
    row, by = running(cast), cast.actor("trainer")
    actions.add_milestone(row, title="样件", due_on=TODAY, by=by, at=AT)
    ref = f"apprenticeships/cohort/{cast.cohort.public_id}"
    actions.point_to(row, ref, offered={ref}, by=by, at=AT)
    actions.add_file(row, content=b"%PDF-1.4 x", name="x.pdf", title="图纸", by=by, at=AT)
    actions.write_log(row, words="开工", on=TODAY, by=by, at=AT)
    side = Side.objects.get(venture=row, organisation=cast.jinheng)
    actions.name_in_charge(row, side, cast.people["hr"], role="", by=office(cast), at=AT)
    done = running(cast)
    actions.finish_venture(
        done, product={"zh": "夹具"}, words="快", picture=(picture(), "x.jpg"), on=TODAY,
        by=cast.actor("coordinator"), at=AT,
    )  # fmt: skip
