"""The demo is alive: everybody is there, in all three stages, and every mark has its cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from craftpath.delivery.commands.demo.building import awake, build
from craftpath.domain.apprenticeships.models import Enrolment, StageProgress
from craftpath.domain.certificates.models import Certificate
from craftpath.domain.claims.models import Claim
from craftpath.domain.credits.models import Request
from craftpath.domain.credits.planning import holding_of, ways
from craftpath.domain.credits.queries import account_of, diplomas, whole
from craftpath.domain.evaluation.models import Contest, Mark, Result, ResultVersion
from craftpath.domain.passport.models import Share
from craftpath.domain.programmes.models import EvaluationScheme
from craftpath.domain.subsidies.models import Finding, SubsidyFile
from craftpath.kernel.access import Membership
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.invitations import Invitation
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import DEMO_PREFIX, Person
from craftpath.kernel.roles import Role
from craftpath.kernel.sheets import SheetImport
from craftpath.kernel.tenancy import everywhere
from craftpath.kernel.twins.tables import Twins

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_rows"), pytest.mark.timeout(900)]


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    """The whole demo, made now, once for all tests of this module: each of them undoes what it does."""
    moment = awake(timezone.now())
    with django_db_blocker.unblock(), everywhere("the demo is made"), transaction.atomic():
        build(at=moment)
        yield moment
        transaction.set_rollback(True)


@pytest.fixture
def demo(built: Any, db: Any) -> Any:
    """The moment at which it was made."""
    return built


@pytest.mark.parametrize(
    ("now", "stands"),
    [
        ("2026-11-30T16:06:00Z", "2026-11-30T20:00:00+08:00"),  # six minutes into December in China
        ("2026-11-30T21:59:00Z", "2026-11-30T20:00:00+08:00"),
        ("2026-11-30T22:00:00Z", "2026-12-01T06:00:00+08:00"),
        ("2026-11-30T09:30:00Z", "2026-11-30T17:30:00+08:00"),
    ],
)
def test_at_night_it_is_still_the_evening_before(now: str, stands: str) -> None:
    assert awake(datetime.fromisoformat(now)) == datetime.fromisoformat(stands)


def test_it_has_everybody_and_everything(demo: Any) -> None:
    kinds = Counter(Organisation.objects.values_list("kind", flat=True))
    schools = {"college": 1, "campus": 4, "point": 2, "institute": 2, "centre": 1}
    assert kinds == {"city": 1, "enterprise": 4, "site": 2} | schools  # one came by the register
    funded = Counter(SubsidyFile.objects.values_list("state", flat=True))
    assert funded == {"closed": 1, "refund_due": 1, "noticed": 1, "returned": 1, "filed": 1}
    assert Counter(Finding.objects.values_list("state", flat=True)) == {"answered": 1, "open": 1}
    # Somebody has a place and a draft; a village class; those of before, on whom early help learned.
    assert Enrolment.objects.count() == 60 + 12 + 1 + 6 + 132
    at_work = StageProgress.objects.exclude(enrolment__cohort__organisation__key="lanchuan-old")
    open_stages = at_work.filter(state="open").values_list("stage__key", flat=True)
    assert Counter(open_stages) == {
        "junior_craftsman": 30,
        "craftsman": 22,
        "master_craftsman": 14,
        "year4_half": 5,
        "end_point_assessment": 4,
        "period4": 3,
    }
    players = Person.objects.filter(username__startswith=DEMO_PREFIX).values_list("username", flat=True)
    assert set(players) == {f"{DEMO_PREFIX}{role}" for role in Role}
    trainers = Membership.objects.filter(role__in=["mentor", "trainer"]).values("person").distinct().count()
    assert (
        trainers == 41
    )  # one came by an invitation, three teach in a chain only, six are tutors, five are doubles, one taught before
    assert (
        Membership.objects.filter(ends_on__isnull=False).count() == 4
    )  # one by a merge, two of the mentor of before
    assert Counter(Invitation.objects.values_list("state", flat=True)) == {
        "sent": 1,
        "accepted": 1,
        "withdrawn": 1,
    }
    assert {scheme.state for scheme in EvaluationScheme.objects.filter(organisation__isnull=False)} == {
        "draft",
        "in_use",
    }


def test_recognition_is_seen_in_every_state(demo: Any) -> None:
    def states(rows: Any) -> set[str]:
        return set(rows.values_list("state", flat=True))

    assert states(Certificate.objects) == {"issued", "revoked", "replaced"}
    over = Certificate.objects.filter(state="issued", valid_until__lt=demo.date())
    soon = Certificate.objects.filter(
        state="issued", valid_until__range=(demo.date(), demo.date() + timedelta(30))
    )
    assert over.exists()
    assert soon.exists()
    assert states(Claim.objects) == {"claimed", "verified", "returned", "refused", "withdrawn", "revoked"}
    assert states(Request.objects) == {"submitted", "checked", "posted", "reversed"}
    assert states(Share.objects) == {"open", "revoked"}
    assert states(Twins.objects) == {"open", "apart", "merged"}


def test_the_first_apprentice_is_a_few_steps_from_a_diploma(demo: Any) -> None:
    own = Person.objects.get(username=f"{DEMO_PREFIX}{Role.APPRENTICE}")
    goals = list(whole(diplomas().filter(state="open")))
    held = holding_of(account_of(own), goals, demo.date())
    nearest = min(ways(goals, held, demo.date()), key=lambda way: way.away)
    assert (nearest.missing, len(nearest.steps)) == (0, 3)
    assert 0 < nearest.away < 2000


def test_every_mark_leads_to_its_cell_and_stages_differ(demo: Any) -> None:
    assert Mark.objects.count() > 1000
    by_hand = Mark.objects.filter(
        source=None, evidence__isnull=True, origin=""
    )  # of what nobody worked out or judged, only a correction
    corrected = ResultVersion.objects.get(number=2)
    assert [mark.enrolment for mark in by_hand] == [corrected.enrolment]
    assert Mark.objects.filter(cell="", evidence__isnull=True, origin="").count() == 1
    sheets = SheetImport.objects.exclude(kind="framework")  # one of those waits for its check
    assert set(sheets.values_list("state", flat=True)) == {"committed"}
    one = Enrolment.objects.filter(cohort__occupation__en="Robot maintenance technician").order_by("number")[
        0
    ]
    totals = Result.objects.filter(enrolment=one, complete=True).values_list("total", flat=True)
    assert len(set(totals)) == 3


def test_each_kind_of_evaluation_is_seen_at_work(demo: Any) -> None:
    def outcomes(jurisdiction: str) -> list[tuple[Any, ...]]:
        rows = Result.objects.filter(evaluation__cohort__programme__jurisdiction=jurisdiction)
        return list(rows.order_by("enrolment__number").values_list("total", "grade", "passed"))

    german = [(str(total.normalize()), passed) for total, _, passed in outcomes("DE")]
    # the second: 40 % of 84, 30 % of 91, 12 % of 78 and of 88, 6 % of 73 are 85.2
    assert german == [("56.3", True), ("85.2", True), ("64.4", False), ("64.6", False), ("68.6", False)]
    assert [row[1:] for row in outcomes("GB-ENG")] == [
        ("distinction", True),
        ("merit", True),
        ("fail", False),
        ("", None),
    ]
    assert [row[1:] for row in outcomes("US")] == [("met", True), ("not_met", False), ("not_met", False)]


def test_results_are_decided_contested_upheld_corrected_and_waiting(demo: Any) -> None:
    assert Counter(Contest.objects.values_list("state", flat=True)) == {
        "upheld": 1,
        "corrected": 1,
        "raised": 1,
    }
    waiting = Contest.objects.get(state="raised")
    assert waiting.due_on > demo.date()
    assert waiting.version.decision.made_by.username == f"{DEMO_PREFIX}coordinator"
    assert Result.objects.filter(complete=True, decided__isnull=True).count() > 0


def test_it_is_dated_relative_to_today_and_told_in_order(demo: Any) -> None:
    last = AuditEntry.objects.order_by("-at").first()  # what workers note has a moment of its own
    assert last is not None
    assert last.at < timezone.now()
    assert demo - last.at < timedelta(days=14)
    by_workers = [
        "kernel.link_mailed",
        "exams.forms_assembled",
        "exams.forms_impossible",
        "appraisals.round_computed",
        "allowances.computed",
        "curricula.draft_made",
        "curricula.draft_impossible",
        "packages.moved",
        "resources.version_added",
    ]
    assert AuditEntry.objects.filter(at__gt=demo).exclude(fact__in=by_workers).count() == 0


def test_a_real_site_is_never_filled(settings: Any, tmp_path: Path) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="no demo site"):
        call_command("demo")


def test_the_college_s_own_form_fills_for_every_stage_of_its_own(demo: Any) -> None:
    from craftpath.delivery.exchange.layout_kinds import ways
    from craftpath.delivery.exchange.layout_names import Names
    from craftpath.delivery.exchange.layout_reading import look
    from craftpath.domain.evaluation.queries import evaluations
    from craftpath.domain.programmes.definition import components
    from craftpath.kernel.layouts import layouts_for

    stages = [one for one in evaluations() if one.scheme.definition.get("mode", "weighted") == "weighted"]
    assert len(stages) == 6  # those of other countries have other parts
    for stage in stages:
        layout, form = sorted(layouts_for(stage.cohort.organisation), key=lambda row: row.pk)
        found = look(layout.file.bytes(), Names(components(stage.scheme.definition)))
        assert ways(form.file.bytes(), Names(components(stage.scheme.definition))).each
        assert (found.unknown, found.faults) == ((), ())
        assert demo - timedelta(days=10) < layout.kept_at < demo


def test_agreements_are_at_every_point_of_their_life(demo: Any) -> None:
    from craftpath.domain.agreements.models import (
        Absence,
        Agreement,
        Amendment,
        Application,
        EarlyLeaving,
        Pause,
    )
    from craftpath.domain.partnership.models import Cooperation
    from craftpath.kernel.signing import Document

    assert Counter(Agreement.objects.values_list("state", flat=True)) == {
        "active": 11,
        "awaiting_signatures": 2,
        "draft": 1,
        "terminated": 1,
    }
    guarded = Agreement.objects.exclude(guardian_name="").get()
    assert [hasattr(one, "signature") for one in guarded.document.parties.all()] == [True, False, True, True]
    amended, to_come = Amendment.objects.order_by("pk")
    assert (amended.state, "enterprise" in amended.changed) == ("in_force", True)
    assert (to_come.state, to_come.takes_effect_on > demo.date()) == ("agreed", True)
    leaves = EarlyLeaving.objects.filter(agreement__state="active").order_by("pk")
    assert [row.taken_back_at is None for row in leaves] == [True, False]
    assert Agreement.objects.get(jurisdiction="AU").state == "draft"
    assert Pause.objects.filter(resumed_on__isnull=True).count() == 1
    assert Enrolment.objects.filter(state="suspended").count() == 1
    assert list(Absence.objects.order_by("pk").values_list("state", flat=True)) == ["approved", "requested"]
    assert Application.objects.get().state == "applied"
    assert set(Cooperation.objects.values_list("state", flat=True)) == {"in_force", "awaiting_signatures"}
    assert all(document.is_intact for document in Document.objects.all())
