"""A pilot on its first round."""

from __future__ import annotations

from craftpath.domain.pilots import actions as pilots
from craftpath.domain.pilots.models import CountryCase, Deliverable, PilotChange, PilotRound
from tests.cast import AT, TODAY, Cast
from tests.domain.pilots import world as going


def go_round(cast: Cast) -> dict[str, str]:
    """A pilot of the college on its first round: a step of the trainer's, a file, a change, a case, a report. Once."""
    row = PilotRound.objects.order_by("pk").first()
    if row is None:
        by = {"by": cast.actor("coordinator"), "at": AT}
        own = going.started(cast, organisation=cast.college, members=[cast.college], **by)
        cycle = pilots.write_cycle(
            going.preset(), organisation=cast.college, name={"zh": "本院六步"}, origin={}, steps=going.preset().steps,
            **by,
        )  # fmt: skip
        row = going.begun(cast, own, cycle=cycle, **by)
        step = going.step_of(row)
        pilots.plan_step(step, owner=cast.people["trainer"], due_on=TODAY, **by)
        pilots.give_deliverable(step, made_id=going.NAME, key="ranking", content=b"%PDF-1.7\n%%EOF", **by)
        pilots.keep_case(step, going.case(), **by)
        going.waive(cast, going.step_of(row, "embed"))
        going.change(cast, row, **by)
        told = pilots.Told("CN", {"zh": "本院做法"}, {"zh": "做"}, {"zh": "学"}, ["embed"], "本院")
        pilots.write_case(told, organisation=cast.college, made_id=going.NAME, **by)
        pilots.issue_report(row, **by)
    pilot = row.pilot
    return {
        "pilot": pilot.public_id,
        "number": "1",
        "version": "1",
        "step": row.steps.get(key="define").public_id,
        "given": Deliverable.objects.earliest("pk").public_id,
        "change": PilotChange.objects.earliest("pk").public_id,
        "case": CountryCase.objects.filter(organisation=cast.college).earliest("pk").public_id,
        "cycle": row.cycle.public_id,
    }
