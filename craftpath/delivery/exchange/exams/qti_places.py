"""Interactions with a picture: places in it as regions of the bank, or as names where the picture is missing."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from xml.etree.ElementTree import Element  # noqa: S405  (parsing is defusedxml's)

from craftpath.delivery.exchange.exams.qti_body import Body
from craftpath.delivery.exchange.exams.qti_keys import Keys, decimal
from craftpath.delivery.exchange.exams.qti_values import within
from craftpath.delivery.exchange.xml_in import local
from craftpath.engines.scoring import Kind
from craftpath.values.text import Text

_SPARE = ((6, 6), (2, 6), (6, 2), (2, 2), (4, 4))
"""Eighths of a picture at which further places are laid, where the item knows only right ones."""
Row = dict[str, Any]


def shape_of(element: Element, body: Body, width: int, height: int) -> tuple[str, list[str]]:
    """The shape of a place as the bank has it: a circle, or the rectangle around whatever else it is."""
    shape = element.get("shape", "")
    at = [
        figure
        for text in element.get("coords", "").replace("%", "").split(",")
        if (figure := decimal(text)) is not None
    ]
    if shape == "circle" and len(at) == 3:
        return "circle", [text.strip() for text in element.get("coords", "").split(",")]
    if shape == "rect" and len(at) == 4:
        if at[0] < at[2] and at[1] < at[3] and not (width and (at[2] > width or at[3] > height)):
            return "rect", [text.strip() for text in element.get("coords", "").split(",")]
        xs, ys = sorted((at[0], at[2])), sorted((at[1], at[3]))
    elif shape == "ellipse" and len(at) == 4:
        body.remark("qti.shape_around", shape=shape)
        xs, ys = [at[0] - at[2], at[0] + at[2]], [at[1] - at[3], at[1] + at[3]]
    elif shape == "poly" and len(at) >= 6:
        body.remark("qti.shape_around", shape=shape)
        xs, ys = sorted(at[::2]), sorted(at[1::2])
    else:
        body.remark("qti.shape_around", shape=shape[:20])
        return "rect", ["0", "0", str(width or 1), str(height or 1)]
    right: Any
    bottom: Any
    right, bottom = (min(xs[-1], width), min(ys[-1], height)) if width and height else (xs[-1], ys[-1])
    figures = [Decimal(figure) for figure in (max(xs[0], Decimal(0)), max(ys[0], Decimal(0)), right, bottom)]
    return "rect", [f"{figure.normalize():f}" for figure in figures]


def size_of(held: Element | None, places: list[Element]) -> tuple[int, int]:
    """The size of a picture; where it is not said, so much that every place lies in it."""
    width, height = (whole(held.get(side, "") if held is not None else "") for side in ("width", "height"))
    if width and height:
        return width, height
    figures = [[decimal(text) or 0 for text in one.get("coords", "").split(",")] for one in places]
    reach = [max((int(figure) for row in figures for figure in row), default=0) * 2 + 1] * 2
    return width or reach[0], height or reach[1]


def picture_of(element: Element) -> Element | None:
    """The picture of a graphic interaction."""
    return next((one for one in element if local(one) in ("object", "img")), None)


def named_places(body: Body, element: Element, name: str, key: Any) -> list[Row]:
    """Places of a picture as rows of words, for questions about them: what they are called and where they lie."""
    rows = []
    for number, choice in enumerate((one for one in element if local(one) == name), start=1):
        label = (
            choice.get("hotspotLabel") or choice.get("aria-label") or choice.get("matchLabel") or str(number)
        )
        at = ", ".join(text.strip() for text in choice.get("coords", "").split(",")[:2])
        rows.append(
            {"key": key(choice), "text": {_side(label): f"{label[:100]} ({at})" if at else label[:100]}}
        )
    return rows


def hotspot(
    body: Body, keys: Keys, element: Element, extras: Mapping[str, Any], key: Any
) -> tuple[Kind, Row]:
    """`hotspotInteraction`."""
    choices = [one for one in element if local(one) == "hotspotChoice"]
    held = picture_of(element)
    width, height = size_of(held, choices)
    names, places = extras.get("names"), extras.get("at")
    regions = []
    for number, choice in enumerate(choices, start=1):
        one = key(choice)
        label = choice.get("hotspotLabel") or choice.get("aria-label") or str(number)
        name = names.get(one) if isinstance(names, dict) else None
        shape, at = shape_of(choice, body, width, height)
        own = places.get(one) if isinstance(places, dict) else None
        at = own if isinstance(own, list) and all(isinstance(part, str) for part in own) and own == at else at
        side = "en" if label.isascii() and not body.language.startswith("zh") else "zh"
        said = Text.of(name).as_json() if isinstance(name, dict) else {side: label[:100]}
        regions.append({"key": one, "name": said, "shape": shape, "at": at})
    name = element.get("responseIdentifier", "")
    right = keys.right(name) or [value for value, worth, _ in keys.mapped(name) if worth > 0]
    return _regions(body, held, width, height, regions, right)


def point(body: Body, keys: Keys, element: Element, stage: Element | None) -> tuple[Kind, Row] | None:
    """`selectPointInteraction` and `positionObjectInteraction`: the areas of the declaration are the places."""
    name = element.get("responseIdentifier", "")
    declared = keys.declared.get(name)
    areas = (
        [one for row in declared if local(row) == "areaMapping" for one in row]
        if declared is not None
        else []
    )
    held = picture_of(stage if stage is not None else element)
    width, height = size_of(held, areas)
    if not areas:
        reach = max(min(width, height) // 20, 5)
        areas = [
            Element(
                "area",
                {"shape": "circle", "coords": ",".join([*value.split()[:2], str(reach)]), "mappedValue": "1"},
            )
            for value in keys.right(name)
        ]
    if not areas:
        return None
    regions: list[Row] = []
    right = []
    for number, area in enumerate(areas, start=1):
        shape, at = shape_of(area, body, width, height)
        regions.append(
            {"key": f"P{number}", "name": {"en": str(number), "zh": str(number)}, "shape": shape, "at": at}
        )
        if (decimal(area.get("mappedValue", "0")) or 0) > 0:
            right.append(f"P{number}")
    most = element.get(
        "maxChoices", "1" if declared is not None and declared.get("cardinality") == "single" else "0"
    )
    if most == "1" and len(right) > 1:
        worth = {f"P{n}": decimal(area.get("mappedValue", "0")) or 0 for n, area in enumerate(areas, start=1)}
        right = [max(right, key=lambda one: worth[one])]
        body.remark("qti.counts_otherwise")
    if len(regions) == len(right):
        _spare(body, regions, areas, width, height)
    return _regions(body, held, width, height, regions, right)


def _spare(body: Body, regions: list[Row], areas: list[Element], width: int, height: int) -> None:
    """Lay wrong places beside the right ones: in the bank candidates choose among places."""
    reach = max(min(width, height) // 10, 1)
    wanted = max(3 - len(regions), 1)
    for across, down in _SPARE:
        x, y = width * across // 8, height * down // 8
        if wanted and not any(within(area, f"{x} {y}") for area in areas):
            number = len(regions) + 1
            at = [str(x), str(y), str(reach)]
            regions.append(
                {
                    "key": f"P{number}",
                    "name": {"en": str(number), "zh": str(number)},
                    "shape": "circle",
                    "at": at,
                }
            )
            wanted -= 1
    body.remark("qti.places_added")


def _regions(
    body: Body, held: Element | None, width: int, height: int, regions: list[Row], right: list[str]
) -> tuple[Kind, Row]:
    picture = body.mark(held.get("data") or held.get("src") or "") if held is not None else ""
    if picture:
        return Kind.HOTSPOT, {
            "picture": picture, "width": width, "height": height, "regions": regions, "right": right,
        }  # fmt: skip
    body.remark("qti.places_by_name")
    options = [
        {
            "key": row["key"],
            "text": {side: f"{words} ({', '.join(row['at'][:2])})" for side, words in row["name"].items()},
        }
        for row in regions
    ]
    return (Kind.SINGLE if len(right) == 1 else Kind.MULTIPLE), {"options": options, "right": right}


def _side(words: str) -> str:
    return "en" if words.isascii() else "zh"


def whole(text: str) -> int:
    """A size in pixels, 0 if it is none."""
    text = text.strip().removesuffix("px").partition(".")[0]
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 0
