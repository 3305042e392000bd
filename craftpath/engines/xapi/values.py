"""Single values: identifiers, texts, moments and numbers, each with its one form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from craftpath.engines.xapi.types import Json, Wrong

_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:(?:[^\s%<>\"{}|\\^`\x00-\x20\x7f]|%[0-9A-Fa-f]{2})+")
_HOST = re.compile(r"(?:https?|ftp|wss?):(?!//[^/?#])", re.IGNORECASE)
_UUID = re.compile(r"[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}")
_MAILTO = re.compile(r"mailto:[^\s@?<>\"]+@(?!\.)[^\s@?<>\"/]+(?<!\.)")
_SHA1 = re.compile(r"[0-9A-Fa-f]{40}")
_SHA2 = re.compile(r"(?:[0-9A-Fa-f]{56}|[0-9A-Fa-f]{64}|[0-9A-Fa-f]{96}|[0-9A-Fa-f]{128})")
_MEDIA = re.compile(r"[A-Za-z0-9!#$&^_.+\-]+/[A-Za-z0-9!#$&^_.+\-]+(?:\s*;.*)?")
_MOMENT = re.compile(
    r"(\d{4})(-?)(\d\d)\2(\d\d)T(\d\d)(?:(:?)(\d\d)(?:\6(\d\d)(?:[.,](\d+))?)?)?"
    r"(Z|[+\-]\d\d(?::?\d\d)?)?",
    re.ASCII,
)
_NUMBER = r"\d+(?:[.,]\d+)?"
_DURATION = re.compile(
    rf"P(?:({_NUMBER})W|(?=.)(?:({_NUMBER})Y)?(?:({_NUMBER})M)?(?:({_NUMBER})D)?"
    rf"(?:T(?=.)(?:({_NUMBER})H)?(?:({_NUMBER})M)?(?:({_NUMBER})S)?)?)",
    re.ASCII,
)
_LANGUAGE = re.compile(
    r"(?:(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4}|[a-z]{5,8})"
    r"(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?(?:-(?:[a-z0-9]{5,8}|\d[a-z0-9]{3}))*"
    r"(?:-[0-9a-wyz](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?|x(?:-[a-z0-9]{1,8})+"
    r"|en-gb-oed|i-(?:ami|bnn|default|enochian|hak|klingon|lux|mingo|navajo|pwn|tao|tay|tsu)"
    r"|sgn-(?:be-fr|be-nl|ch-de)|art-lojban|cel-gaulish|no-bok|no-nyn|zh-(?:guoyu|hakka|min|min-nan|xiang))",
    re.IGNORECASE | re.ASCII,
)


def an_object(value: Any, where: str, allowed: Iterable[str] = (), needed: Iterable[str] = ()) -> Json:
    """An object that has what is needed and nothing but what is allowed."""
    if not isinstance(value, dict):
        raise Wrong("is_null" if value is None else "not_an_object", where)
    for name in value:
        if name not in allowed:
            raise Wrong("unknown", where, name=name)
        if value[name] is None:
            raise Wrong("is_null", inside(where, name))
    for name in needed:
        if name not in value:
            raise Wrong("missing", where, name=name)
    return value


def an_array(value: Any, where: str) -> list[Any]:
    """An array."""
    if not isinstance(value, list):
        raise Wrong("not_an_array", where)
    return value


def a_string(value: Any, where: str) -> str:
    """Any text."""
    if not isinstance(value, str):
        raise Wrong("not_a_string", where)
    return value


def a_boolean(value: Any, where: str) -> bool:
    """A truth value; no text that looks like one."""
    if not isinstance(value, bool):
        raise Wrong("not_a_boolean", where)
    return value


def a_number(value: Any, where: str) -> float:
    """A number; a truth value is none."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Wrong("not_a_number", where)
    return value


def a_length(value: Any, where: str) -> int:
    """A whole number of octets."""
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise Wrong("not_an_integer", where)
    return value


def one_of(value: Any, where: str, allowed: Iterable[str]) -> str:
    """One of a few words, letter for letter."""
    if not isinstance(value, str):
        raise Wrong("not_a_string", where)
    if value not in allowed:
        raise Wrong("not_among", where, value=value, allowed=", ".join(allowed))
    return value


def an_iri(value: Any, where: str) -> str:
    """An absolute identifier; best effort, as the standard allows: its scheme, and no character that may not stand."""
    text = a_string(value, where)
    if not _IRI.fullmatch(text) or _HOST.match(text):
        raise Wrong("iri", where, value=text)
    return text


def a_uuid(value: Any, where: str) -> str:
    """A UUID as 8-4-4-4-12 hexadecimal digits."""
    text = a_string(value, where)
    if not _UUID.fullmatch(text):
        raise Wrong("uuid", where, value=text)
    return text


