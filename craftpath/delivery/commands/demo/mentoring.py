"""What pairs of the demo do together: a year of meetings, talks in every stage, agreements, a product, a graduation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from craftpath.delivery.commands.demo import mentoring_words as words
from craftpath.delivery.commands.demo.places import Places, Staff
from craftpath.domain.mentoring import actions
from craftpath.domain.mentoring.actions import Met
from craftpath.domain.mentoring.seeds import questions
from craftpath.domain.pairing.actions import Wanted, form_pair
from craftpath.domain.pairing.queries import pairs
from craftpath.domain.pairing.seeing import learners_in, people_in
from craftpath.kernel.access import Actor
from craftpath.kernel.people import DEMO_PREFIX
from craftpath.kernel.signing import parties_of

if TYPE_CHECKING:
    from craftpath.domain.mentoring.models import Goal, Meeting, PairAgreement
    from craftpath.domain.pairing.models import Pair
    from craftpath.kernel.people import Person

DAY = timedelta(days=1)
YEAR = 380


def work_together(places: Places, staff: Staff, by: Actor, *, at: datetime) -> None:
    """Most pairs meet in time; the demo's own people have something of everything."""
    actions.set_meeting_rule(
        places.college, every_days=14, talk_after_percent=50, needs_agreement=False, by=by, at=at - 60 * DAY
    )
    graduated, ready = _finished(places, staff, by, at)
    rows = {row.pk: row for row in pairs().filter(state="active", starts_on__lt=at.date() - 20 * DAY)}
    mentor = staff.mentors["jinheng"][0].pk
    own = [row for row in rows.values() if _taught_by(row, mentor) and row.kind == "master_apprentice"]
    demo = next(row for row in rows.values() if _is_demo(row))
    year = max((row for row in own if row.pk != demo.pk), key=lambda row: at.date() - row.starts_on)
    special = {demo.pk, year.pk, graduated.pk, ready.pk}
    _year(year, by, at)
    _fresh(demo, by, at)
    for row in rows.values():
        if row.kind in ("mutual", "red_white"):
            special.add(row.pk)
    _together([row for row in rows.values() if row.pk in special and row.kind != "master_apprentice"], by, at)
    _everybody([row for row in rows.values() if row.pk not in special], at)


def _taught_by(row: Pair, person: int) -> bool:
    return any(bond.teacher_id == person and bond.role != "deputy" for bond in row.bonds.all())


def _is_demo(row: Pair) -> bool:
    learner = any(bond.learner.username == f"{DEMO_PREFIX}apprentice" for bond in row.bonds.all())
    return learner and row.kind == "master_apprentice"


def _as(row: Pair, person: Person) -> Actor:
    return Actor(row.organisation, person)


def _sides(row: Pair) -> tuple[Person, Person]:
    """Who teaches and who learns, of the first bond that lasts."""
    lasting = (one for one in row.bonds.all() if one.role != "deputy" and one.ends_on in (None, row.ends_on))
    bond = next(lasting)
    return bond.teacher, bond.learner


def _meet(row: Pair, days_ago: Iterable[int], at: datetime, *, answered: bool = True) -> list[Meeting]:
    """Meetings so many days ago, written by one and confirmed by the other in turn."""
    made = []
    for n, ago in enumerate(days_ago):
        teacher, learner = _sides(row)
        writer, other = (learner, teacher) if n % 3 else (teacher, learner)
        about, own, theirs = words.TOPICS[n % len(words.TOPICS)]
        when = at - ago * DAY
        met = Met(
            when.date(), (45, 30, 60, 90, 20)[n % 5], words.MODES[n % len(words.MODES)], about, own, theirs
        )
        meeting = actions.write_meeting(
            row, met, other=other, made_id=f"demo-{row.pk}-{ago}", by=_as(row, writer), at=when
        )
        if answered:
            actions.confirm_meeting(meeting, seen=1, by=_as(row, other), at=when + timedelta(hours=5))
        made.append(meeting)
    return made


def _goal(row: Pair, person: Person, text: str, due: date, by: Actor, at: datetime) -> Goal:
    return actions.set_goal(row, person=person, text=text, due_on=due, by=by, at=at)


