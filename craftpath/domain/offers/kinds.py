"""What is asked for and offered, and which kinds answer one another."""

from __future__ import annotations

from craftpath.kernel.organisations import Kind, Organisation

OF_ENTERPRISES = ("training", "places", "master", "course")
"""An enterprise asks for training, offers apprenticeship places, asks for a master or expert, asks for a course."""
OF_COLLEGES = ("courses", "classes", "rooms", "trainers")
"""A college or centre offers courses, classes (which look for enterprises), rooms, trainers."""
KINDS = OF_ENTERPRISES + OF_COLLEGES
_ANSWERS = {
    "training": frozenset({"courses", "classes", "rooms", "trainers"}),
    "places": frozenset({"classes"}),
    "master": frozenset({"trainers"}),
    "course": frozenset({"courses", "trainers"}),
}


LANGUAGES = ("zh", "en")
PARTS = ("asker", "other", "desk")
LONGEST_TITLE = 120
LONGEST_WORDS = 3000
LONGEST_REASON = 500


def answer_one_another(one: str, other: str) -> bool:
    """Whether a request of one kind can be met by one of the other, whichever of them was first."""
    return other in _ANSWERS.get(one, ()) or one in _ANSWERS.get(other, ())


def answering(kind: str) -> tuple[str, ...]:
    """The kinds that can meet this one, in a fixed order."""
    return tuple(other for other in KINDS if answer_one_another(kind, other))


def kinds_of(organisation: Organisation) -> tuple[str, ...]:
    """What somebody asks for or offers from here; a city does both, for others."""
    if organisation.kind in (Kind.ENTERPRISE, Kind.SITE):
        return OF_ENTERPRISES
    return OF_COLLEGES if organisation.kind in (Kind.COLLEGE, Kind.CAMPUS, Kind.POINT) else KINDS
