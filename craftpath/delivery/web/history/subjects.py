"""What an entry is about: its name, and the page where it can be seen; a handful of queries for a whole page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from craftpath.delivery.web.shell.templatetags import say
from craftpath.domain.accreditation.queries import applications as place_applications
from craftpath.domain.accreditation.queries import registrations, training_places
from craftpath.domain.agreements.queries import absences, agreements, amendments, applications
from craftpath.domain.allowances.queries import all_books, runs
from craftpath.domain.appraisals.queries import appraisals
from craftpath.domain.appraisals.queries import contests as appraisal_contests
from craftpath.domain.appraisals.queries import rounds as appraisal_rounds
from craftpath.domain.apprenticeships.queries import cohorts, enrolments
from craftpath.domain.bookings.queries import bookings, things
from craftpath.domain.bulletins.queries import bulletins
from craftpath.domain.certificates.queries import batches as certificate_batches
from craftpath.domain.certificates.queries import certificates, issuer_keys
from craftpath.domain.certificates.queries import kinds as certificate_kinds
from craftpath.domain.claims.queries import claims
from craftpath.domain.committees.queries import committees, motions
from craftpath.domain.committees.queries import decisions as committee_decisions
from craftpath.domain.committees.queries import meetings as committee_meetings
from craftpath.domain.courses.queries import courses, handed_in
from craftpath.domain.courses.queries import runs as course_runs
from craftpath.domain.credits.queries import accounts as credit_accounts
from craftpath.domain.credits.queries import diplomas
from craftpath.domain.credits.queries import requests as credit_requests
from craftpath.domain.curricula.drafting_queries import drafts as curriculum_drafts
from craftpath.domain.curricula.queries import cards, curricula
from craftpath.domain.curricula.queries import reviews as version_reviews
from craftpath.domain.curricula.queries import versions as curriculum_versions
from craftpath.domain.directives.queries import directives
from craftpath.domain.evaluation.queries import evaluations
from craftpath.domain.evaluation.versions import contests
from craftpath.domain.exams.calibrated import calibrations
from craftpath.domain.exams.candidacies import appeals
from craftpath.domain.exams.queries import blueprints, items, papers, sittings, stimuli
from craftpath.domain.exams.studies import studies
from craftpath.domain.forums.queries import forums, threads
from craftpath.domain.groups.queries import groups as study_groups
from craftpath.domain.insight.queries import handovers, taken_rollups
from craftpath.domain.judging.queries import practicals, rubrics
from craftpath.domain.learning.queries import attendances, sessions
from craftpath.domain.lti.queries import links as tool_links
from craftpath.domain.lti.queries import platforms, tools
from craftpath.domain.matching.queries import rounds
from craftpath.domain.mentoring.queries import agreements as pair_agreements
from craftpath.domain.needs.queries import analyses
from craftpath.domain.occupations.queries import charts as occupation_charts
from craftpath.domain.occupations.queries import occupations as known_occupations
from craftpath.domain.offers.queries import requests as desk_requests
from craftpath.domain.outside.columns import columns as outside_columns
from craftpath.domain.outside.queries import mappings
from craftpath.domain.packages.queries import packages
from craftpath.domain.pairing.queries import named_pairs
from craftpath.domain.partnership.queries import contributions, cooperations
from craftpath.domain.pilots.queries import cases as pilot_cases
from craftpath.domain.pilots.queries import cycles as pilot_cycles
from craftpath.domain.pilots.queries import pilots
from craftpath.domain.programmes.queries import programmes, schemes
from craftpath.domain.protection.queries import assessments, breaches, requests
from craftpath.domain.questions.queries import questions
from craftpath.domain.reading.queries import lists as reading_lists
from craftpath.domain.resources.queries import resources as kept_resources
from craftpath.domain.resources.queries import sources
from craftpath.domain.reviews.queries import reviews
from craftpath.domain.sharing.queries import rules as sharing_rules
from craftpath.domain.standards.queries import frameworks
from craftpath.domain.stories.queries import stories
from craftpath.domain.studio.queries import drafts as studio_drafts
from craftpath.domain.studio.queries import projects as studio_projects
from craftpath.domain.studio.queries import versions as studio_versions
from craftpath.domain.subsidies.queries import files as subsidy_files
from craftpath.domain.subsidies.queries import schemes as subsidy_schemes
from craftpath.domain.surveys.queries import all_surveys
from craftpath.domain.teaching.queries import all_peaks, taught, teams
from craftpath.domain.ventures.queries import ventures
from craftpath.domain.workshops.queries import workshops
from craftpath.kernel.clients import Client
from craftpath.kernel.directory.tables import DirectoryGroup
from craftpath.kernel.hooks import hooks
from craftpath.kernel.invitations import invitations
from craftpath.kernel.layouts import layouts
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.points.queries import clashes, points
from craftpath.kernel.sheets import imports
from craftpath.kernel.sign_ons import SignOnProvider
from craftpath.kernel.signing import documents
from craftpath.values.ref import Ref

# (noun, kind) → the rows that the reader sees, the names that together say how one is called, its page (or none).
_KINDS: dict[tuple[str, str], tuple[Callable[[], QuerySet[Any]], tuple[str, ...], str]] = {
    ("apprenticeships", "enrolment"): (enrolments, ("person__name",), "apprenticeships:apprentice"),
    ("apprenticeships", "cohort"): (cohorts, ("name",), "apprenticeships:cohort"),
    ("training", "plan"): (
        cohorts,
        ("name",),
        "training:plan",
    ),  # a class has one, and it goes by the id of the class
    ("programmes", "scheme"): (schemes, ("name",), "programmes:scheme"),
    ("programmes", "programme"): (programmes, ("name",), ""),
    ("evaluation", "evaluation"): (evaluations, ("cohort__name", "stage__name"), "evaluation:cohort"),
    ("evaluation", "contest"): (
        contests,
        ("version__enrolment__person__name", "version__evaluation__stage__name"),
        "evaluation:contest",
    ),
    ("agreements", "agreement"): (agreements, ("enrolment__person__name",), "agreements:agreement"),
    ("agreements", "amendment"): (
        amendments,
        ("agreement__enrolment__person__name",),
        "agreements:amendment",
    ),
    ("agreements", "absence"): (absences, ("agreement__enrolment__person__name",), ""),
    ("agreements", "application"): (applications, ("name",), ""),
    ("sharing", "rule"): (
        sharing_rules,
        ("named__title", "receiver__name"),
        "sharing:rule",
    ),
    ("partnership", "cooperation"): (cooperations, ("name",), "partnership:cooperation"),
    ("partnership", "contribution"): (contributions, ("words",), "partnership:contribution"),
    ("committees", "committee"): (committees, ("name",), "committees:committee"),
    ("committees", "meeting"): (committee_meetings, ("committee__name", "number"), "committees:meeting"),
    ("committees", "motion"): (motions, ("text",), "committees:motion"),
    ("committees", "decision"): (committee_decisions, ("text",), ""),
    ("exams", "item"): (items, ("newest__stem",), "exams:item"),
    ("exams", "blueprint"): (blueprints, ("title",), "blueprints:blueprint"),
    ("exams", "paper"): (papers, ("title",), "sittings:paper"),
    ("exams", "sitting"): (sittings, ("paper__title",), "sittings:sitting"),
    ("exams", "study"): (studies, ("title",), "standards:study"),
    ("exams", "appeal"): (
        appeals,
        ("candidate__enrolment__person__name", "candidate__sitting__paper__title"),
        "sittings:appeal",
    ),
    ("exams", "calibration"): (calibrations, ("paper__title",), ""),
    ("exams", "stimulus"): (stimuli, ("title",), ""),
    ("learning", "session"): (sessions, ("title",), "learning:session"),
    ("learning", "attendance"): (attendances, ("enrolment__person__name", "session__title"), ""),
    ("judging", "rubric"): (rubrics, ("name",), "judging:rubric"),
    ("judging", "practical"): (practicals, ("title",), "judging:practical"),
    ("reviews", "review"): (reviews, ("enrolment__person__name",), "reviews:review"),
    ("mentoring", "agreement"): (pair_agreements, ("document__content__title",), "mentoring:signed"),
    ("appraisals", "round"): (appraisal_rounds, ("organisation__name",), "appraisals:round"),
    ("appraisals", "appraisal"): (appraisals, ("person__name",), "appraisals:appraisal"),
    ("appraisals", "contest"): (appraisal_contests, ("appraisal__person__name",), ""),
    ("needs", "analysis"): (analyses, ("title",), "needs:analysis"),
    ("pairing", "pair"): (named_pairs, ("teacher_name", "learner_name"), "pairing:pair"),
    ("matching", "round"): (rounds, ("name",), "matching:round"),
    ("surveys", "survey"): (all_surveys, ("title",), "surveys:survey"),
    ("occupations", "occupation"): (known_occupations, ("name",), "occupations:occupation"),
    ("occupations", "chart"): (occupation_charts, ("occupation__name",), "occupations:chart"),
    ("curricula", "curriculum"): (curricula, ("name",), "curricula:curriculum"),
    ("curricula", "version"): (curriculum_versions, ("curriculum__name",), "curricula:version"),
    ("curricula", "card"): (cards, ("name",), "curricula:card"),
    ("curricula", "draft"): (curriculum_drafts, ("version__curriculum__name",), "curricula:shown_draft"),
    ("curricula", "review"): (version_reviews, ("version__curriculum__name",), ""),
    ("teaching", "team"): (teams, ("unit__name", "cohort__name"), "teaching:team"),
    ("teaching", "taught"): (taught, ("person__name",), ""),
    ("teaching", "peak"): (all_peaks, ("organisation__name",), ""),
    ("allowances", "run"): (runs, ("organisation__name",), "allowances:run"),
    ("allowances", "book"): (all_books, ("organisation__name",), ""),
    ("standards", "framework"): (frameworks, ("name",), "frameworks:framework"),
    ("subsidies", "file"): (subsidy_files, ("name", "organisation__name"), "subsidies:file"),
    ("subsidies", "scheme"): (subsidy_schemes, ("name",), "subsidies:scheme"),
    ("directives", "directive"): (directives, ("title",), "directives:directive"),
    ("bulletins", "bulletin"): (bulletins, ("number",), "bulletins:edit"),
    ("stories", "story"): (stories, ("title",), "stories:story"),
    ("studio", "draft"): (studio_drafts, ("name",), "studio:draft"),
    ("studio", "version"): (studio_versions, ("draft__name",), "studio:version"),
    ("studio", "project"): (studio_projects, ("name",), "studio:project"),
    ("outside", "mapping"): (mappings, ("name",), "outside:mapping"),
    ("outside", "column"): (outside_columns, ("title",), "outside:column"),
    ("packages", "package"): (packages, ("title",), "packages:package"),
    ("lti", "tool"): (tools, ("name",), "tools:tool"),
    ("lti", "platform"): (platforms, ("name",), "tools:platform"),
    ("lti", "link"): (tool_links, ("title",), ""),
    ("resources", "resource"): (kept_resources, ("title",), "resources:resource"),
    ("resources", "source"): (sources, ("name",), ""),
    ("courses", "course"): (courses, ("title",), "courses:course"),
    ("courses", "run"): (course_runs, ("course__title",), "courses:run"),
    ("courses", "hand_in"): (handed_in, ("run__course__title",), ""),
    ("questions", "question"): (questions, ("title",), "questions:question"),
    ("forums", "forum"): (forums, ("title",), "forums:forum"),
    ("reading", "list"): (reading_lists, ("title",), "reading:list"),
    ("forums", "thread"): (threads, ("title",), "forums:thread"),
    ("groups", "group"): (study_groups, ("goal",), "groups:group"),
    ("bookings", "thing"): (things, ("name",), "bookings:thing"),
    ("bookings", "booking"): (bookings, ("thing__name", "purpose"), "bookings:booking"),
    ("ventures", "venture"): (ventures, ("title",), "ventures:venture"),
    ("certificates", "certificate"): (certificates, ("number",), "certificates:certificate"),
    ("certificates", "kind"): (certificate_kinds, ("title",), "certificates:kind"),
    ("certificates", "batch"): (certificate_batches, ("kind__title",), "certificates:batch"),
    ("certificates", "key"): (issuer_keys, ("public",), ""),
    ("pilots", "pilot"): (pilots, ("name",), "pilots:pilot"),
    ("accreditation", "registration"): (registrations, ("name",), "accreditation:registration"),
    ("accreditation", "application"): (place_applications, ("occupation",), "accreditation:application"),
    ("accreditation", "place"): (training_places, ("occupation",), "accreditation:place"),
    ("offers", "request"): (desk_requests, ("title",), "offers:request"),
    ("credits", "account"): (credit_accounts, ("person__name",), "credits:one"),
    ("credits", "request"): (credit_requests, ("account__person__name",), "credits:request"),
    ("credits", "diploma"): (diplomas, ("title",), "credits:diploma"),
    ("insight", "handover"): (handovers, ("receiver",), "handover:one"),
    ("insight", "rollup"): (taken_rollups, ("source",), ""),
    ("claims", "claim"): (claims, ("person__name", "title"), "claims:claim"),
    ("protection", "request"): (requests, ("person__name",), "protection:request"),
    ("protection", "assessment"): (assessments, ("title",), "protection:assessment"),
    ("protection", "breach"): (breaches, ("kinds",), "protection:breach"),
    ("pilots", "case"): (pilot_cases, ("title",), "pilots:case"),
    ("workshops", "workshop"): (workshops, ("title",), "workshops:workshop"),
    ("pilots", "cycle"): (pilot_cycles, ("name",), "pilots:cycle"),
    ("kernel", "person"): (Person.objects.all, ("name",), ""),
    ("kernel", "organisation"): (Organisation.objects.all, ("name",), ""),
    ("kernel", "layout"): (layouts, ("name",), "layouts:layout"),
    ("kernel", "document"): (documents, ("content__title",), "signing:sign"),
    ("kernel", "invitation"): (invitations, ("name",), ""),
    ("kernel", "point"): (points, ("name",), "points:point"),
    ("kernel", "clash"): (clashes, (), "points:clash"),
    ("kernel", "client"): (Client.objects.all, ("name",), ""),
    ("kernel", "directory_group"): (DirectoryGroup.objects.all, ("name",), "directory:group"),
    ("kernel", "sign_on"): (SignOnProvider.objects.all, ("name",), "signons:provider"),
    ("kernel", "hook"): (hooks, ("name",), "hooks:hook"),
    ("kernel", "sheet"): (imports, ("file__name",), "sheets:columns"),
}

_PAGE_BY: dict[tuple[str, str], tuple[str, dict[str, str]]] = {
    ("kernel", "sheet"): ("kind", {"framework": "frameworks:check"})
}
"""(noun, kind) → a column, and the pages of those of its values that have a page of their own."""

PAGES = {page: kind for kind, (_rows, _names, page) in _KINDS.items() if page}
"""name of a page → (noun, kind) of what it is about."""


def people_named(ids: Iterable[str]) -> dict[str, str]:
    """public id → name of the people whom entries point to; no query if there are none."""
    wanted = {public_id for public_id in ids if public_id}
    if not wanted:
        return {}
    return dict(Person.objects.filter(public_id__in=wanted).values_list("public_id", "name"))


def subjects(refs: Iterable[str], organisation: str) -> dict[str, tuple[str, str]]:
    """ref → (name, address); what the reader may not see, or no longer exists, is left out."""
    wanted: dict[tuple[str, str], set[str]] = {}
    for text in refs:
        if text.count("/") == 2:
            ref = Ref.parse(text)
            wanted.setdefault((ref.noun, ref.kind), set()).add(ref.public_id)
    found: dict[str, tuple[str, str]] = {}
    for (noun, kind), ids in wanted.items():
        if (noun, kind) not in _KINDS:
            continue
        rows, names, page = _KINDS[noun, kind]
        column, pages = _PAGE_BY.get((noun, kind), ("pk", {}))
        told = rows().filter(public_id__in=ids).order_by()
        for public_id, value, *said in told.values_list("public_id", column, *names):
            own = pages.get(value, page)
            url = reverse(own, args=[organisation, public_id]) if own else ""
            found[str(Ref(noun, kind, public_id))] = (" · ".join(_said(name) for name in said), url)
    return found


def _said(name: Any) -> str:
    """A name in the reader's language; a number, such as that of a version, as it is."""
    return str(name) if isinstance(name, int) else say.text(name)
