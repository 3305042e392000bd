"""Proofs and next steps in sentences, with the page on which each can be read or done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from craftpath.delivery.web.growth.drawing import figure, word
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import day, listed, text
from craftpath.domain.growth.evidence import EXAMINED, MEASURED, OBSERVED, RATED, VIEWED, Proof
from craftpath.domain.growth.queries import views_of
from craftpath.domain.growth.standing import RULE, Standing
from craftpath.domain.growth.texts import KINDS, LEVELS, OBJECTION_STATES
from craftpath.domain.logbook.texts import SEEN_AS
from craftpath.domain.standards.queries import skills_by_key
from craftpath.kernel.roles import Permission
from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment
    from craftpath.domain.growth.models import SkillObjection
    from craftpath.domain.growth.steps import Step
    from craftpath.domain.standards.models import Skill
    from craftpath.kernel.people import Person

TICKED = {
    RATED: "results",
    OBSERVED: "people",
    EXAMINED: "file",
    VIEWED: "talk",
    MEASURED: "import",
    "taught": "learn",
}


@dataclass(frozen=True, slots=True)
class ProofLine:
    """One proof as a line of the timeline; `pull` is what it brought to the level, in points of the scale."""

    key: str
    kind: str
    icon: str
    day: str
    stage: str
    about: str
    how: str
    said: str
    via: str
    by: str
    weight: str
    pull: str
    url: str
    objection: SkillObjection | None
    objection_state: str


def proof_lines(
    request: Request,
    row: Enrolment,
    found: Standing,
    skill: str,
    objections: dict[tuple[str, str], SkillObjection],
) -> list[ProofLine]:
    """One person's proofs of one skill, the newest first; two queries."""
    pulls = found.pulls()
    same = [skill, *sorted(found.same[skill])]
    read = {view.public_id for view in views_of([row.pk])}
    named = skills_by_key(one.via for one in found.proofs)
    made = []
    for n in found.of(row.pk, skill):
        one = found.proofs[n]
        said_no = (objections.get((one.key, key)) for key in same)
        objection = next(filter(None, said_no), None)
        pull = float(pulls.pull[n])
        made.append(
            ProofLine(
                key=one.key,
                kind=str(KINDS[one.kind]),
                icon=TICKED.get(one.kind, "log"),
                day=day(one.on),
                stage=text(found.stages[found.places[n][2]].name),
                about=" · ".join(filter(None, (_name(one.about), _name(one.detail)))),
                how=how(one),
                said=one.said if one.kind != VIEWED or one.source.public_id in read else "",
                via=_via(named.get(one.via)),
                by=listed(one.by),
                weight="" if np.isnan(pull) else f"{float(pulls.weight[n]):.2f}",
                pull="" if np.isnan(pull) else f"{3 * pull:+.2f}".replace("-", "−"),
                url=url_of(request, row, one),
                objection=objection,
                objection_state=str(OBJECTION_STATES[objection.state]) if objection else "",
            )
        )
    return made


def _via(skill: Skill | None) -> str:
    return f"{text(skill.name)} · {text(skill.framework.name)}" if skill else ""


def _name(name: Text | str) -> str:
    return name if isinstance(name, str) else text(name.as_json())


def how(one: Proof) -> str:
    """How well, in the words of the source; "" for what never says how well."""
    if one.kind == OBSERVED:
        return str(SEEN_AS[one.answer])
    if one.kind == VIEWED:
        return str(LEVELS[int(one.answer)])
    if one.kind == EXAMINED and one.value is not None:
        said = ngettext(
            "%(share)s%% of the points of %(count)s question",
            "%(share)s%% of the points of %(count)s questions",
            one.count,
        )
        return said % {"share": f"{100 * one.value:.0f}", "count": one.count}
    if one.kind == MEASURED and one.value is not None:
        return _("%(share)s%% of the points") % {"share": f"{100 * one.value:.0f}"}
    if one.kind == RATED:
        return _("not observed") if one.value is None else f"{word(one.value)} ({figure(one.value)})"
    return ""