def _answers(given: dict[str, tuple[int, str]]) -> dict[str, dict[str, Any]]:
    return {one["key"]: dict(zip(("mark", "words"), given[one["key"]], strict=True)) for one in questions()}


def _talked(row: Pair, at: datetime) -> None:
    """Answered by both, agreed, closed."""
    people = people_in(row)
    for person, given in zip(people, (words.OTHER_ANSWERS, words.ANSWERS), strict=False):
        talk = actions.answer_talk(row, answers=_answers(given), by=_as(row, person), at=at)
    actions.agree_steps(talk, steps=words.STEPS, seen=0, by=_as(row, people[0]), at=at + DAY)
    for person in people:
        actions.close_talk(talk, seen=1, by=_as(row, person), at=at + 2 * DAY)


def _sign(agreement: PairAgreement, office: Actor, at: datetime, *, most: int = 9) -> None:
    document = agreement.document
    if document is None:
        raise RuntimeError("the demo has no agreement of a pair to sign")
    for hours, party in enumerate(parties_of(document)[:most], start=1):
        by = office if party.person is None else Actor(document.organisation, party.person)
        actions.sign_agreement(party, seen=document.sha256, by=by, at=at + timedelta(hours=hours))


def _finished(places: Places, staff: Staff, by: Actor, at: datetime) -> tuple[Pair, Pair]:
    """A technician who has finished with the demo's mentor, page and all; and one who could tomorrow."""
    some, today = staff.mentors["jinheng"], at.date()
    made = []
    for teacher, learner, began, ends, subject in (
        (some[0], some[5], YEAR, 6, "五轴联动加工"),
        (some[2], some[6], 240, 12, "精密测量"),
    ):
        wanted = [Wanted(teacher, learner, places.jinheng, subject=subject)]
        made.append(
            form_pair(
                "layered", wanted, organisation=places.college, starts_on=today - began * DAY,
                ends_on=today + ends * DAY, by=by, at=at - began * DAY,
            )
        )  # fmt: skip
    done, ready = made
    for row, texts, began in ((done, words.GOALS[:4], YEAR), (ready, words.GOALS[2:4], 240)):
        teacher, learner = _sides(row)
        for n, text in enumerate(texts):
            goal = _goal(
                row, learner, text, today - (90 - 20 * n) * DAY, _as(row, teacher), at - (began - 5) * DAY
            )
            actions.reach_goal(goal, by=_as(row, teacher), at=at - (95 - 20 * n) * DAY)
    _meet(done, range(began_of(done, today) - 9, 10, -24), at)
    _meet(ready, range(began_of(ready, today) - 9, 5, -45), at)
    _talked(done, at - 150 * DAY)
    actions.waive_talk(ready, because="两人同一班组，每天交流。", by=_as(ready, some[2]), at=at - 100 * DAY)
    _made(done, at - 30 * DAY)
    teacher, learner = _sides(done)
    for person, said in zip((teacher, learner), words.THANKS, strict=True):
        actions.give_thanks(done, words=said, by=_as(done, person), at=at - 3 * DAY)
    _sign(actions.draw_up_agreement(done, by=by, at=at - 300 * DAY), by, at - 299 * DAY)
    actions.graduate_pair(done, by=_as(done, teacher), at=at - 2 * DAY)
    return done, ready


def began_of(row: Pair, today: date) -> int:
    """How many days ago a pair began."""
    return (today - row.starts_on).days


def _made(row: Pair, at: datetime) -> None:
    """A product with a picture, shown a week later."""
    person = _as(row, _sides(row)[0])
    product = actions.keep_product(row, title=words.PRODUCT[0], words=words.PRODUCT[1], by=person, at=at)
    actions.add_product_file(product, content=words.fixture(), name="夹具.jpg", by=person, at=at)
    program = b"%\nO0417 (FIXTURE)\nG0 X120 Z5\nG1 Z-40 F0.12\nM30\n%\n"
    actions.add_product_file(product, content=program, name="O0417.nc", by=person, at=at)
    actions.show_product(
        product, on=(at + 7 * DAY).date(), audience=words.AUDIENCE, by=person, at=at + 7 * DAY
    )