def a_mailto(value: Any, where: str) -> str:
    """The address of a mailbox."""
    text = a_string(value, where)
    if not _MAILTO.fullmatch(text):
        raise Wrong("mailto", where, value=text)
    return text


def a_sha1(value: Any, where: str) -> str:
    """The hash of a mailbox."""
    text = a_string(value, where)
    if not _SHA1.fullmatch(text):
        raise Wrong("sha1", where, value=text)
    return text


def a_sha2(value: Any, where: str) -> str:
    """The hash of an attachment."""
    text = a_string(value, where)
    if not _SHA2.fullmatch(text):
        raise Wrong("sha2", where, value=text)
    return text


def a_media_type(value: Any, where: str) -> str:
    """What an attachment is."""
    text = a_string(value, where)
    if not _MEDIA.fullmatch(text):
        raise Wrong("media_type", where, value=text)
    return text


def a_language(value: Any, where: str) -> str:
    """A language tag: the sequence of its parts, none of them twice, not whether a register knows them."""
    text = a_string(value, where)
    if not _LANGUAGE.fullmatch(text) or (text.count("-") > 1 and _says_twice(text.lower())):
        raise Wrong("language_tag", where, value=text)
    return text


def _says_twice(tag: str) -> bool:
    """Whether a variant, or the one character that leads an extension, stands a second time before what is private."""
    parts = f"-{tag}".partition("-x-")[0].split("-")[2:]
    first = next((n for n, part in enumerate(parts) if len(part) == 1), len(parts))
    variants = [part for part in parts[:first] if len(part) > 4 or (len(part) == 4 and part[0].isdigit())]
    singletons = [part for part in parts if len(part) == 1]
    return len(set(variants)) < len(variants) or len(set(singletons)) < len(singletons)


def a_language_map(value: Any, where: str) -> Mapping[str, str]:
    """The same said in several languages."""
    if not isinstance(value, dict):
        raise Wrong("not_an_object", where)
    for tag, text in value.items():
        a_language(tag, where)
        a_string(text, inside(where, tag))
    return value


def extensions(value: Any, where: str) -> Json:
    """Anything at all under IRIs."""
    if not isinstance(value, dict):
        raise Wrong("not_an_object", where)
    for name in value:
        an_iri(name, where)
    return value


def a_duration(value: Any, where: str) -> str:
    """A duration with units; a fraction may stand at the smallest of them only."""
    text = a_string(value, where)
    found = _DURATION.fullmatch(text)
    if found is None:
        raise Wrong("duration", where, value=text)
    parts = [part for part in found.groups() if part]
    if any(not part.isdigit() for part in parts[:-1]):
        raise Wrong("duration", where, value=text)
    return text


def a_moment(value: Any, where: str) -> datetime:
    """A date with a time, in UTC; without a zone it is read as UTC. An offset of minus zero is none."""
    text = a_string(value, where)
    found = _MOMENT.fullmatch(text)
    if found is None:
        raise Wrong("timestamp", where, value=text)
    year, dash, month, day, hour, colon, minute, second, fraction, zone = found.groups()
    if minute is not None and bool(dash) != bool(colon):  # the long form and the short one are not mixed
        raise Wrong("timestamp", where, value=text)
    try:
        offset = _offset(zone)
        seconds = int(second or 0)
        ends_day = (int(hour), int(minute or 0), seconds) == (24, 0, 0) and not int(fraction or 0)
        moment = datetime(
            int(year),
            int(month),
            int(day),
            0 if ends_day else int(hour),
            int(minute or 0),
            min(seconds, 59) if seconds == 60 else seconds,
            int(f"{fraction or '0':0<6.6}"),
            tzinfo=offset,
        )
        return (moment + timedelta(days=ends_day, seconds=seconds == 60)).astimezone(UTC)
    except (ValueError, OverflowError) as fault:
        raise Wrong("timestamp", where, value=text) from fault


def _offset(zone: str | None) -> timezone:
    if zone is None or zone == "Z":
        return UTC
    digits = zone[1:].replace(":", "")
    hours, minutes = int(digits[:2]), int(digits[2:] or 0)
    if minutes > 59 or (zone[0] == "-" and not hours and not minutes):
        raise ValueError(zone)
    return timezone((-1 if zone[0] == "-" else 1) * timedelta(hours=hours, minutes=minutes))


def written(moment: datetime) -> str:
    """A moment as statements write it: UTC, to the microsecond."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}Z"


def inside(where: str, name: str) -> str:
    """The place of a property."""
    return f"{where}.{name}" if where else name


def at(where: str, number: int) -> str:
    """The place of an item of an array."""
    return f"{where}[{number}]"
