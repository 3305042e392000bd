"""The life of a resource and of what hangs on it, the kinds that there are, and what each licence allows."""

from __future__ import annotations

from dataclasses import dataclass

from craftpath.values.flow import Flow

RESOURCE = Flow(
    key="resources.resource",
    start="draft",
    moves={
        "share": {"draft": "shared"},
        "discard": {"draft": "discarded"},
        "retire": {"shared": "retired"},
        "restore": {"retired": "shared"},
        "merge": {"draft": "merged", "shared": "merged", "retired": "merged"},
    },
)
"""A draft is seen by whoever dropped it; nobody begins to use what is retired, and what used it goes on."""

VERSION = Flow(
    key="resources.version",
    start="reading",
    moves={"finish": {"reading": "ready"}, "refuse": {"reading": "refused"}},
)

PAIR = Flow(
    key="resources.pair",
    start="open",
    moves={"part": {"open": "different"}, "merge": {"open": "merged", "different": "merged"}},
)
"""Two resources that look alike: merged, or said to be different."""

SOURCE = Flow(
    key="resources.source",
    start="on",
    moves={"stop": {"on": "stopped"}, "resume": {"stopped": "on"}},
)

SUGGESTION = Flow(
    key="resources.suggestion",
    start="new",
    moves={"take": {"new": "taken"}, "decline": {"new": "declined"}},
)

KINDS = (
    "document", "slides", "video", "audio", "picture", "package", "exercise", "case", "toolkit", "template", "link",
)  # fmt: skip
LANGUAGES = ("zh", "en", "both", "other")
REACHES = ("own", "partners", "site", "public")
"""How far it is shared: the own organisation and those below, partners, everybody with an account, everybody."""
WIDE = ("site", "public")
ALIKE_BY = ("bytes", "link", "text", "title")
"""By what two resources look alike: the same file, the same address, nearly the same text, nearly the same title."""
CRITERIA = ("correct", "clear", "usable", "rights")
"""What a second person looks at; the last one is that the licence is right."""


@dataclass(frozen=True, slots=True)
class Licence:
    """What may be done with a work; `address` is the licence's own."""

    key: str
    code: str
    address: str = ""
    pass_on: bool = True
    change: bool = True
    commerce: bool = True
    name_author: bool = True
    share_alike: bool = False


_CC = "https://creativecommons.org"
LICENCES = {
    one.key: one
    for one in (
        Licence("own", "", pass_on=True),
        Licence("cc0", "CC0 1.0", f"{_CC}/publicdomain/zero/1.0/", name_author=False),
        Licence("ccby", "CC BY 4.0", f"{_CC}/licenses/by/4.0/"),
        Licence("ccbysa", "CC BY-SA 4.0", f"{_CC}/licenses/by-sa/4.0/", share_alike=True),
        Licence("ccbync", "CC BY-NC 4.0", f"{_CC}/licenses/by-nc/4.0/", commerce=False),
        Licence("ccbyncsa", "CC BY-NC-SA 4.0", f"{_CC}/licenses/by-nc-sa/4.0/", commerce=False, share_alike=True),
        Licence("ccbynd", "CC BY-ND 4.0", f"{_CC}/licenses/by-nd/4.0/", change=False),
        Licence("ccbyncnd", "CC BY-NC-ND 4.0", f"{_CC}/licenses/by-nc-nd/4.0/", commerce=False, change=False),
        Licence("public", "", name_author=False),
        Licence("permitted", "", pass_on=False, change=False, commerce=False),
        Licence("reserved", "", pass_on=False, change=False, commerce=False),
    )
}  # fmt: skip
"""`own`: made by the organisation itself, which lets it be used as it says. `permitted`: somebody else's, with leave
for this house only. Neither `permitted` nor `reserved` leaves the house: no export, no public page, no catalogue."""
