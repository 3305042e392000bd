"""The turners' curriculum in the demo: version 1 in force, 2 in review with votes of all sides, 3 a draft."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from craftpath.delivery.commands.demo.designing_words import (
    ASKED,
    ASSESSMENTS,
    CARDS,
    REMARKS,
    TASKS,
    WELDERS,
    WHY,
)
from craftpath.delivery.commands.demo.places import Places, Staff
from craftpath.domain.apprenticeships.queries import cohorts, enrolments
from craftpath.domain.curricula import actions
from craftpath.domain.curricula.actions import Asked
from craftpath.domain.curricula.cards import CardValues, OutcomeValues
from craftpath.domain.curricula.linking import AssessmentWanted, OutcomeWanted
from craftpath.domain.curricula.planning import Choice
from craftpath.domain.curricula.queries import cards, content_of, offer_of, versions
from craftpath.domain.curricula.replacing import Wanted
from craftpath.domain.curricula.serving import pointing
from craftpath.domain.occupations.queries import adopted, tasks_of
from craftpath.domain.partnership.queries import in_force
from craftpath.domain.programmes.queries import programmes, schemes
from craftpath.kernel.access import Actor, actor_in
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Role

if TYPE_CHECKING:
    from craftpath.domain.curricula.models import (
        ChosenUnit,
        CurriculumVersion,
        UnitCard,
        VersionOutcome,
        VersionReview,
    )
    from craftpath.domain.curricula.queries import Content
    from craftpath.domain.occupations.models import Chart

DAY = timedelta(days=1)
JUNIOR, CRAFT, MASTER = "junior_craftsman", "craftsman", "master_craftsman"
FIRST = 210  # days ago the first version was begun
SECOND = 30
# What version 2 takes: key and hours; the rest of the preset is left to the library.
PLAN: dict[str, tuple[tuple[str, int], ...]] = {
    JUNIOR: (("safety_first", 24), ("house_rules", 20), ("read_drawings", 43), ("tools_materials", 60),
             ("measuring", 40), ("turning_outside", 93), ("cnc_operation", 80), ("digital_basics", 40)),
    CRAFT: (("programming", 47), ("shift_talk", 20), ("standard_jobs", 93), ("threads", 60), ("machine_care", 60),
            ("hazardous_work", 40), ("tool_wear", 40), ("green_production", 40)),
    MASTER: (("complex_tasks", 106), ("thin_walls", 54), ("robot_cell", 54), ("guide_juniors", 40),
             ("lead_team", 40), ("exam_preparation", 66), ("craft_spirit", 14), ("costing", 26)),
}  # fmt: skip


@dataclass(frozen=True)
class _Studio:
    """Who acts, and when."""

    places: Places
    staff: Staff
    by: Actor
    at: datetime

    @property
    def approver(self) -> Actor:
        """Somebody of the college who makes no versions."""
        return Actor(self.places.college, self.staff.administrator, frozenset({Role.ADMINISTRATOR}))


def design_curricula(places: Places, staff: Staff, by: Actor, *, at: datetime) -> None:
    """Thirty cards, and versions in every state: three of the turners, two of the welders."""
    studio = _Studio(places, staff, by, at)
    first = _first(studio)
    _fill_library(studio)
    second = _second(studio, first)
    third = actions.draft_version(second, why=WHY[3], by=by, at=at - 2 * DAY)
    _third(studio, third)
    _welders(studio)


def _first(studio: _Studio) -> CurriculumVersion:
    """The preset's units, assessed by the turners' own scheme; reviewed, approved and put in force."""
    begun = studio.at - FIRST * DAY
    name = {"zh": "数控车工课程方案", "en": "CNC turners' curriculum"}
    version = _begun(studio, "turner", "cnc-turner", name, {"zh": "数控车工", "en": "CNC turner"}, begun)
    version = _approved(studio, _assessed(studio, version, begun + DAY), begun)
    return actions.activate_version(version, by=studio.approver, at=begun + 25 * DAY)


def _begun(
    studio: _Studio, scheme: str, key: str, name: dict[str, str], occupation: dict[str, str], at: datetime
) -> CurriculumVersion:
    own = (
        schemes().filter(organisation=studio.places.college, key=f"{scheme}-334").order_by("version").first()
    )
    actions.start_curriculum(
        studio.places.college, programme=programmes().get(key="cn_334"), key=key, name=name,
        occupation=occupation, scheme=own, by=studio.by, at=at,
    )  # fmt: skip
    return versions().get(curriculum__key=key, number=1)


def _approved(studio: _Studio, version: CurriculumVersion, begun: datetime) -> CurriculumVersion:
    people = (studio.staff.trainer, studio.staff.assessor)
    asked = [Asked(one, "college", studio.places.college) for one in people]
    review = actions.open_review(
        version, asked, due_on=(begun + 20 * DAY).date(), revision=version.revision, by=studio.by,
        at=begun + 3 * DAY,
    )  # fmt: skip
    for one in asked:
        voter = Actor(one.organisation, one.person, frozenset({Role.TRAINER}))
        actions.vote(review, "agree", by=voter, at=begun + 6 * DAY)
    return actions.approve_version(version, by=studio.approver, at=begun + 22 * DAY)


def _welders(studio: _Studio) -> None:
    """A draft that was given up, and a version that is approved and waits to be put in force."""
    begun = studio.at - 60 * DAY
    name = {"zh": "焊工课程方案", "en": "Welders' curriculum"}
    version = _begun(studio, "welder", "welder", name, {"zh": "焊工", "en": "Welder"}, begun)
    second = actions.draft_version(version, why=WELDERS, by=studio.by, at=begun + DAY)
    actions.retire_version(version, by=studio.by, at=begun + 2 * DAY)
    _approved(studio, _assessed(studio, second, begun + 2 * DAY), begun + 3 * DAY)


def _assessed(studio: _Studio, version: CurriculumVersion, at: datetime) -> CurriculumVersion:
    """Every outcome is shown by something: knowledge in examinations, skills at work, attitudes in the process."""
    content = content_of(version)
    by_component: dict[str, list[str]] = {}
    for one in content.assessments:
        by_component.setdefault(one.component, []).append(one.key)
    process, practical, exam = (by_component[key] for key in ("process", "practical_activity", "final_exam"))
    sees = set()
    for number, outcome in enumerate(content.outcomes):
        if outcome.area == "general_professional_knowledge":
            sees |= {(outcome.key, key) for key in exam}
        elif outcome.area == "general_professional_skills":
            sees.add((outcome.key, practical[number % len(practical)]))
        else:
            sees.add((outcome.key, process[number % len(process)]))
    for number, key in enumerate([*process, *practical, *exam]):
        sees.add((content.outcomes[number].key, key))
    return actions.set_links(
        version, teaches=content.teaches, sees=sees, among=[one.key for one in content.outcomes],
        revision=version.revision, by=studio.by, at=at,
    )  # fmt: skip


def _fill_library(studio: _Studio) -> None:
    """The turners' own cards beside those of the preset; one of them is offered no more."""
    offer = offer_of(studio.places.college.pk)
    wanted = [_values(row, offer.buckets) for row in CARDS]
    actions.take_in_cards(studio.places.college, wanted, by=studio.by, at=studio.at - (SECOND + 5) * DAY)
    old = cards().get(organisation=studio.places.college, key="basic_operations")
    actions.retire_card(old, by=studio.by, at=studio.at - 20 * DAY)