def url_of(request: Request, row: Enrolment, one: Proof) -> str:
    """The page on which the proof stands, if this reader has one."""
    key, source = request.organisation.key, one.source
    own = request.user.pk == row.person_id
    match (source.noun, source.kind):
        case ("judging", _):
            return reverse("judging:work", args=[key, source.public_id, row.public_id])
        case ("logbook", "entry"):
            return reverse("logbook:entry", args=[key, source.public_id])
        case ("logbook", "observation") if not own:
            return reverse("logbook:of_one", args=[key, row.public_id])
        case ("training", "stay"):
            return reverse("training:stay", args=[key, source.public_id])
        case ("exams", _) if own:
            return reverse("candidacies:one", args=[key, source.public_id])
    return ""


@dataclass(frozen=True, slots=True)
class Act:
    """One concrete thing to do, with its page if there is one."""

    words: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class StepCard:
    """A skill to go on with: what to do, and why it stands here."""

    step: Step
    name: str
    url: str
    acts: Sequence[Act]
    sign: str
    why: str


def step_cards(
    request: Request, row: Enrolment, steps: Sequence[Step], mentors: Sequence[Person]
) -> list[StepCard]:
    """The next steps in words; no query."""
    key = request.organisation.key
    return [
        StepCard(
            one,
            text(one.skill.name),
            reverse("growth:skill", args=[key, row.public_id, one.skill.key]),
            _acts(request, row, one, mentors),
            next((text(sign) for sign in one.skill.indicators), ""),
            _why(one),
        )
        for one in steps
    ]


def _acts(request: Request, row: Enrolment, one: Step, mentors: Sequence[Person]) -> list[Act]:
    key, own = request.organisation.key, request.user.pk == row.person_id
    found: list[Act] = []
    if one.work is not None:
        said = _("Show it in “%(work)s”, rated by %(day)s")
        facts = {"work": one.work.title, "day": day(one.work.due_on)}
        found.append(
            Act(said % facts, reverse("judging:work", args=[key, one.work.practical, row.public_id]))
        )
    if one.unit is not None:
        said = (
            _("Practise it in “%(unit)s”, until %(day)s")
            if one.unit.starts_on <= request.today
            else _("It is practised in “%(unit)s”, from %(first)s to %(day)s")
        )
        facts = {
            "unit": text(one.unit.unit),
            "first": day(one.unit.starts_on),
            "day": day(one.unit.ends_on),
        }
        found.append(Act(said % facts, reverse("training:stay", args=[key, one.unit.public_id])))
    if own:
        found += _own_acts(key, mentors)
    elif Permission.CONFIRM_LOGS in request.actor.permissions:
        found.append(Act(_("Watch a job and record how it went"), reverse("logbook:observe", args=[key])))
    elif mentors:
        found.append(
            Act(_("%(mentor)s can watch a job and record how it went") % {"mentor": listed(mentors)})
        )
    return found


def _own_acts(key: str, mentors: Sequence[Person]) -> list[Act]:
    log = reverse("logbook:week", args=[key])
    if not mentors:
        return [Act(_("Name this skill in your log when you practise it"), log)]
    ask = _("Ask %(mentor)s to watch you at a job and to record how it went")
    return [Act(ask % {"mentor": listed(mentors)}), Act(_("Name it in your log when you practise it"), log)]


def _why(one: Step) -> str:
    """The figures behind the order."""
    if one.goal:
        return _("A goal is set for it; goals come first.")
    need = f"{one.need:.2f}"
    units = ngettext(
        "%(count)s unit of this stage practises it", "%(count)s units of this stage practise it", one.units
    ) % {"count": one.units}
    if one.level is None:
        said = _("No proof in this stage yet (the middle, %(neutral)s, is taken); %(units)s. Need %(need)s.")
        return said % {"neutral": figure(RULE.neutral), "units": units, "need": need}
    said = _("Level %(level)s of 4 so far; %(units)s. Need %(need)s.")
    return said % {"level": figure(one.level), "units": units, "need": need}


def rule_facts() -> dict[str, Any]:
    """The figures of the rule, for the page that explains it."""
    return {
        "version": RULE.version,
        "neutral": figure(RULE.neutral),
        "known": f"{RULE.known:.0f}",
        "half_life": f"{RULE.half_life:.0f}",
        "fewest": RULE.fewest,
    }
