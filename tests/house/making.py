"""What several rooms name and none furnishes by itself: a sheet, a layout, agreements, a contest; each made once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from craftpath.delivery.exchange.trial import book_of, first_reading, target_of
from craftpath.domain.agreements import actions as agreements
from craftpath.domain.agreements.models import Absence, Agreement, Amendment, Application
from craftpath.domain.evaluation.actions import basis_of, decide_results, raise_contest
from craftpath.domain.evaluation.models import Contest, ResultVersion
from craftpath.domain.learning.models import Attendance
from craftpath.domain.partnership.models import Cooperation
from craftpath.kernel.access import system
from craftpath.kernel.clients import Client, make_service_client
from craftpath.kernel.directory.groups import add_group
from craftpath.kernel.directory.people import Described, add_entry
from craftpath.kernel.directory.tables import DirectoryGroup
from craftpath.kernel.hooks import Hook, HookDelivery, add_hook
from craftpath.kernel.layouts import Layout, keep_layout, try_layout
from craftpath.kernel.links import Purpose, SignedLink, make_link
from craftpath.kernel.notices import Notice, load_notice
from craftpath.kernel.printruns import PrintRun
from craftpath.kernel.sheets import SheetImport, read_sheet_as, take_sheet
from craftpath.kernel.sign_on.keeping import Settings as SignOnSettings
from craftpath.kernel.sign_on.keeping import add_provider
from craftpath.kernel.sign_ons import SignOnProvider
from craftpath.kernel.tenancy import everywhere
from craftpath.values.ref import Ref
from tests.cast import AT, Cast
from tests.domain.agreements import agreed
from tests.domain.partnership import test_cooperation as cooperating
from tests.exchange.layouts import workbook
from tests.house.furnishing import call_the_roll


def make_sheet(cast: Cast) -> SheetImport:
    """Upload a small sheet of marks, as a coordinator does."""
    with everywhere("a test looks at everything"):
        sheet = take_sheet(
            content="学号,姓名,出勤\n26001,陈雨桐,91\n".encode(),
            name="marks.csv",
            kind="marks",
            target=Ref("evaluation", "evaluation", cast.evaluation.public_id),
            reading={},
            organisation=cast.college,
            by=cast.actor("coordinator"),
            at=AT,
        )
        reading = first_reading(book_of(sheet), target_of(sheet)).as_json()
        return read_sheet_as(sheet, reading=reading, by=cast.actor("coordinator"), at=AT)


def make_notice() -> Notice:
    """The site's own privacy notice."""
    load_notice(by=system(), at=AT)
    return Notice.objects.get(organisation=None)


def make_trial(cast: Cast, content: bytes) -> str:
    """Upload a layout that is only looked at so far."""
    with everywhere("a test looks at everything"):
        by = cast.actor("coordinator")
        tried = try_layout(content=content, filename="b.xlsx", organisation=cast.college, by=by, at=AT)
        return tried.public_id


def make_layout(cast: Cast) -> Layout:
    """Let a small layout be kept, once."""
    with everywhere("a test looks at everything"):
        by, content = cast.actor("coordinator"), workbook({"A1": "{name}", "B1": "{total}"})
        tried = try_layout(content=content, filename="a.xlsx", organisation=cast.college, by=by, at=AT)
        return keep_layout(tried, name="Our form", replace=True, by=by, at=AT)


def make_contest(cast: Cast) -> Contest:
    """Decide the apprentice's result, once, and let it be contested."""
    with everywhere("a test looks at everything"):
        standing = Contest.objects.first()
        if standing is not None:
            return standing
        coordinator = cast.actor("coordinator")
        decide_results(cast.evaluation, None, basis=basis_of(cast.evaluation), by=coordinator, at=AT)
        version = ResultVersion.objects.get(enrolment=cast.enrolments["26001"])
        return raise_contest(version, words="Please look again.", by=cast.actor("apprentice"), at=AT)


@dataclass
class Agreed:
    """Public ids of one of each that agreements know."""

    agreement: str
    amendment: str
    absence: str
    application: str
    cooperation: str
    document: str
    draft: str
    waiting: str