def _values(row: tuple[Any, ...], buckets: Any) -> CardValues:
    key, zh, en, hours, bucket, stages, skills, needs, outcomes = row
    return CardValues(
        key, {"zh": zh, "en": en}, hours * 60, buckets[bucket].place, bucket, tuple(stages), "", dict(skills),
        tuple(needs), "skilled_master" if bucket == "workplace" else "trainer",
        "数控实训车间" if bucket == "workplace" else "", outcomes=tuple(_outcome(one) for one in outcomes),
    )  # fmt: skip


def _outcome(row: tuple[str, ...]) -> OutcomeValues:
    key, zh, en, skill, area, task = row
    tasks = ({"ref": "", "words": task},) if task else ()
    return OutcomeValues(key, {"zh": zh, "en": en}, (skill,), area, tasks)


def _second(studio: _Studio, first: CurriculumVersion) -> CurriculumVersion:
    """Sharpened for turners, complete; in review since nine days."""
    begun = studio.at - SECOND * DAY
    version = actions.draft_version(first, why=WHY[2], by=studio.by, at=begun)
    library = {
        card.key: card
        for card in cards().filter(organisation=studio.places.college).prefetch_related("outcomes")
    }
    version = actions.choose_units(
        version, [Choice(library[key], stage, hours * 60) for stage, rows in PLAN.items() for key, hours in rows],
        revision=version.revision, by=studio.by, at=begun + DAY,
    )  # fmt: skip
    version = _complete(studio, version, library, begun + 2 * DAY)
    asked = _people(studio)
    review = actions.open_review(
        version, asked, due_on=(studio.at + 5 * DAY).date(), words=ASKED, revision=version.revision,
        by=studio.by, at=studio.at - 9 * DAY,
    )  # fmt: skip
    _votes(studio, review, asked)
    _remarks(studio, review)
    return version


