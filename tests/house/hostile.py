"""Whatever somebody types, sends or bends: every address answers with a page of ours, and nothing breaks.

The test client raises what a view raises, so an answer at all is half of the proof.
"""

from __future__ import annotations

from functools import cache
from typing import Any
from urllib.parse import quote

from django.test import Client

from tests.house.addresses import PLACES, PUBLIC
from tests.house.visitors import sent_to_sign_in, undone

JUNK = {
    "nul": "a\0b",
    "half a character": "\ud800",
    "markup": "\u202e\"'><script>alert(1)</script>",
    "placeholders": "%(name)s %s {{ x }} 👩🏽‍🔧𠮷",
    "a huge number": "9" * 6000,
    "the last day": "9999-12-31",
    "the first day": "0001-01-01",
}
ASKED = (
    "q", "page", "sort", "state", "role", "cohort", "enterprise", "missing", "person", "fact",
    "from", "year", "starts_on", "weeks-quality", "together-quality", "leave_out",
    "since", "until", "week", "purpose", "sheet", "cell", "new", "next", "version", "if-final_exam",
    "if-task2", "asked",
    "first_on", "weekdays", "from_at", "until_at", "minutes", "every_weeks", "rounds", "trainer", "mode", "who",
    "paper", "period", "gate", "language", "form", "evaluation",
    "month", "weeks", "show", "place", "kind", "difficulty", "skill", "outcome", "key", "item", "package", "version",
    "cohort", "leaving", "with", "before", "after", "round", "from", "place", "ticks",
    "cohort", "leaving", "with",
    "step", "country",
    "day", "first", "last", "others",
)  # fmt: skip
POSTED = (
    "person", "next", "language", "theme", "time_zone", "stage", "who", "confirmed", "scheme", "sheet", "header",
    "column-0", "word", "meaning", "blank", "do", "seen", "kept", "name_zh", "name_en", "occupation_zh",
    "programme", "starts_on", "ends_on", "decimals", "part-0-weight", "part-0-name_zh", "part-0-key",
    "part-0-item-0-max", "part-0-item-0-name_zh", "part-0-item-0-weight", "pass_mark", "login", "password",
    "basis", "everybody", "words", "in_question", "answer", "reason", "item-task1", "item-final_exam",
    "oldpassword", "password1", "password2", "username", "kind", "file", "lines", "role", "place", "on", "because",
    "role_of", "invitation", "session", "code", "credential", "name", "passwordless", "asked", "factors",
    "replace", "version", "order-quality", "hours-quality", "name_zh-quality", "host", "name_zh-new", "capacity-new",
    "responsible-new", "weeks-quality", "seen", "department", "responsible",
    "replace", "weekly_hours", "wage-0-day", "wage-0-amount", "guardian_name", "birth_date", "enrolment",
    "enterprise", "mentor", "item", "party", "seen", "read", "takes_effect_on", "initiator", "last_day", "told_on",
    "until", "confirm", "amount", "currency", "valid_from", "number", "contact", "clause-roles-zh", "mode-zh",
    "college", "cohort",
    "replace", "session", "attendance", "status", "base", "made_id", "mark-", "mark-abc", "minutes-abc", "cohorts",
    "starts", "ends", "weeks", "mode", "bucket", "teacher-0", "teacher-0-kind", "online_minutes", "title_zh",
    "what", "severity", "hurt", "occurred_at", "known_at", "absence_days", "first_measures", "photo", "about", "named",
    "about_organisation", "matter", "wish", "begins", "key", "because", "owner", "due_on", "measure", "outcome",
    "findings", "decision", "decision_for_named", "told", "external", "part",
    "purpose", "guardian", "zh", "en", "new_zh", "valid_from", "cohort",
    "first_on", "weekdays", "from_at", "until_at", "minutes", "every_weeks", "rounds", "trainer", "colour",
    "new-0-text", "new-0-owner", "new-0-due", "goal-abc", "paper",
    "levels", "criteria", "level-0-value", "level-seam", "criterion-0-weight", "criterion-0-0-zh", "rater",
    "rubric",
    "peers", "people", "chair", "title", "brief", "mentors", "period", "gate", "which", "form",
    "text", "stem_zh", "stem_en", "points", "rule", "option-0-zh", "option-0-key", "option-1-en", "right",
    "tag-seconds", "tag-enemies", "tag-outcomes", "tag-expected_p", "ready", "package", "choice", "number",
    "title_en", "body_zh", "stimulus",
    "rows", "row-0-outcome", "row-0-skill", "row-0-kind", "row-0-least", "questions_least", "points_least", "forms",
    "taught", "member", "other", "topic", "weekly", "level", "departments", "person_1", "kind_1", "role_1", "share_1",
    "hours_1", "topics_1", "from_1", "until_1", "known_g1", "name_g1", "affiliation_g1", "contact_g1", "share_g1",
    "other", "next_own", "next_other", "goals", "audience", "steps", "every_days", "talk_after_percent",
    "mark-safety", "words-safety", "purpose-zh", "purpose-en",
    "learn", "teach", "mark", "w-goals", "w-fairness", "keep", "wanted", "number", "shares", "method", "shift", "first",
    "second", "wants", "teaches", "minutes", "one", "until",
    "goal", "share", "shared", "overlap", "seed", "into", "watches",
    "scheme", "authority", "level", "months", "starts_on", "people", "by_day", "member", "replaces", "severity",
    "closes_on", "opens_on", "size", "advance", "left", "uncertified", "notice", "notice_days", "refund_months",
    "rate-0", "paper-roster", "role-roster", "per-roster", "least-roster", "excludes", "valid_to", "document",
    "on", "outcome-abc", "months-abc",
    "goals", "members", "classes", "cycle", "what", "why", "into", "source", "address", "consent", "steps", "round",
    "title_zh", "learnt_zh", "done_zh", "name_zh-1", "order-1", "key-1", "keys-1", "deliverables_zh-1", "checks-1",
    "weight_progress", "least_voice", "lowest_0", "name_zh_0", "months", "fewest", "hearing_days", "remedy", "shows",
    "helps", "respects", "skill-communication", "skill-", "proof",
    "helps", "respects",
    "vote", "words", "topic", "answers", "card", "do", "hours-quality", "outcome", "unit|measure|quality", "why",
    "revision", "strength-communication", "outcome-TOTAL_FORMS", "outcome-0-zh", "tasks", "units", "sample",
    "day", "since", "until", "seats", "purpose", "whom", "weeks", "made_id", "longest", "ahead_hours", "price", "site",
    "trainer", "since_0", "until_0", "starts_at", "ends_at", "goal", "to", "due_on", "words", "on", "training",
    "junior_craftsman/workplace", "college", "enterprise", "kept", "name", "scheme", "key", "part",
)  # fmt: skip
UNUSUAL = ("put", "delete", "options", "head", "trace")
ANSWERS = {200, 204, 302, 303, 400, 401, 403, 404, 405, 409, 413, 422, 429}


