"""Things of the record that other rows point to: found by the address of their page, shown to whoever may see them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy as _

from craftpath.delivery.web.history.subjects import PAGES, subjects
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.values.ref import Ref
from craftpath.values.verdict import Refused, not_now

LONGEST = 500
LINKED = frozenset(
    {
        ("programmes", "scheme"),
        ("apprenticeships", "cohort"),
        ("training", "plan"),
        ("evaluation", "evaluation"),
        ("partnership", "cooperation"),
        ("kernel", "point"),
        ("studio", "draft"),
        ("studio", "version"),
        ("studio", "project"),
        ("directives", "directive"),
        ("sharing", "rule"),
        ("committees", "committee"),
        ("bookings", "thing"),
        ("ventures", "venture"),
        ("credits", "diploma"),
        ("certificates", "certificate"),
        ("certificates", "kind"),
        ("certificates", "batch"),
        ("bulletins", "bulletin"),
        ("insight", "handover"),
        ("outside", "column"),
        ("outside", "mapping"),
        ("protection", "assessment"),
        ("lti", "platform"),
        ("lti", "tool"),
        ("exams", "blueprint"),
        ("exams", "paper"),
        ("exams", "sitting"),
        ("exams", "study"),
        ("learning", "session"),
        ("judging", "rubric"),
        ("judging", "practical"),
        ("appraisals", "round"),
        ("needs", "analysis"),
        ("matching", "round"),
        ("surveys", "survey"),
        ("occupations", "occupation"),
        ("occupations", "chart"),
        ("curricula", "curriculum"),
        ("curricula", "version"),
        ("curricula", "card"),
        ("curricula", "draft"),
        ("teaching", "team"),
        ("allowances", "run"),
        ("standards", "framework"),
        ("subsidies", "scheme"),
        ("workshops", "workshop"),
        ("pilots", "pilot"),
        ("pilots", "case"),
        ("pilots", "cycle"),
        ("stories", "story"),
        ("courses", "course"),
        ("courses", "run"),
        ("packages", "package"),
        ("accreditation", "registration"),
        ("accreditation", "place"),
        ("accreditation", "application"),
        ("offers", "request"),
        ("resources", "resource"),
        ("forums", "forum"),
        ("reading", "list"),
        ("kernel", "layout"),
        ("kernel", "hook"),
        ("kernel", "sign_on"),
        ("kernel", "directory_group"),
    }
)
"""Kinds whose names name no person and tell no question: only these are called by their names.

A pilot is read by offices that see a row of another room without having that room; its page asks for itself.
"""
UNNAMED = {
    ("kernel", "clash"): _("Something that was changed on both sides"),
    ("questions", "question"): _("A question that was asked"),
    ("forums", "thread"): _("A thread of a forum"),
    ("groups", "group"): _("A study group"),
    ("bookings", "booking"): _("A booking"),
    ("apprenticeships", "enrolment"): _("An apprentice's record"),
    ("evaluation", "contest"): _("A contest of a result"),
    ("agreements", "agreement"): _("A training agreement"),
    ("agreements", "amendment"): _("A change of a training agreement"),
    ("exams", "item"): _("An examination question"),
    ("exams", "appeal"): _("An appeal against a marking"),
    ("reviews", "review"): _("A review talk"),
    ("mentoring", "agreement"): _("A mentoring agreement"),
    ("appraisals", "appraisal"): _("An appraisal of a mentor or trainer"),
    ("pairing", "pair"): _("A pair of mentor and apprentice"),
    ("subsidies", "file"): _("A subsidy file"),
    ("claims", "claim"): _("An outside certificate"),
    ("protection", "request"): _("A request about data"),
    ("protection", "breach"): _("A breach of personal data"),
    ("credits", "account"): _("An account of credits"),
    ("credits", "request"): _("A request for credits"),
    ("partnership", "contribution"): _("A contribution to a partnership"),
    ("committees", "meeting"): _("A meeting of a committee"),
    ("committees", "motion"): _("A motion of a committee"),
    ("kernel", "document"): _("A document to sign"),
    ("kernel", "sheet"): _("An uploaded sheet"),
}
"""What all other kinds with a page are called."""


def thing_at(request: Request, address: str) -> Ref:
    """What a page of this organisation is about, if the reader sees it; else refused.

    Whatever else an address holds is not looked at: only its path, by the routes of this site.
    """
    try:
        match = resolve(urlsplit(address.strip()[:LONGEST]).path)
    except (Resolver404, ValueError):
        raise Refused(not_now("pilots.thing_unknown")) from None
    ids = [value for name, value in match.kwargs.items() if name != "organisation" and isinstance(value, str)]
    kind = PAGES.get(match.view_name)
    public_id = plain_id(ids[0]) if ids else ""
    if kind is None or not public_id:
        raise Refused(not_now("pilots.thing_unknown"))
    ref = Ref(*kind, public_id)
    if str(ref) not in subjects([str(ref)], request.organisation.key):
        raise Refused(not_now("pilots.thing_unknown"))
    return ref


def named(request: Request, refs: Iterable[str]) -> Mapping[str, tuple[str, str]]:
    """ref → (name or kind, address) of those that the reader may see; a query for each kind."""
    found = subjects([ref for ref in refs if ref], request.organisation.key)
    return {ref: (_called(ref, name), url) for ref, (name, url) in found.items()}


def _called(ref: str, name: str) -> str:
    """The name where its kind is `LINKED`, else the kind."""
    one = Ref.parse(ref)
    kind = (one.noun, one.kind)
    return name if kind in LINKED else str(UNNAMED.get(kind, _("a thing of the record")))