def _complete(
    studio: _Studio, version: CurriculumVersion, library: dict[str, UnitCard], at: datetime
) -> CurriculumVersion:
    """Outcomes of units that are out go too, tasks are named, and new assessments show what is new."""
    content = content_of(version)
    chart = _charted(studio, version, at)
    taught = {outcome for outcome, _unit in content.teaches}
    kept = [one for one in content.outcomes if one.key in taught]
    own = tuple(AssessmentWanted(key, {"zh": zh, "en": en}, part, "", words=words)
                for key, zh, en, part, words in ASSESSMENTS)  # fmt: skip
    before = tuple(
        AssessmentWanted(one.key, one.name, one.component, one.item, one.source, one.words)
        for one in content.assessments
    )
    sees = {pair for pair in content.sees if pair[0] in taught}
    unseen = [one.key for one in kept if not any(outcome == one.key for outcome, _key in sees)]
    sees |= {(key, own[number % len(own)].key) for number, key in enumerate(unseen)}
    wanted = Wanted(
        [(_as_chosen(unit, library), unit.stage) for unit in content.units],
        [_outcome_wanted(content, one, chart) for one in kept],
        (*before, *own),
        sees,
    )
    actions.replace_content(version, wanted, revision=version.revision, by=studio.by, at=at)
    return versions().get(pk=version.pk)


def _charted(studio: _Studio, version: CurriculumVersion, at: datetime) -> Chart:
    """The turners' own chart, which their curriculum follows from now on."""
    chart = next(row for row in adopted(studio.places.college) if row.occupation.name["zh"] == "数控车工")
    actions.follow_chart(version.curriculum, chart, by=studio.by, at=at)
    return chart


def _as_chosen(unit: ChosenUnit, library: dict[str, UnitCard]) -> CardValues:
    return CardValues(
        unit.key, unit.name, unit.minutes, unit.place, unit.bucket, (), unit.area, unit.skills,
        tuple(unit.prerequisites or library[unit.key].prerequisites), unit.trainer, unit.room, unit.hazardous,
        tuple(unit.resources),
    )  # fmt: skip


def _outcome_wanted(content: Content, one: VersionOutcome, chart: Chart) -> OutcomeWanted:
    charted = {task.statement.zh: task for task in tasks_of(chart) if not task.left_out}
    tasks = [pointing(charted[words]) for words in TASKS.get(one.key, ()) if words in charted] or one.tasks
    units = [unit.key for unit in content.units_of(one.key)]
    return OutcomeWanted(one.key, one.name, one.skills, one.area, tasks, units)


