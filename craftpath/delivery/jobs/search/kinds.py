"""What can be found: one entry of this table for each kind of thing. Its page is named in the web's own table.

All words are look-ups from a row. `titles` and `texts` may hold a text in several languages. `people` lead to persons
who are found by name and by pinyin. `places` lead to paths of organisations that look after it, `serves` to those
below which everybody reads it, `parties` to people who see it by name. `long` leads to lists of pages, of which only
the words are kept, `facets` to lists of marks by which one kind is narrowed down. `after` says with which other things
it is written anew.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from craftpath.domain.agreements.queries import agreements
from craftpath.domain.apprenticeships.queries import cohorts, enrolments
from craftpath.domain.certificates.queries import to_find as certificates_to_find
from craftpath.domain.courses.queries import courses, runs
from craftpath.domain.curricula.queries import cards, curricula
from craftpath.domain.exams.queries import blueprints, papers, sittings
from craftpath.domain.exams.studies import studies
from craftpath.domain.forums.queries import forums
from craftpath.domain.forums.queries import to_find as threads
from craftpath.domain.groups.queries import groups as study_groups
from craftpath.domain.judging.queries import practicals, rubrics
from craftpath.domain.learning.queries import sessions
from craftpath.domain.matching.queries import rounds
from craftpath.domain.needs.queries import analyses
from craftpath.domain.occupations.queries import charts, occupations
from craftpath.domain.packages.queries import packages
from craftpath.domain.pairing.queries import named_pairs
from craftpath.domain.partnership.queries import cooperations
from craftpath.domain.pilots.queries import cases, cycles, pilots
from craftpath.domain.programmes.queries import schemes
from craftpath.domain.questions.queries import to_find as questions
from craftpath.domain.reading.queries import lists
from craftpath.domain.resources.queries import to_find as resources
from craftpath.domain.standards.queries import frameworks, skills_to_find
from craftpath.domain.stories.queries import wall
from craftpath.domain.subsidies.queries import files as subsidy_files
from craftpath.domain.subsidies.queries import schemes as subsidy_schemes
from craftpath.domain.surveys.queries import all_surveys
from craftpath.domain.teaching.queries import teams
from craftpath.kernel.layouts import layouts
from craftpath.kernel.people import Person

Names = tuple[str, ...]
OWN, SHARED = "organisation__path", "shared"
_ENROLMENT, _COHORT = ("apprenticeships", "enrolment"), ("apprenticeships", "cohort")


@dataclass(frozen=True)
class Kind:
    """A kind of thing, and the look-ups by which it is read."""

    noun: str
    name: str
    rows: Callable[[], QuerySet[Any]]
    titles: Names = ()
    texts: Names = ()
    people: Names = ()
    places: Names = (OWN,)
    serves: Names = ()
    parties: Names = ()
    long: Names = ()
    facets: Names = ()
    by: str = "public_id"
    after: Mapping[tuple[str, str], str] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, str]:
        """What its pointers begin with."""
        return self.noun, self.name


def _places(cohort: str) -> Names:
    """Who looks after a cohort: its college, and the enterprises of the apprentices in it."""
    return f"{cohort}organisation__path", f"{cohort}enrolments__enterprise__path"


def _parties(cohort: str) -> Names:
    """Who sees a cohort by name: its apprentices, and those who are party to one of them."""
    return f"{cohort}enrolments__person_id", f"{cohort}enrolments__parties__person_id"


def _people() -> QuerySet[Any]:
    """Everybody once: a record that was merged is found as the one that goes on, nobody who was locked or erased."""
    return Person.objects.filter(merged_into=None, is_active=True)


_TABLE = (
    Kind("kernel", "person", _people, people=("",), titles=("username",),
        texts=("memberships__organisation__name",), places=("memberships__organisation__path",)),
    Kind(*_ENROLMENT, enrolments, people=("person",), titles=("number",), texts=("number", "cohort__name",
        "enterprise__name"), places=("cohort__organisation__path", "enterprise__path"),
        parties=("person_id", "parties__person_id"), after={_COHORT: "cohort__public_id"}),
    Kind(*_COHORT, cohorts, titles=("name",), texts=("programme__name", "organisation__name"),
        places=_places(""), parties=_parties(""), after={_ENROLMENT: "enrolments__public_id"}),
    Kind("pairing", "pair", named_pairs, people=("bonds__teacher", "bonds__learner"),
        texts=("organisation__name", "project"), places=(OWN, "bonds__place__path",
        "bonds__enrolment__enterprise__path", "bonds__enrolment__cohort__organisation__path"),
        parties=("bonds__teacher_id", "bonds__learner_id", "bonds__enrolment__parties__person_id")),
    Kind("agreements", "agreement", agreements, people=("enrolment__person",), titles=("registration_no",),
        texts=("registration_no", "enterprise__name", "enrolment__cohort__name"), places=(OWN,
        "enterprise__path"), parties=("enrolment__person_id",)),
    Kind("partnership", "cooperation", cooperations, titles=("name", "filing_no"), texts=("sides__organisation__name",),
        places=("sides__organisation__path",)),
    Kind("programmes", "scheme", schemes, titles=("name",), texts=("programme__name",), serves=(OWN,)),
    Kind("standards", "framework", frameworks, titles=("name",), texts=("publisher", "about"),
        serves=(SHARED,)),
    Kind("standards", "skill", skills_to_find, titles=("name", "code"), texts=("meaning",
        "framework__name"), places=("framework__organisation__path",), serves=(SHARED,), by="key",
        after={("standards", "framework"): "framework__public_id"}),
    Kind("occupations", "occupation", occupations, titles=("name", "code_cn", "code_isco", "code_other"),
        texts=("words",), serves=(OWN,), parties=("charts__panel__person_id",)),
    Kind("occupations", "chart", charts, titles=("occupation__name",), texts=("organisation__name",
        "place"), serves=(OWN,), parties=("panel__person_id",), after={("occupations",
        "occupation"): "occupation__public_id"}),
    Kind("curricula", "curriculum", curricula, titles=("name",), texts=("occupation", "programme__name"),
        serves=(OWN,), parties=("versions__reviews__reviewers__person_id",)),
    Kind("curricula", "card", cards, titles=("name", "key"), texts=("outcomes__name",), serves=(OWN,)),
    Kind("needs", "analysis", analyses, titles=("title",), texts=("organisation__name",),
        parties=("surveys__asked__person_id",)),
    Kind("surveys", "survey", all_surveys, titles=("title",), texts=("organisation__name",)),
    Kind("pilots", "pilot", pilots, titles=("name",), texts=("goals", "organisation__name"), places=(OWN,
        "members__organisation__path"), parties=("rounds__steps__owner_id", "rounds__changes__owner_id")),
    Kind("pilots", "case", cases, titles=("title",), texts=("done", "learnt"), serves=(OWN,)),
    Kind("pilots", "cycle", cycles, titles=("name",), serves=(OWN,)),
    Kind("exams", "blueprint", blueprints, titles=("title",), texts=("organisation__name",), serves=(OWN,)),
    Kind("exams", "paper", papers, titles=("title",), texts=("organisation__name",), serves=(OWN,)),
    Kind("exams", "sitting", sittings, titles=("paper__title",), texts=("cohort__name", "place"),
        places=_places("cohort__"), parties=_parties("cohort__")),
    Kind("exams", "study", studies, titles=("title",), texts=("paper__title",), serves=(OWN,),
        parties=("judges__person_id",)),
    Kind("judging", "rubric", rubrics, titles=("name",), texts=("organisation__name",), serves=(OWN,)),
    Kind("judging", "practical", practicals, titles=("title",), texts=("evaluation__cohort__name",
        "brief"), places=_places("evaluation__cohort__"), parties=_parties("evaluation__cohort__")),
    Kind("learning", "session", sessions, titles=("title",), texts=("place", "organisation__name"),
        places=(OWN, "cohorts__cohort__enrolments__enterprise__path"), parties=("teachers__person_id",
        "cohorts__cohort__enrolments__person_id", "cohorts__cohort__enrolments__parties__person_id")),
    Kind("matching", "round", rounds, titles=("name",), texts=("organisation__name",)),
    Kind("teaching", "team", teams, titles=("unit__name",), texts=("cohort__name",),
        places=_places("cohort__"), parties=_parties("cohort__")),
    Kind("subsidies", "file", subsidy_files, titles=("name",), texts=("organisation__name",), places=(OWN,
        "authority__path")),
    Kind("subsidies", "scheme", subsidy_schemes, titles=("name", "document"), serves=(OWN,)),
    Kind("questions", "question", questions, titles=("title",), texts=("text",), serves=(OWN,),
        parties=("cohort__enrolments__parties__person_id",)),
    Kind("courses", "course", courses, titles=("title",), texts=("aim",)),
    Kind("courses", "run", runs, titles=("course__title",), texts=("course__aim", "cohort__name"),
        serves=(OWN,), parties=("cohort__enrolments__person_id",), after={("courses",
        "course"): "course__public_id"}),
    Kind("packages", "package", packages, titles=("title",), serves=(SHARED,)),
    Kind("resources", "resource", resources, titles=("title",), texts=("abstract", "keywords", "authors",
        "occupation__name"), long=("current__pages",), facets=("facets",), serves=(SHARED,)),
    Kind("groups", "group", study_groups, titles=("goal",), texts=("place",), parties=("members__person_id",)),
    Kind("forums", "forum", forums, titles=("title",), texts=("about",), serves=(SHARED,)),
    Kind("reading", "list", lists, titles=("title",), texts=("about", "texts__title", "texts__author"),
        serves=(SHARED,)),
    Kind("forums", "thread", threads, titles=("title",), texts=("said", "forum__title"),
        places=("forum__organisation__path",), serves=(SHARED,)),
    Kind("stories", "story", wall, titles=("title", "name"), texts=("about", "answers", "transcript",
        "occupation__name"), serves=(SHARED,)),
    Kind("certificates", "certificate", certificates_to_find, titles=("number",), texts=("kind__title",),
        people=("person",), places=(OWN, "person__enrolments__enterprise__path",
        "person__memberships__organisation__path"), parties=("person_id",)),
    Kind("kernel", "layout", layouts, titles=("name",), texts=("organisation__name",), serves=(OWN,)),
)  # fmt: skip
KINDS = {kind.key: kind for kind in _TABLE}
