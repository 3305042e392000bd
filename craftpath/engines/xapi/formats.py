"""How a statement is shown: by identifiers only, or in one language with what is known of activities and verbs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from craftpath.engines.xapi.activities import COMPONENTS
from craftpath.engines.xapi.finding import bare
from craftpath.engines.xapi.types import Json

FORMATS = ("exact", "ids", "canonical")
Change = Callable[[Json], Json]


def ids(statement: Json) -> Json:
    """Only what identifies agents, groups, verbs and activities."""
    return _changed(statement, bare, lambda verb: {"id": verb["id"]}, _bare_activity)


def canonical(
    statement: Json,
    definitions: Mapping[str, Json],
    displays: Mapping[str, Json],
    languages: Sequence[tuple[str, float]],
) -> Json:
    """Activities and verbs as they are known by now, each text in the one language that fits best."""

    def verb(value: Json) -> Json:
        display = displays.get(value["id"]) or value.get("display")
        return {"id": value["id"]} | ({"display": one_language(display, languages)} if display else {})

    def activity(value: Json) -> Json:
        definition = definitions.get(value["id"]) or value.get("definition")
        return value | ({"definition": _in_one(definition, languages)} if definition else {})

    return _changed(statement, lambda actor: actor, verb, activity)


def _bare_activity(activity: Json) -> Json:
    """Its id is enough: what names no kind is an activity."""
    return {"id": activity["id"]}


def _changed(statement: Json, actor: Change, verb: Change, activity: Change) -> Json:
    shown = statement | {"actor": actor(statement["actor"]), "verb": verb(statement["verb"])}
    about = statement["object"]
    kind = about.get("objectType", "Activity")
    if kind == "Activity":
        shown["object"] = activity(about)
    elif kind == "SubStatement":
        shown["object"] = _changed(about, actor, verb, activity)
    elif kind != "StatementRef":
        shown["object"] = actor(about)
    if "authority" in shown:
        shown["authority"] = actor(shown["authority"])
    if "context" in shown:
        shown["context"] = _context(shown["context"], actor, activity)
    return shown


def _context(context: Json, actor: Change, activity: Change) -> Json:
    shown = dict(context)
    for name in ("instructor", "team"):
        if name in shown:
            shown[name] = actor(shown[name])
    if "contextActivities" in shown:
        shown["contextActivities"] = {
            name: [activity(one) for one in some] for name, some in shown["contextActivities"].items()
        }
    for name, inner in (("contextAgents", "agent"), ("contextGroups", "group")):
        if name in shown:
            shown[name] = [one | {inner: actor(one[inner])} for one in shown[name]]
    return shown


def _in_one(definition: Json, languages: Sequence[tuple[str, float]]) -> Json:
    shown = dict(definition)
    for name in ("name", "description"):
        if name in shown:
            shown[name] = one_language(shown[name], languages)
    for name in COMPONENTS:
        if name in shown:
            shown[name] = [
                one | {"description": one_language(one["description"], languages)}
                if "description" in one
                else one
                for one in shown[name]
            ]
    return shown


def one_language(texts: Mapping[str, str], languages: Sequence[tuple[str, float]]) -> dict[str, str]:
    """The one text that a reader of these languages takes first; without a wish or a match the first there is."""
    if not texts:
        return {}
    best = max(texts, key=lambda tag: _liking(tag, languages))
    return {best: texts[best]}


def _liking(tag: str, languages: Sequence[tuple[str, float]]) -> tuple[float, int]:
    """How much a language is wanted, and by how many letters of the wish it was meant."""
    tag, found = tag.lower(), (0.0, 0)
    for wish, weight in languages:
        if wish == "*":
            found = max(found, (weight, 0))
        elif tag == wish or tag.startswith(f"{wish}-"):
            found = max(found, (weight, len(wish) + 1))
        elif wish.startswith(f"{tag}-"):  # who asked for Swiss German reads German
            found = max(found, (weight, 1))
    return found


def accepted(header: str) -> list[tuple[str, float]]:
    """The languages of an `Accept-Language` header with their weights; what is no wish is passed over."""
    wishes = []
    for part in header.split(",")[:50]:
        tag, _, rest = part.strip().partition(";")
        weight: Any = 1.0
        if rest.strip().startswith("q="):
            try:
                weight = float(rest.strip()[2:])
            except ValueError:
                continue
        if tag and 0 < weight <= 1:
            wishes.append((tag.strip().lower(), weight))
    return wishes
