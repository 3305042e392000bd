"""Flows: states reached, moves with their actions, facts and reasons with their texts, actions by and at."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from pathlib import Path
from types import ModuleType

import pytest

import craftpath.domain
from craftpath.kernel import invitations, layouts, links, sheets
from craftpath.kernel.facts import FACTS
from craftpath.kernel.twins.states import MERGE, TWINS
from craftpath.values.flow import Flow

PACKAGE = Path(__file__).resolve().parents[2] / "craftpath"
NOUNS = [name for _, name, is_package in pkgutil.iter_modules(craftpath.domain.__path__) if is_package]


def _module(noun: str, name: str) -> ModuleType | None:
    try:
        return importlib.import_module(f"craftpath.domain.{noun}.{name}")
    except ModuleNotFoundError:
        return None


FLOWS = [
    (noun, flow)
    for noun in NOUNS
    if (states := _module(noun, "states"))
    for flow in vars(states).values()
    if isinstance(flow, Flow)
]


def test_there_are_flows_to_look_at() -> None:
    assert {flow.key for _, flow in FLOWS} == {
        "programmes.scheme",
        "committees.decision",
        "committees.meeting",
        "committees.motion",
        "partnership.contribution",
        "partnership.cooperation",
        "bookings.booking",
        "ventures.venture",
        "passport.arrival",
        "passport.share",
        "certificates.kind",
        "certificates.certificate",
        "certificates.batch",
        "certificates.key",
        "accreditation.registration",
        "accreditation.place",
        "accreditation.application",
        "offers.request",
        "agreements.application",
        "agreements.agreement",
        "agreements.amendment",
        "agreements.absence",
        "appraisals.round",
        "appraisals.contest",
        "apprenticeships.cohort",
        "apprenticeships.enrolment",
        "apprenticeships.stage",
        "care.incident",
        "bulletins.bulletin",
        "bulletins.voice",
        "claims.claim",
        "protection.assessment",
        "protection.breach",
        "protection.request",
        "insight.handover",
        "support.act",
        "support.correction",
        "support.sign",
        "credits.diploma",
        "credits.request",
        "care.complaint",
        "courses.course",
        "courses.run",
        "curricula.card",
        "curricula.review",
        "curricula.version",
        "directives.directive",
        "evaluation.contest",
        "growth.goal",
        "growth.objection",
        "judging.practical",
        "judging.rubric",
        "curricula.draft",
        "exams.assembly",
        "exams.appeal",
        "exams.item",
        "exams.paper",
        "exams.sitting",
        "exams.study",
        "learning.session",
        "logbook.entry",
        "lti.key",
        "lti.platform",
        "lti.tool",
        "matching.round",
        "allowances.book",
        "allowances.run",
        "allowances.calculation",
        "allowances.question",
        "needs.analysis",
        "mentoring.agreement",
        "mentoring.goal",
        "mentoring.meeting",
        "mentoring.talk",
        "occupations.chart",
        "occupations.import",
        "packages.package",
        "resources.pair",
        "resources.resource",
        "resources.source",
        "resources.suggestion",
        "resources.version",
        "pairing.pair",
        "pairing.wish",
        "groups.group",
        "groups.member",
        "groups.session",
        "groups.swap",
        "groups.task",
        "forums.forum",
        "forums.hiding",
        "forums.meeting",
        "forums.post",
        "forums.report",
        "forums.topic",
        "questions.hiding",
        "questions.post",
        "questions.report",
        "reading.list",
        "reading.record",
        "reviews.goal",
        "reviews.review",
        "study.diagnosis",
        "study.objection",
        "study.override",
        "study.set",
        "surveys.survey",
        "standards.framework",
        "teaching.peak",
        "teaching.taught",
        "teaching.team",
        "pilots.case",
        "pilots.change",
        "pilots.pilot",
        "pilots.round",
        "pilots.step",
        "sharing.rule",
        "stories.story",
        "studio.version",
        "subsidies.file",
        "subsidies.finding",
        "subsidies.pack",
        "training.pattern",
        "training.stay",
        "workshops.case",
        "workshops.poll",
        "workshops.question",
        "workshops.registration",
        "workshops.workshop",
    }


KERNEL = [sheets.SHEET, invitations.INVITATION, layouts.LAYOUT, links.LINK, MERGE, TWINS]


@pytest.mark.parametrize("flow", [flow for _, flow in FLOWS] + KERNEL, ids=lambda flow: flow.key)
def test_every_state_is_reached_from_the_start(flow: Flow) -> None:
    assert flow.reachable() == set(flow.states)


@pytest.mark.parametrize(("noun", "flow"), FLOWS, ids=lambda value: getattr(value, "key", value))
def test_every_move_has_an_action_of_its_name(noun: str, flow: Flow) -> None:
    actions = _module(noun, "actions")
    verbs = {
        name.split("_")[0] for name, value in vars(actions).items() if getattr(value, "is_action", False)
    }
    assert set(flow.moves) <= verbs


@pytest.mark.parametrize("noun", NOUNS)
def test_every_public_action_takes_by_and_at(noun: str) -> None:
    actions = _module(noun, "actions")
    if actions is None:
        return
    own = [
        value
        for name, value in inspect.getmembers(actions, inspect.isfunction)
        if not name.startswith("_") and value.__module__ == actions.__name__
    ]
    writes = [function for function in own if "at" in inspect.signature(function).parameters]
    assert [function.__name__ for function in writes if not getattr(function, "is_action", False)] == []


def test_every_reason_code_in_the_code_has_its_sentence() -> None:
    import craftpath.project.urls  # noqa: F401  (each noun's pages teach the shell its reasons)
    from craftpath.delivery.web.shell.refusals import REASONS

    codes = set()
    for path in PACKAGE.rglob("*.py"):
        codes |= set(re.findall(r"(?:not_now|may_not)\(\s*\"([a-z_]+\.[a-z_]+)\"", path.read_text("utf-8")))
    assert codes
    assert codes - set(REASONS) == set()


def test_every_fact_has_a_sentence_in_the_history() -> None:
    from craftpath.delivery.web.history.sentences import SENTENCES

    assert set(FACTS) - set(SENTENCES) == set()