def make_agreements(cast: Cast) -> Agreed:
    """An active agreement with an amendment and an absence, a draft, an application, a cooperation; once."""
    with everywhere("a test looks at everything"):
        active = Agreement.objects.filter(state="active").first() or agreed.active(cast)
        amendment = Amendment.objects.first() or agreements.amend_agreement(
            active, written=agreed.written(cast, terms=agreed.terms(weekly_hours="38")), enterprise=cast.jinheng,
            takes_effect_on=agreed.START, reason="Shorter weeks", by=agreed.hr(cast), at=AT,
        )  # fmt: skip
        absence = Absence.objects.first() or agreements.request_absence(
            active, kind="illness", starts_on=agreed.START, ends_on=agreed.START, reason="x",
            by=cast.actor("apprentice"), at=AT,
        )  # fmt: skip
        application = Application.objects.first() or agreements.apply_for_place(
            cast.cohort, agreements.Newcomer("周芷若"), enterprise=cast.jinheng, by=agreed.hr(cast), at=AT
        )
        draft = Agreement.objects.filter(state="draft").first() or agreed.draft(cast, "26002")
        waiting = Agreement.objects.filter(state="awaiting_signatures").first() or agreements.send_agreement(
            agreed.draft(cast, "26005"), by=agreed.hr(cast), at=AT
        )
        cooperation = Cooperation.objects.filter(state="draft").first() or cooperating.write(cast)
        assert active.document is not None
        return Agreed(
            active.public_id, amendment.public_id, absence.public_id, application.public_id,
            cooperation.public_id, active.document.public_id, draft.public_id, waiting.public_id,
        )  # fmt: skip


def make_attendance(cast: Cast) -> Attendance:
    """The apprentice's line in a session whose roll was called, once; there is an objection to it."""
    with everywhere("a test looks at everything"):
        if not Attendance.objects.exists():
            call_the_roll(cast)
        return Attendance.objects.select_related("session").get(enrolment__number="26001")


def make_handed(cast: Cast) -> str:
    """A link that the coordinator gave to a mentor, once."""
    with everywhere("a test looks at everything"):
        person = cast.people["mentor"]
        handed = SignedLink.objects.first() or make_link(
            Ref("kernel", "person", person.public_id), purpose=Purpose.CONFIRM, name=person.name,
            organisation=cast.college, person=person, by=cast.actor("coordinator"), at=timezone.now(),
        ).link  # fmt: skip
        return handed.public_id


def make_run(cast: Cast, who: str = "coordinator") -> str:
    """A print run that waits, of the coordinator or of somebody else, once."""
    with everywhere("a test looks at everything"):
        person = cast.people[who]
        standing = PrintRun.objects.filter(asked_by=person).first()
        run = standing or PrintRun.objects.create(
            asked_in=cast.college, asked_by=person, asked_at=AT, key="k",
            subject=str(Ref("apprenticeships", "cohort", cast.cohort.public_id)),
            wanted={"paper": "training_record", "language": "zh", "form": "pdf", "period": "all"},
        )  # fmt: skip
        return run.public_id


def make_hook(cast: Cast) -> Hook:
    """A web hook of the college, once."""
    with everywhere("a test looks at everything"):
        standing = Hook.objects.first()
        return standing or add_hook(
            cast.college, name="Group", shape="plain", address="https://bot.invalid/x", topics=["log"],
            by=cast.actor("administrator"), at=AT,
        )  # fmt: skip


def make_directory_group(cast: Cast) -> DirectoryGroup:
    """A group of the college's directory with somebody in it, once."""
    with everywhere("a test looks at everything"):
        standing = DirectoryGroup.objects.first()
        if standing is not None:
            return standing
        by = cast.actor("administrator")
        entry = add_entry(cast.college, Described("zhang.wei", name="张伟"), by=by, at=AT)
        return add_group(
            cast.college, name="Teachers", external_id="", members={entry.public_id: ""}, by=by, at=AT
        )


def make_sign_on(cast: Cast) -> SignOnProvider:
    """A way to sign in of the college that is off, once."""
    with everywhere("a test looks at everything"):
        standing = SignOnProvider.objects.first()
        said = SignOnSettings(
            "oidc", "College account", "craftpath", issuer="https://sso.invalid", secret="s"
        )
        return standing or add_provider(cast.college, said, by=cast.actor("administrator"), at=AT)


def make_client(cast: Cast) -> Client:
    """A service token of the college, once."""
    with everywhere("a test looks at everything"):
        standing = Client.objects.first()
        return standing or make_service_client(
            cast.college, name="Board", scopes=["read"], roles=["auditor"], expires_at=AT + timedelta(days=365),
            by=cast.actor("administrator"), at=AT,
        ).client  # fmt: skip


def make_delivery(hook: Hook) -> str:
    """A message that arrived, once."""
    with everywhere("a test looks at everything"):
        values = {
            "content": {"code": "test"},
            "state": "delivered",
            "made_at": AT,
            "next_at": AT,
            "ended_at": AT,
        }
        return HookDelivery.objects.get_or_create(hook=hook, key="test of the house", defaults=values)[
            0
        ].public_id