def _year(row: Pair, by: Actor, at: datetime) -> None:
    """A year of meetings, signed; one talk was held, the apprentice has answered the next, the mentor has not."""
    teacher, learner = _sides(row)
    began = min(began_of(row, at.date()), 370)
    _sign(actions.draw_up_agreement(row, by=by, at=at - (began - 2) * DAY), by, at - (began - 3) * DAY)
    for n, text in enumerate(words.GOALS[:3]):
        goal = _goal(
            row, learner, text, at.date() + (40 * n - 60) * DAY, _as(row, teacher), at - (began - 5) * DAY
        )
        if n == 0:
            actions.reach_goal(goal, by=_as(row, teacher), at=at - 65 * DAY)
    _meet(row, [*range(began - 8, 20, -16), 9], at)
    _meet(row, [2], at, answered=False)
    _talked(row, at - 203 * DAY)
    actions.answer_talk(row, answers=_answers(words.ANSWERS), by=_as(row, learner), at=at - 2 * DAY)


def _fresh(row: Pair, by: Actor, at: datetime) -> None:
    """The demo's apprentice: six weeks old, an agreement that the office has still to sign, a correction, a wait."""
    teacher, learner = _sides(row)
    agreement = actions.draw_up_agreement(row, by=by, at=at - 12 * DAY)
    _sign(agreement, by, at - 11 * DAY, most=2)
    first = _goal(row, learner, words.GOALS[0], at.date() + 5 * DAY, _as(row, teacher), at - 40 * DAY)
    _goal(row, learner, words.GOALS[4], at.date() + 60 * DAY, _as(row, learner), at - 30 * DAY)
    actions.reach_goal(first, by=_as(row, teacher), at=at - 6 * DAY)
    actions.object_to_goal(
        first, because="试切还要师傅看着，请再给我两周。", by=_as(row, learner), at=at - 5 * DAY
    )
    _meet(row, (38, 31, 24, 17), at)
    [told] = _meet(row, (10,), at, answered=False)
    better = Met(
        told.on, 90, told.mode, f"{told.words}后来又一起试切了两件。", told.next_own, told.next_other
    )
    writer = next(one for one in (teacher, learner) if one.pk == told.asked)
    actions.correct_meeting(
        told, better, because="那天到下班才结束，不止 45 分钟。", seen=1, by=_as(row, writer), at=at - 9 * DAY
    )
    met = Met((at - 3 * DAY).date(), 40, "bench", "薄壁件怎么装夹，为什么先粗后精。", "把图再看一遍", "备料")
    actions.write_meeting(
        row,
        met,
        other=learner,
        made_id="demo-fresh",
        photo=words.fixture(),
        by=_as(row, teacher),
        at=at - 3 * DAY,
    )


def _together(rows: Sequence[Pair], by: Actor, at: datetime) -> None:
    """Red suit and white smock with a product that was shown; of two who learn from one another one lacks a goal."""
    for row in rows:
        people = learners_in(row)
        if row.kind == "red_white":
            for person, text in zip(people, ("能现场调试伺服参数", "能做误差分析并写报告"), strict=True):
                _goal(row, person, text, at.date() + 50 * DAY, _as(row, people[0]), at - 28 * DAY)
            _made(row, at - 9 * DAY)
            _meet(row, (25, 16, 4), at)
            agreement = actions.draw_up_agreement(row, by=by, at=at - 6 * DAY)
            _sign(agreement, by, at - 5 * DAY, most=1)
        elif row.kind == "mutual" and len(people) == 2:  # noqa: PLR2004 - of the ring all three lack one
            _goal(
                row, people[0], words.SMALL_GOALS[0], at.date() + 60 * DAY, _as(row, people[0]), at - 20 * DAY
            )
            _meet(row, (18,), at)


def _everybody(rows: Sequence[Pair], at: datetime) -> None:
    """All others: most met last week, some are late, a few never met."""
    for n, row in enumerate(rows):
        if n % 2 and began_of(row, at.date()) > 180:  # noqa: PLR2004 - who has been together for half a year
            by = _as(row, _sides(row)[0])
            actions.waive_talk(row, because="已并入上月的回顾谈话。", by=by, at=at - 40 * DAY)
        if n % 13 == 5:  # noqa: PLR2004
            continue
        _meet(row, (19,) if n % 7 == 3 else (3 + n % 8,), at, answered=not n % 3)  # noqa: PLR2004