def _people(studio: _Studio) -> list[Asked]:
    """Trainers and the assessor, mentors of the partner enterprises with their office, eight turners."""
    college, staff = studio.places.college, studio.staff
    trainers = Person.objects.filter(username__in=[f"lanchuan-t0{n}" for n in (1, 2, 3)]).order_by("username")
    asked = [Asked(one, "college", college) for one in [staff.trainer, staff.assessor, *trainers]]
    for host in (studio.places.jinheng, studio.places.qinghe):
        if in_force(host, college, studio.at.date()):
            asked += [Asked(one, "enterprise", host) for one in staff.mentors[host.key][:3]]
    if in_force(studio.places.jinheng, college, studio.at.date()):
        asked.append(Asked(staff.hr, "enterprise", studio.places.jinheng))
    cohort = (
        cohorts().filter(state="running", occupation__en="CNC turner").select_related("organisation").first()
    )
    if cohort is not None:
        rows = enrolments().filter(cohort=cohort, state="active").order_by("number")[:8]
        asked += [Asked(row.person, "apprentices", cohort.organisation) for row in rows]
    return asked


def _votes(studio: _Studio, review: VersionReview, asked: list[Asked]) -> None:
    """Most have voted; the demo's own mentor and apprentice have not, so that somebody can."""
    waiting = {studio.staff.trainer.pk, studio.staff.mentors["jinheng"][0].pk}
    turn = {"college": ("agree", "agree", "changes"), "enterprise": ("agree", "changes", "agree", "against"),
            "apprentices": ("agree", "agree", "agree", "changes")}  # fmt: skip
    counted: dict[str, int] = {}
    for number, one in enumerate(asked):
        place = counted.get(one.side, 0)
        counted[one.side] = place + 1
        if one.person.pk in waiting or (one.side == "apprentices" and place == 1):
            continue
        voter = Actor(one.organisation, one.person, frozenset({Role.MENTOR}))
        given = turn[one.side][place % len(turn[one.side])]
        actions.vote(review, given, by=voter, at=studio.at - 8 * DAY + number * timedelta(hours=5))


def _remarks(studio: _Studio, review: VersionReview) -> None:
    """Remarks on the whole, on units and on an outcome; answered, resolved or open."""
    asked = {row.person_id: row for row in review.reviewers.select_related("person", "organisation")}
    mentors = studio.staff.mentors
    apprentice = next((row.person for row in asked.values() if row.side == "apprentices"), None)
    people = {"mentor": mentors["jinheng"][1], "mentor2": mentors["jinheng"][2], "hr": studio.staff.hr,
              "trainer": studio.staff.assessor, "apprentice": apprentice}  # fmt: skip
    for number, (who, topic, words, answer, resolved) in enumerate(REMARKS):
        person = people[who]
        if person is None or person.pk not in asked:
            continue
        about, _colon, key = topic.partition(":")
        row = asked[person.pk]
        speaker = Actor(row.organisation, person, frozenset({Role.MENTOR}))
        moment = studio.at - 7 * DAY + number * timedelta(hours=20)
        made = actions.say(
            review, words, made_id=f"demo-{number}", about=about, key=key, by=speaker, at=moment
        )
        if answer:
            actions.say(review, answer, made_id=f"demo-{number}-a", answers=made, by=studio.by,
                        at=moment + timedelta(hours=9))  # fmt: skip
        if resolved:
            actions.resolve(made, resolved=True, by=studio.by, at=moment + timedelta(hours=10))


def _third(studio: _Studio, version: CurriculumVersion) -> None:
    """Half-way: a unit more than fits, one before what it needs, an outcome that nothing shows."""
    by = actor_in(studio.staff.trainer, studio.places.college, studio.at.date()) or studio.by
    at = studio.at - DAY
    first_piece = cards().get(organisation=studio.places.college, key="first_piece")
    actions.put_in(version, first_piece, stage=CRAFT, revision=version.revision, by=by, at=at)
    version.refresh_from_db()
    actions.set_minutes(version, {"cnc_operation": 93 * 60, "machine_care": 47 * 60}, revision=version.revision,
                        by=by, at=at)  # fmt: skip
    version.refresh_from_db()
    actions.move_unit(
        version, "turning_outside", stage=JUNIOR, place=3, revision=version.revision, by=by, at=at
    )
