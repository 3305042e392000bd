"""Kinds of things as a reader knows them: what one is called, its icon, and in which group it is looked for."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

GROUPS = {
    "people": pgettext_lazy("what is looked for", "People"),
    "learning": pgettext_lazy("what is looked for", "Cohorts and sessions"),
    "skills": pgettext_lazy("what is looked for", "Skills and occupations"),
    "curricula": pgettext_lazy("what is looked for", "Curricula"),
    "talk": pgettext_lazy("what is looked for", "Questions, forums, reading, stories"),
    "surveys": pgettext_lazy("what is looked for", "Surveys and needs"),
    "examinations": pgettext_lazy("what is looked for", "Examinations"),
    "pilots": pgettext_lazy("what is looked for", "Pilots"),
    "office": pgettext_lazy("what is looked for", "Agreements and office"),
}

# (noun, kind) → group, what one of them is called, icon. Where names are alike, an earlier kind comes first.
LOOKS = {
    ("apprenticeships", "enrolment"): ("people", _("Apprentice"), "me"),
    ("pairing", "pair"): ("people", pgettext_lazy("a thing that was found", "Pair"), "pair"),
    ("kernel", "person"): ("people", pgettext_lazy("a thing that was found", "Roles and sign-in"),
        "settings"),
    ("apprenticeships", "cohort"): ("learning", _("Cohort"), "people"),
    ("learning", "session"): ("learning", pgettext_lazy("a thing that was found", "Session"), "today"),
    ("teaching", "team"): ("learning", pgettext_lazy("a thing that was found", "Teaching team"), "learn"),
    ("standards", "skill"): ("skills", pgettext_lazy("a thing that was found", "Skill"), "skill"),
    ("standards", "framework"): ("skills", pgettext_lazy("a thing that was found", "Skill framework"),
        "skill"),
    ("occupations", "occupation"): ("skills", pgettext_lazy("a thing that was found", "Occupation"),
        "occupation"),
    ("occupations", "chart"): ("skills", pgettext_lazy("a thing that was found", "Chart of an occupation"),
        "occupation"),
    ("curricula", "curriculum"): ("curricula", pgettext_lazy("a thing that was found", "Curriculum"),
        "curriculum"),
    ("curricula", "card"): ("curricula", pgettext_lazy("a thing that was found", "Unit"), "curriculum"),
    ("programmes", "scheme"): ("examinations", pgettext_lazy("a thing that was found",
        "Evaluation scheme"), "scheme"),
    ("surveys", "survey"): ("surveys", pgettext_lazy("a thing that was found", "Survey"), "survey"),
    ("needs", "analysis"): ("surveys", pgettext_lazy("a thing that was found", "Needs analysis"), "needs"),
    ("exams", "sitting"): ("examinations", pgettext_lazy("a thing that was found", "Examination"), "today"),
    ("exams", "paper"): ("examinations", pgettext_lazy("a thing that was found", "Examination paper"),
        "file"),
    ("exams", "blueprint"): ("examinations", pgettext_lazy("a thing that was found", "Blueprint"), "file"),
    ("exams", "study"): ("examinations", pgettext_lazy("a thing that was found", "Standard-setting study"),
        "results"),
    ("judging", "practical"): ("examinations", pgettext_lazy("a thing that was found", "Practical work"),
        "results"),
    ("judging", "rubric"): ("examinations", pgettext_lazy("a thing that was found", "Rubric"), "results"),
    ("pilots", "pilot"): ("pilots", pgettext_lazy("a thing that was found", "Pilot"), "cycle"),
    ("pilots", "case"): ("pilots", pgettext_lazy("a thing that was found", "Country case"), "learn"),
    ("pilots", "cycle"): ("pilots", pgettext_lazy("a thing that was found", "Cycle of steps"), "cycle"),
    ("agreements", "agreement"): ("office", pgettext_lazy("a thing that was found", "Agreement"), "file"),
    ("partnership", "cooperation"): ("office", pgettext_lazy("a thing that was found",
        "Cooperation agreement"), "file"),
    ("matching", "round"): ("people", pgettext_lazy("a thing that was found", "Matching round"), "pair"),
    ("subsidies", "file"): ("office", pgettext_lazy("a thing that was found", "Subsidy file"), "scheme"),
    ("subsidies", "scheme"): ("office", pgettext_lazy("a thing that was found", "Subsidy scheme"),
        "scheme"),
    ("questions", "question"): ("talk", pgettext_lazy("a thing that was found", "Question"), "ask"),
    ("stories", "story"): ("talk", pgettext_lazy("a thing that was found", "Master's story"), "story"),
    ("groups", "group"): ("talk", pgettext_lazy("a thing that was found", "Study group"), "people"),
    ("forums", "forum"): ("talk", pgettext_lazy("a thing that was found", "Forum"), "talk"),
    ("reading", "list"): ("talk", pgettext_lazy("a thing that was found", "Reading list"), "learn"),
    ("forums", "thread"): ("talk", pgettext_lazy("a thing that was found", "Thread"), "talk"),
    ("kernel", "layout"): ("office", pgettext_lazy("a thing that was found", "Layout of a sheet"), "print"),
}  # fmt: skip