def quoted(text: str) -> str:
    """As it stands in an address or a form."""
    return quote(text, safe="", errors="surrogatepass")


def kind_for(name: str) -> str:
    """The kind of junk that an address meets, in turn: each of them meets some hundred addresses."""
    return list(JUNK)[PLACES[name] % len(JUNK)]


def unusual_for(name: str) -> str:
    """The unusual method that an address is asked by, in turn."""
    return UNUSUAL[PLACES[name] % len(UNUSUAL)]


def junk_breaks_no_page(addresses: dict[str, str], coordinator: Client) -> None:
    """In queries, in forms and in place of each id."""
    for name, address in addresses.items():
        kind = kind_for(name)
        text, (query, body) = quoted(JUNK[kind]), _typed(kind)
        answers(name, coordinator.get(f"{address}?{query}"))
        for part in {part for part in address.split("/") if len(part) == 12 and part.isalnum()}:
            bent = coordinator.get(address.replace(part, text))
            assert bent.status_code in {401, 404, 405}, (name, part)  # a door may ask first who comes
        if name != "account_logout":
            typed = "application/x-www-form-urlencoded"
            with undone(coordinator):
                answers(name, coordinator.post(address, body, content_type=typed, HTTP_HX_REQUEST="true"))


def an_empty_form_breaks_no_page(addresses: dict[str, str], coordinator: Client) -> None:
    """Sent to every address."""
    for name, address in addresses.items():
        with undone(coordinator):
            answers(name, coordinator.post(address, HTTP_HX_REQUEST="true"))


def an_unusual_method_breaks_no_page(addresses: dict[str, str], coordinator: Client) -> None:
    """Every address is asked by one of them in turn."""
    for name, address in addresses.items():
        with undone(coordinator):
            answers(name, getattr(coordinator, unusual_for(name))(address, HTTP_HX_REQUEST="true"))


def answers(name: str, answer: Any) -> None:
    """It is a page of ours, for somebody who is signed in."""
    assert answer.status_code in ANSWERS, (name, answer.status_code)
    assert name in PUBLIC or not sent_to_sign_in(answer), name


@cache
def _typed(kind: str) -> tuple[str, str]:
    query, body = ("&".join(f"{name}={quoted(JUNK[kind])}" for name in names) for names in (ASKED, POSTED))
    return query, body
