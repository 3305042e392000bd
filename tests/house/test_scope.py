"""Scope: every table of a noun belongs to somebody or stands on the short list; nothing looks at all rows unlisted."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps

from craftpath.kernel.tenancy import EVERYWHERE, Scope, Scoped, ScopeMissing, looking_for
from tests.cast import Cast
from tests.house.furnishing import furnish
from tests.house.making import make_agreements, make_contest

PACKAGE = Path(__file__).resolve().parents[2] / "craftpath"
OURS = [model for model in apps.get_models() if model.__module__.startswith("craftpath.")]

# Tables without an owner of their own, each with the reason.
SHARED = {
    "counts.StaffCount": "what was counted last, read by the program only",
    "counts.Reading": "how far the program has come with counting; says nothing of anybody",
    "kernel.Organisation": "names of organisations are public; pages ask for a membership",
    "kernel.Person": "reached through memberships and enrolments only",
    "kernel.Membership": "says who sees what, so it is read before there is a scope",
    "kernel.SigningParty": "part of a document, reached through it; it decides who sees that document",
    "kernel.Signature": "part of a document, reached through it",
    "agreements.Waiver": "part of an agreement, reached through it",
    "agreements.Pause": "part of an agreement, reached through it",
    "agreements.EarlyLeaving": "part of an agreement, reached through it",
    "programmes.Stage": "part of a programme, reached through it",
    "programmes.LearningArea": "part of a programme, reached through it",
    "programmes.Provision": "part of a programme, reached through it",
    "lti.Once": "hashes of what was used, told from nothing; read by the program only",
    "kernel.Notice": "said to everybody whom it concerns, before there is a scope",
    "kernel.NoticeRead": "asked for by person: one's own, or by whoever looks after people of theirs",
    "kernel.ConsentEvent": "asked for by person: one's own, or by whoever looks after people of theirs",
    "kernel.SearchEntry": "leads to things and shows none: what is shown is looked up under the reader's own scope",
    "kernel.Twins": "says nothing but that two records look alike; asked for by organisation, of people of both",
    "kernel.MergedRow": "part of a merge, reached through it",
    "kernel.Site": "what this site calls itself; says nothing of anybody",
    "kernel.CarriedRow": "what is known of a row's versions, without its content; read by the program only",
    "kernel.CarriedName": "another site's name for a row; read by the program only",
    "kernel.PointRow": "which version of a row a point has; read by the program only",
    "kernel.HeldRow": "part of a point, reached through it",
    "kernel.SearchPlace": "how far the program has come with the index; says nothing of anybody",
    "kernel.Receipt": "what became of the writes of one's own devices; asked for by person only",
    "standards.Skill": "part of a framework, reached through it; what a key says may be read by whoever sees the key",
    "programmes.HourBucket": "part of a programme, reached through it",
    "training.PlanUnit": "part of a plan, reached through it",
    "kernel.CalendarYear": "which days are worked is said to everybody; only a page of the organisation changes it",
    "kernel.Mute": "one's own; asked for by person only",
    "kernel.Digest": "one's own; asked for by person only",
    "kernel.Lease": "which host is at work on what just now; says nothing of anybody",
    "kernel.DigestRound": "how far the program has come with a day; says nothing of anybody",
    "kernel.Alert": "one's own; asked for by person only",
    "kernel.ClientBudget": "how many requests of a minute were drawn for a token; says nothing of anybody",
    "kernel.ToldThrough": "part of an entry of the history, reached through it",
    "kernel.CalendarAddress": "one's own; found by its secret or by its person only",
    "programmes.Unit": "part of a programme, reached through it",
    "programmes.Outcome": "part of a unit",
    "reviews.Part": "part of a review, reached through it",
    "reviews.Excuse": "part of a review, reached through it",
    "learning.SessionCohort": "part of a session, reached through it; it decides who sees that session",
    "learning.SessionTeacher": "part of a session, reached through it; it decides who sees that session",
    "learning.Roll": "part of a session, reached through it",
    "learning.OtherMark": "part of an attendance, reached through it",
    "exams.ItemOutcome": "part of an item, reached through it",
    "exams.ItemSkill": "part of an item, reached through it",
    "exams.Enemy": "part of two items, reached through them",
    "exams.PaperLine": "part of a paper, reached through it",
    "logbook.EntryFile": "part of an entry, reached through it",
    "logbook.Remark": "part of an entry, reached through it",
    "logbook.OtherVersion": "part of an entry, reached through it",
    "allowances.Rule": "part of a version of rules, reached through it",
    "allowances.Cap": "part of a version of rules, reached through it",
    "allowances.PayColumn": "part of a template, reached through it",
    "mentoring.MeetingVersion": "part of a meeting, reached through it",
    "mentoring.TalkSide": "part of a talk; shown to those who are sides of it, and not too early",
    "mentoring.ProductFile": "part of a product, reached through it",
    "mentoring.Showing": "part of a product, reached through it",
    "mentoring.Thanks": "part of a pair, asked for by pair only",
    "pairing.Bond": "part of a pair, reached through it; it decides who sees that pair",
    "matching.Seat": "part of a round, reached through it; it decides who sees that round",
    "matching.Mark": "part of a round, reached through it",
    "matching.Proposal": "part of a round, reached through it",
    "matching.ProposedPair": "part of a round, reached through it",
    "teaching.TeamMember": "part of a team, reached through it; it decides who sees that team",
    "teaching.PlannedHours": "part of a team, reached through it",
    "teaching.Availability": "one's own; asked for by person only, and as a figure by planning",
    "teaching.Away": "one's own; asked for by person only, and as days by planning",
    "needs.SignOff": "part of an analysis, reached through it",
    "surveys.Answer": "belongs to nobody by construction; reached through its survey, and never row by row",
    "surveys.NamedAnswer": "part of a survey, reached through it",
    "surveys.Ticket": "that some device has answered; asked for by its hash only",
    "occupations.CatalogueEntry": "part of a catalogue, reached through it",
    "occupations.EntryLink": "part of a catalogue, reached through it",
    "occupations.EntryBefore": "part of an import, reached through it",
    "occupations.Duty": "part of a chart, reached through it",
    "occupations.Task": "part of a chart, reached through it",
    "occupations.Panellist": "part of a chart, reached through it; it decides who sees that chart",
    "occupations.Step": "part of a chart, reached through it",
    "occupations.Verification": "part of a chart, reached through it, or found by its secret",
    "occupations.Asked": "part of a verification; it decides who sees that chart",
    "curricula.StageTarget": "part of a version of a curriculum, reached through it",
    "curricula.CardPin": "part of a version of a curriculum, reached through it",
    "curricula.ChosenUnit": "part of a version of a curriculum, reached through it",
    "curricula.VersionOutcome": "part of a version of a curriculum, reached through it",
    "curricula.VersionAssessment": "part of a version of a curriculum, reached through it",
    "curricula.CardOutcome": "part of a card, reached through it",
    "curricula.Reviewer": "part of a review, reached through it; it decides who sees that version",
    "curricula.ReviewComment": "part of a review, reached through it",
    "partnership.Side": "part of a cooperation, reached through it; it decides who sees that cooperation",
    "partnership.DutyDone": "part of a duty, reached through it",
    "partnership.CountedBooking": "part of a contribution, reached through it; what is counted is so whoever asks",
    "partnership.RuleAgreement": "part of a version of a rule, reached through it",
    "committees.CommitteeSide": "part of a committee, reached through it; it decides who sees that committee",
    "committees.Present": "part of a meeting, reached through it",
    "committees.Ballot": "part of a motion; pages give figures, and a voice only once an open vote is closed",
    "subsidies.FilePerson": "part of a file, reached through it",
    "subsidies.FileEvent": "part of a file, reached through it",
    "bulletins.Block": "part of a bulletin, reached through it",
    "bulletins.BulletinVersion": "part of a bulletin, reached through it",
    "stories.StoryVersion": "part of a story, reached through it",
    "stories.Comment": "part of a story, reached through it; its author reads why it was hidden",
    "stories.CommentReport": "part of a comment, reached through its story",
    "stories.MasterQuestion": "part of a story, read by who asked and by its teller",
    "studio.DraftMember": "part of a draft; it decides who sees that draft",
    "studio.DraftVersion": "part of a draft, reached through it, or through the project that it became",
    "studio.Comment": "part of a version, reached through its draft",
    "studio.Trial": "part of a version, reached through its draft",
    "studio.EvidenceSheet": "part of a trial, reached through its draft",
    "courses.CourseVersion": "part of a course, reached through it or through a run of it",
    "courses.Unit": "part of a version, reached through it",
    "courses.Activity": "part of a version, reached through it",
    "courses.CourseFile": "part of a course, reached through it or through a run of it",
    "courses.DueDay": "part of a run, reached through it",
    "courses.LiveSession": "part of a run, reached through it",
    "courses.Follower": "part of a run, reached through it; pages show one's own, or of those whom one looks after",
    "courses.QuizQuestion": "part of a try, reached through it",
    "questions.Call": "part of a question, reached through it",
    "questions.QuestionWord": "part of a question, asked for by organisation and shown as the question only",
    "questions.Promise": "how soon an organisation answers; said to everybody who asks there",
    "questions.Endorsement": "part of an answer, reached through it",
    "questions.Thanks": "part of an answer; pages give a number",
    "questions.Attachment": "part of a question, reached through it",
    "questions.Wording": "part of a question, reached through it",
    "insight.Book": "how far the program has come with a table; says nothing of anybody",
    "insight.Slice": "what a class or an organisation adds to cells; read by the program only, never shown",
    "insight.Heard": "how far the program has come with the history; says nothing of anybody",
    "insight.LakeKey": "sealed; opened to hand over only",
    "insight.RollupFigure": "part of a roll-up, reached through it",
    "support.Fitted": "sums and coefficients of a model, of nobody in particular",
    "claims.Evidence": "part of a claim, reached through it by whoever claims and whoever verifies",
    "claims.Decision": "part of a claim, reached through it",
    "credits.Area": "what credits are called; says nothing of anybody",
    "credits.EarningRule": "what outcomes are worth; said to everybody who earns",
    "credits.DiplomaArea": "part of a diploma, reached through it",
    "credits.Minimum": "part of a diploma, reached through it",
    "credits.Offer": "part of a diploma, reached through it",
    "credits.ConversionRule": "part of a diploma, reached through it",
    "credits.RequestLine": "part of a request, reached through it; it decides which entries an institution sees",
    "credits.RequestFile": "part of a request, reached through it",
    "bookings.Closure": "part of a thing, reached through it",
    "bookings.Slot": "part of a booking; the times of a thing are said to everybody who may book it",
    "passport.Look": "part of a share, reached through it; says of nobody who looked",
    "certificates.Counter": "the last number of an organisation; read by the program only",
    "certificates.Planned": "part of a batch, reached through it",
    "ventures.Side": "part of a venture, reached through it; it decides who sees that venture",
    "ventures.Charge": "part of a venture, reached through it; it decides who sees that venture",
    "ventures.Milestone": "part of a venture, reached through it",
    "ventures.Pointer": "part of a venture, reached through it",
    "ventures.VentureFile": "part of a venture, reached through it",
    "ventures.LogLine": "part of a venture, reached through it",
    "workshops.Support": "part of a question, reached through it",
    "workshops.Voter": "part of a poll, reached through it; says nothing of what was voted",
    "workshops.Tally": "part of a poll, reached through it; says nothing of anybody",
    "workshops.CaseFile": "part of a case, reached through it",
    "groups.Member": "part of a group, reached through it; or asked for by the person",
    "groups.GroupRule": "how many make a group; said to everybody who forms one",
    "groups.Presence": "part of a session, reached through it",
    "groups.Swap": "part of a session, reached through it",
    "groups.NotesVersion": "part of a group, reached through it",
    "groups.Task": "part of a group, reached through it; or asked for by whose it is",
    "groups.Contribution": "part of a group, reached through it; counted by enrolments",
    "forums.Follow": "who hears of a forum; asked for by person only",
    "forums.Attendance": "part of a meeting, reached through it; or asked for by whom it invites",
    "forums.Takeaway": "part of a meeting, reached through it",
    "forums.Topic": "part of a forum, reached through it",
    "forums.Support": "part of a topic; pages give a number",
    "forums.Photo": "part of a post, reached through it",
    "forums.Wording": "part of a post, reached through it",
    "forums.Visit": "how far somebody has read; asked for by that person only",
    "reading.Member": "part of a list, reached through it",
    "reading.Note": "asked for by the person whose it is only",
    "resources.Band": "part of a version, reached through it; compared by the worker that reads a file",
    "resources.Review": "part of a version, reached through it",
    "resources.TitleBand": "part of a resource; compared where its title is kept",
    "resources.Star": "part of a resource; pages give a mean",
    "directives.Target": "part of a notice; it decides who sees that notice",
    "directives.Addressee": "part of a notice; it decides who sees that notice",
    "directives.QuotaLine": "part of a notice, reached through it",
    "directives.DirectiveFile": "part of a notice, reached through it",
    "directives.DirectiveVersion": "part of a notice, reached through it",
    "directives.Reading": "part of a notice, reached through it; or asked for by the person",
    "directives.Answer": "part of a notice, reached through it; shown to its office and to whose it is",
    "pilots.PilotMember": "part of a pilot, reached through it; it decides who sees that pilot",
    "pilots.PilotRound": "part of a pilot, reached through it",
    "pilots.StepEvent": "part of a step, reached through it",
    "pilots.Deliverable": "part of a step, reached through it",
    "pilots.KeptCase": "part of a step, reached through it",
    "pilots.RoundReport": "part of a round, reached through it",
    "appraisals.RoundInputs": "what a round was computed from, reached through it; read by the computation only",
    "appraisals.AppraisalPart": "part of an appraisal, reached through it",
    "care.Notification": "part of an incident, reached through it",
    "care.Measure": "part of an incident, reached through it; or asked for by its owner",
    "care.Named": "part of a complaint, reached through it; it decides who sees that complaint",
    "care.Handler": "part of a complaint, reached through it; it decides who sees that complaint",
    "care.Statement": "part of a complaint, reached through it",
    "apprenticeships.EnrolmentParty": "part of an enrolment; it decides who sees that enrolment",
    "apprenticeships.StageProgress": "part of an enrolment, reached through it",
}

# Where all rows are looked at, and why.
EVERYWHERE_CALLS = {
    "delivery/web/accreditation/public.py",  # an enterprise registers before it is anybody here
    "kernel/tenancy.py",
    "delivery/jobs/bodies.py",
    "delivery/jobs/housekeeping.py",  # days come, and what is kept for a time goes, whatever the organisation
    "delivery/jobs/supporting.py",  # everybody is looked at, whatever the organisation
    "delivery/jobs/quoting.py",  # wherever somebody is quoted
    "delivery/jobs/certificates.py",  # a job finds out who asked for it
    "delivery/jobs/thanking.py",  # letters go to whoever came to a workshop
    "delivery/commands/management/commands/demo.py",
    "delivery/commands/management/commands/digest.py",
    "delivery/commands/management/commands/counts.py",
    "delivery/commands/management/commands/index.py",
    "delivery/jobs/figures.py",  # a city hands over what all below it have
    "delivery/commands/management/commands/insight.py",  # cells are of every organisation
    "delivery/commands/management/commands/handover.py",  # a city hands over what all below it have
    "delivery/commands/management/commands/take_rollup.py",
    "delivery/commands/management/commands/presets.py",
    "delivery/web/start/opening.py",
    "delivery/web/links/coding.py",
    "delivery/web/accounts/invitation.py",
    "delivery/web/occupations/guests.py",  # a link to the questions about a chart
    "delivery/web/surveys/public.py",  # a link of a survey opens the form behind it
    "delivery/web/workshops/public.py",  # visitors read public workshops and register
    "delivery/web/studio/public.py",  # training projects that were published for everybody
    "delivery/web/directives/progress.py",  # a quota counts everybody who began, and names nobody
    "delivery/web/places/demand.py",  # free seats are counted over everybody, and nobody is named
    "delivery/web/places/public.py",  # public pages: what organisations say about themselves
    "delivery/web/points/receiving.py",  # a bundle says itself of which point it is
    "delivery/commands/management/commands/point.py",
    "kernel/points/incoming.py",  # bundles hold all rows of a point, whoever carries them
    "kernel/points/outgoing.py",
    "kernel/points/keeping.py",
    "delivery/web/indicators/public.py",  # the groups that figures of an organisation have; it published some of them
    "domain/insight/publishers.py",  # which organisations publish figures, and only their names
    "delivery/web/bulletins/asking.py",  # the link of a voice opens that voice
    "delivery/web/bulletins/public.py",  # published bulletins: what everybody may read
    "delivery/web/stories/public.py",  # the public wall: what masters let everybody see
    "delivery/web/hall/entering.py",  # a code from a slip opens the own paper
}


def test_every_table_is_scoped_or_on_the_list() -> None:
    unscoped = {model._meta.label for model in OURS if not issubclass(model, Scoped)}
    assert unscoped == set(SHARED)


def test_calls_that_see_everything_are_on_the_list() -> None:
    found = {
        str(path.relative_to(PACKAGE))
        for path in PACKAGE.rglob("*.py")
        if re.search(r"\beverywhere\(", path.read_text("utf-8"))
    }
    assert found - {"kernel/tenancy.py"} <= EVERYWHERE_CALLS


@pytest.mark.parametrize("model", [m for m in OURS if issubclass(m, Scoped)], ids=lambda m: m._meta.label)
def test_without_a_scope_nobody_sees_anything(model: Any) -> None:
    with pytest.raises(ScopeMissing):
        model.objects.all()


# What everybody may read, by a condition of its own; drafts and what has ended are not among it.
SAID_TO_ALL = {"credits.Diploma": {"state": "open"}}
# The cast uploads nothing and invites nobody; the pages' own tests do.
LEFT_EMPTY = {
    "kernel.SheetMemory",
    "kernel.SheetWork",
    "kernel.Layout",
    "kernel.Invitation",
    "kernel.SignedLink",
    "kernel.Hook",
    "kernel.HookDelivery",
    "kernel.DirectoryEntry",
    "kernel.DirectoryGroup",
    "kernel.DirectoryMember",
    "kernel.DirectoryRole",
    "kernel.SignOnProvider",
    "kernel.SignOnLink",
    "kernel.SignOnGroup",
    "kernel.SignOnRole",
    "kernel.PrintRun",
    "subsidies.Pack",
}


@pytest.mark.django_db
def test_a_neighbour_and_nobody_count_none_of_the_rows_that_belong_to_others(cast: Cast) -> None:
    """Every table has rows here, and neither sees any of them; furnished once, for it takes a while.

    Whoever looks without being somebody is not the person of rows that name no person.
    """
    make_contest(cast)  # decides a result on its way
    furnish(cast)
    make_agreements(cast)
    neighbour = cast.actor("stranger", cast.neighbour)
    empty, seen = set(), {}
    for model in (one for one in OURS if issubclass(one, Scoped)):
        with looking_for(EVERYWHERE):
            if not model.objects.exists():
                empty.add(model._meta.label)
        for scope in (neighbour.scope, Scope()):
            with looking_for(scope):
                # Presets belong to nobody and are everybody's.
                said = SAID_TO_ALL.get(model._meta.label)
                known = model.objects.exclude(**said) if said else model.objects.all()
                rows = [row for row in known if getattr(row, "organisation_id", 0) is not None]
            if rows:
                seen[model._meta.label] = rows
    assert empty == LEFT_EMPTY
    assert seen == {}


@pytest.mark.django_db
def test_who_is_party_to_one_apprentice_sees_that_apprentice_only(cast: Cast) -> None:
    from craftpath.domain.apprenticeships.queries import enrolments

    mentor = cast.people["mentor"]
    with looking_for(Scope(person_id=mentor.pk)):
        assert [row.number for row in enrolments()] == ["26001", "26002"]
    with looking_for(Scope(person_id=cast.people["apprentice"].pk)):
        assert [row.number for row in enrolments()] == ["26001"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("who", "where", "numbers"),
    [
        ("coordinator", "college", ["26001", "26002", "26003", "26004", "26005"]),
        ("hr", "jinheng", ["26001", "26002", "26005"]),
        ("officer", "city", ["26001", "26002", "26003", "26004", "26005"]),
        ("auditor", "qinghe", ["26003", "26004"]),
        ("assessor", "college", []),
    ],
)
def test_an_organisation_sees_the_apprentices_at_or_below_it(
    cast: Cast, who: str, where: str, numbers: list[str]
) -> None:
    from craftpath.domain.apprenticeships.queries import enrolments

    with looking_for(cast.actor(who, getattr(cast, where)).scope):
        assert [row.number for row in enrolments()] == numbers
