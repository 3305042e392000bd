"""A round that matches people."""

from __future__ import annotations

from datetime import date

from craftpath.domain.matching import actions as match
from craftpath.domain.matching.models import Round, Seat
from craftpath.domain.matching.proposing import think
from tests.cast import AT, TODAY, Cast


def match_up(cast: Cast) -> dict[str, str]:
    """A round that asks for wishes, with a profile, a way, a wish, a ban and a proposal. Once."""
    row = Round.objects.order_by("pk").first()
    mentor, apprentice = cast.people["mentor"], cast.enrolments["26001"]
    if row is None:
        office = {"by": cast.actor("coordinator"), "at": AT}
        match.write_profile(mentor, organisation=cast.jinheng, teaches=["TIG"], wants=["PLC"], **office)
        match.note_travel(cast.campus, cast.jinheng, organisation=cast.college, minutes=40, **office)
        some = [apprentice, cast.enrolments["26005"]]
        seats = [match.Sitting(mentor, "teaches", cast.college)]
        seats += [match.Sitting(one.person, "learns", cast.college, one) for one in some]
        row = match.open_round(
            "秋季", "college_tutor", seats, organisation=cast.college, starts_on=TODAY, **office
        )
        row = match.ask_preferences(row, until=date(2099, 12, 31), **office)
        mine = Seat.objects.get(round=row, person=apprentice.person)
        his = Seat.objects.get(round=row, person=mentor)
        match.state_preferences(row, mine, [his], by=cast.actor("apprentice"), at=AT)
        other = Seat.objects.get(round=row, person=some[1].person)
        match.mark_pair(row, his, other, "forbid", **office)
        match.keep_proposal(row, think(row), **office)
    taken = {one.person_id: one.public_id for one in Seat.objects.filter(round=row)}
    return {"row": row.public_id, "seat": taken[apprentice.person_id], "teacher": taken[mentor.pk]}
