"""Every address by its name: which room it belongs to, who may come, and where it leads in a furnished room."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from tests.cast import Cast
from tests.house.naming import CONTESTED, OVERVIEW, Values, named, values_of

# Who may come without signing in, and why.
PUBLIC = {
    "account_login",
    "links:sign",  # the same, and a code besides
    "links:pdf",
    "accounts:invitation",  # a link that somebody was given; it asks for itself whether it serves
    "account_logout",  # asks for a POST and ends nothing for a nobody
    "shell:language",
    "shell:theme",
    "shell:health",
    "start:form",
    "start:point",
    "exchange:receive",  # a bundle says by its signature who knocks
    "calendars:feed",  # a secret address that a calendar reads; a wrong one is 404
    "demo:sign_in",
    "demo:sample",
    "components:gallery",
    "desks:mine",  # sends a nobody to sign in itself
    "guardians:answer",  # a link that a guardian was given; it asks for its code itself
    "hall:enter",  # a code from a slip; the pages behind it ask for it themselves
    "hall:paper",
    "hall:question",
    "hall:hand_in",
    "hall:picture",
    "hall:file",
    "hall:add_file",
    "survey:enter",  # a link of a survey, which whoever holds it answers
    "at:list",  # what organisations say about themselves in public
    "at:page",
    "at:photo",
    "figures:list",  # figures that organisations published for everybody
    "figures:place",
    "figures:one",
    "figures:file",
    "bulletin:numbers",  # what is published, without an account
    "bulletin:page",
    "bulletin:pdf",
    "bulletin:picture",
    "bulletin:voice",  # a link by which somebody is asked; one that was not made here is nothing
    "told:wall",  # what masters let everybody see, without an account
    "told:story",
    "told:file",
    "told:captions",
    "shown:record",  # a link to sections of somebody's record; a wrong one says so
    "developers:api",  # the operations of the API say nothing of anybody
    "cmi5_fetch",  # the secret of a launch, asked once by the unit; a wrong one is told so
    "oai:catalogue",  # what may be read by everybody, for other catalogues
    "projects:project",  # a training project that was published for everybody
    "trade:answer",  # a link for workers who answer about a chart; it asks for itself whether it serves
    "guest:enter",  # a link that a mentor was given; it asks for its code itself
    "register:cities",  # an enterprise registers before it is anybody here
    "register:begin",
    "register:form",  # a link that it was given; it asks for its code itself
    "reply:thread",  # the same, for the contact of whoever asked the service desk
    "reply:file",
    "workshop:workshops",  # what everybody may come to, and the shelf
    "workshop:page",
    "workshop:register",
    "workshop:calendar",
    "workshop:shelf",
    "workshop:shelved",
    "workshop:shelf_file",
    "workshop:check",
    "workshop:mine",  # a link of a registration; it and the pages behind it ask for the code themselves
    "workshop:change",
    "workshop:withdraw",
    "workshop:join",
    "workshop:hall",
    "workshop:ask",
    "workshop:support",
    "workshop:vote",
    "workshop:case",
    "workshop:case_again",
    "workshop:certificate",
    "workshop:material",
    "verify:find",  # whoever doubts a certificate checks it, and programs fetch what they need for that
    "verify:page",
    "verify:credential",
    "verify:token",
    "verify:badge",
    "verify:status",
    "keys:site",
    "keys:organisation",
    *(f"signon:{page}" for page in ("choose", "start", "consume", "metadata", "back")),  # ways to sign in
    "lti:answer",  # doors between systems: signed messages say who comes, and each has its own answer for a nobody
    "lti:chosen",
    "lti:token",
    "lti:keys",
    "lti:members",
    "lti:items",
    "lti:item",
    "lti:scores",
    "lti:results",
    "lti:result",
    "lti:login",
    "lti:launch",
    "offline:worker",
    "offline:manifest",
    "offline:nowhere",  # what a device keeps says nothing of anybody
}


def _walk(resolver: URLResolver, space: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from _walk(entry, f"{space}{entry.namespace}:" if entry.namespace else space)
        elif entry.name:
            yield f"{space}{entry.name}", entry


@cache
def patterns() -> dict[str, URLPattern]:
    """The pattern of every name; of two, the first."""
    found: dict[str, URLPattern] = {}
    for name, pattern in _walk(get_resolver()):
        found.setdefault(name, pattern)
    return found


PROGRAMS = ("api:", "ims:", "scim:")
"""Rooms for programs, which come in by a token or ask what is public; tests of these doors try all of theirs."""
NAMES = sorted(name for name in patterns() if not name.startswith(PROGRAMS))
PLACES = {name: place for place, name in enumerate(NAMES)}
"""Where each stands among all, so that what is asked in turn leaves out nothing of a small room."""
INSIDE = {
    name
    for name in NAMES
    if name not in PUBLIC
    and ":" in name
    and not name.startswith(
        (
            "accounts",
            "calendars",
            "lti:",
            "components",
            "mine",
            "record:",
            "said:",
            "signon:",
            "requests:",
        )  # about oneself, whatever organisation one is of
    )
}
AT_HOME = {
    name for name in INSIDE if set(patterns()[name].pattern.converters) <= {"organisation", "form", "kind"}
} - {"guardianship:ask"}  # names somebody in its form
AT_HOME |= {"support:switch"}  # a model is fitted for the whole site, and used by each college that says so
"""These name nothing: in another organisation they are its people's own."""
_CONTESTED = {
    f"evaluation:{page}"
    for page in ("contest", "uphold", "correct_contested", "withdraw", "raise", "correct")
}
_OVERVIEW = {"accounts", "desks", "duties", "find", "history", "hooks", "people", "site", "workdays"}


def room_name(name: str) -> str:
    """The room that must be furnished for an address."""
    room = name.rpartition(":")[0] or "site"
    if room in _OVERVIEW:
        return OVERVIEW
    return CONTESTED if name in _CONTESTED else room


def each_room(names: list[str]) -> pytest.MarkDecorator:
    """One test for each room, which is furnished once for all of its addresses; it gets their names."""
    rooms: dict[str, list[str]] = {}
    for name in names:
        rooms.setdefault(room_name(name), []).append(name)
    return pytest.mark.parametrize("names", list(rooms.values()), ids=list(rooms))


def addresses(names: list[str], cast: Cast) -> dict[str, str]:
    """Furnish the room of these names, and say where each leads: to a page that is there."""
    [room] = {room_name(name) for name in names}
    values = values_of(room, cast)
    return {name: _address(name, named(name, values)) for name in names}


def _address(name: str, values: Values) -> str:
    # The organisation stands in the part above; the rest in the pattern itself.
    words = set(patterns()[name].pattern.converters)
    for kwargs in (words | {"organisation"}, words):
        try:
            return reverse(name, kwargs={word: values[word] for word in kwargs})
        except NoReverseMatch:
            continue
    raise AssertionError(f"no address for {name} with {words}")
