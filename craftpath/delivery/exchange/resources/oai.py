"""The catalogue that others read: OAI-PMH 2.0, with sets by occupation, and what was taken back told for ever.

Answers are made anew for each question; a list goes on by a signed token that holds the question and the last record,
so that nothing is kept between two questions.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parseaddr
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring  # noqa: S405  (parsing is defusedxml's)

from django.conf import settings
from django.core import signing

from craftpath.delivery.exchange.resources import dublin_core, lom
from craftpath.delivery.exchange.resources.described import clean, descriptions
from craftpath.domain.resources import queries

if TYPE_CHECKING:
    from craftpath.domain.resources.models import Resource

OAI = "http://www.openarchives.org/OAI/2.0/"
SCHEMA = "http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd"
NAMING = "http://www.openarchives.org/OAI/2.0/oai-identifier"
A_PART = 100
SET = "occupation-"
_SALT = "craftpath.oai"
_HOST = re.compile(r"[a-zA-Z][a-zA-Z0-9-]*(\.[a-zA-Z][a-zA-Z0-9-]+)+")
_DAY = 24 * 3600
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\dZ)?")
FORMATS: dict[str, tuple[str, str, Callable[..., Element]]] = {
    "oai_dc": (dublin_core.SCHEMA, dublin_core.OAI_DC, dublin_core.element),
    "oai_lom": (lom.SCHEMA, lom.LOM, lom.element),
}
# verb → (arguments that it needs, those that it may have)
VERBS: dict[str, tuple[set[str], set[str]]] = {
    "Identify": (set(), set()),
    "ListMetadataFormats": (set(), {"identifier"}),
    "ListSets": (set(), {"resumptionToken"}),
    "ListIdentifiers": ({"metadataPrefix"}, {"from", "until", "set", "resumptionToken"}),
    "ListRecords": ({"metadataPrefix"}, {"from", "until", "set", "resumptionToken"}),
    "GetRecord": ({"identifier", "metadataPrefix"}, set()),
}
register_namespace("", OAI)


class Fault(Exception):  # noqa: N818  (an answer to a question, not a programming error)
    """One of the errors of the protocol."""

    def __init__(self, code: str, words: str) -> None:
        super().__init__(words)
        self.code, self.words = code, words


@dataclass(frozen=True, slots=True)
class Asked:
    """A question for a list: what a token holds, too. `after` is (when, id) of the last record that was given."""

    prefix: str
    since: str = ""
    until: str = ""
    only: str = ""
    after: tuple[str, int] | None = None
    given: int = 0


def answer(arguments: Mapping[str, Sequence[str]], base: str, at: datetime) -> bytes:
    """The answer to a question, whatever it is; `base` is the address of this catalogue."""
    root = Element(_tag("OAI-PMH"), {f"{{{dublin_core.XSI}}}schemaLocation": f"{OAI} {SCHEMA}"})
    SubElement(root, _tag("responseDate")).text = stamp(at)
    asked = SubElement(root, _tag("request"))
    asked.text = base
    try:
        given = _checked(arguments)
        made = _ANSWERS[given["verb"]](given, base)
    except Fault as fault:
        if fault.code not in ("badVerb", "badArgument"):
            asked.attrib.update({name: clean(values[0]) for name, values in arguments.items()})
        SubElement(root, _tag("error"), {"code": fault.code}).text = fault.words
    else:
        asked.attrib.update({name: clean(value) for name, value in given.items()})
        root.append(made)
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))


def _checked(arguments: Mapping[str, Sequence[str]]) -> dict[str, str]:
    verbs = arguments.get("verb", ())
    if len(verbs) != 1 or verbs[0] not in VERBS:
        raise Fault("badVerb", "one verb of the protocol, once")
    needs, may = VERBS[verbs[0]]
    given = {name: values[0] for name, values in arguments.items() if name != "verb"}
    if any(len(values) != 1 for values in arguments.values()):
        raise Fault("badArgument", "an argument stands once")
    if unknown := set(given) - needs - may:
        raise Fault("badArgument", f"no such argument here: {clean(', '.join(sorted(unknown)))[:200]}")
    if any(not value for name, value in given.items() if name != "resumptionToken"):
        raise Fault("badArgument", "an argument that stands there says something")
    if "resumptionToken" in given:
        if len(given) > 1:
            raise Fault("badArgument", "a resumptionToken stands alone")
    elif lacking := needs - set(given):
        raise Fault("badArgument", f"needed: {', '.join(sorted(lacking))}")
    return {"verb": verbs[0], **given}


def stamp(moment: datetime) -> str:
    """A moment as the protocol writes it, to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def identifier_of(public_id: str) -> str:
    """What a record is called everywhere."""
    return f"oai:{urlsplit(settings.ADDRESS).hostname or 'localhost'}:{public_id}"


def contact() -> str:
    """Whom to write to: as the site says, else the sender of its mail, else its host's own master."""
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    if settings.CONTACT or not sender.endswith("@localhost"):
        return parseaddr(settings.CONTACT)[1] or sender
    return f"hostmaster@{urlsplit(settings.ADDRESS).hostname or 'localhost'}"


def _identify(_given: dict[str, str], base: str) -> Element:
    made = Element(_tag("Identify"))
    first = queries.listed().values_list("changed_at", flat=True).first()
    for name, words in (
        ("repositoryName", "Craftpath 匠途"),
        ("baseURL", base),
        ("protocolVersion", "2.0"),
        ("adminEmail", contact()),
        ("earliestDatestamp", stamp(first) if first else "2026-01-01T00:00:00Z"),
        ("deletedRecord", "persistent"),
        ("granularity", "YYYY-MM-DDThh:mm:ssZ"),
    ):
        SubElement(made, _tag(name)).text = words
    host = urlsplit(settings.ADDRESS).hostname or ""
    if _HOST.fullmatch(host):
        made.append(_naming(host))
    return made


def _naming(host: str) -> Element:
    """How records are named, as the guidelines declare it; its default namespace is written out by hand."""
    description = Element(_tag("description"))
    location = {f"{{{dublin_core.XSI}}}schemaLocation": f"{NAMING} {NAMING}.xsd"}
    part = SubElement(description, "oai-identifier", {"xmlns": NAMING, **location})
    for name, words in (
        ("scheme", "oai"),
        ("repositoryIdentifier", host),
        ("delimiter", ":"),
        ("sampleIdentifier", identifier_of("0123456789ab")),
    ):
        SubElement(part, name).text = words
    return description


def _formats(given: dict[str, str], _base: str) -> Element:
    if "identifier" in given:
        _one(given["identifier"])
    made = Element(_tag("ListMetadataFormats"))
    for prefix, (schema, space, _write) in FORMATS.items():
        part = SubElement(made, _tag("metadataFormat"))
        SubElement(part, _tag("metadataPrefix")).text = prefix
        SubElement(part, _tag("schema")).text = schema
        SubElement(part, _tag("metadataNamespace")).text = space
    return made


def _sets(given: dict[str, str], _base: str) -> Element:
    if "resumptionToken" in given:
        raise Fault("badResumptionToken", "the list of sets comes whole")
    known = queries.listed_occupations()
    if not known:
        raise Fault("noSetHierarchy", "there are no sets now")
    made = Element(_tag("ListSets"))
    for public_id, name in known:
        part = SubElement(made, _tag("set"))
        SubElement(part, _tag("setSpec")).text = SET + public_id
        SubElement(part, _tag("setName")).text = clean(" ".join(dict.fromkeys(name.values())))
    return made


def _list(given: dict[str, str], _base: str) -> Element:
    asked = _resumed(given["resumptionToken"]) if "resumptionToken" in given else _asked(given)
    since, until = _moments(asked.since, asked.until)
    after = (datetime.fromisoformat(asked.after[0]), asked.after[1]) if asked.after else ()
    only = asked.only.removeprefix(SET)
    if asked.only and (only == asked.only or not only.isalnum()):
        raise Fault("noRecordsMatch", "there is no such set")
    rows = list(queries.listed(since=since, until=until, occupation=only, after=after)[: A_PART + 1])
    if not rows and asked.only and not queries.listed_occupations():
        raise Fault("noSetHierarchy", "there are no sets now")
    if not rows:
        raise Fault("noRecordsMatch", "nothing matches")
    part, whole = rows[:A_PART], given["verb"] == "ListRecords"
    made = Element(_tag(given["verb"]))
    for element in _records(part, asked.prefix) if whole else map(_header, part):
        made.append(element)
    if len(rows) > A_PART or asked.after:
        token = SubElement(made, _tag("resumptionToken"), {"cursor": str(asked.given)})
        if len(rows) > A_PART:
            last = part[-1]
            on = [last.changed_at.isoformat(), last.pk]
            held = [asked.prefix, asked.since, asked.until, asked.only, on, asked.given + len(part)]
            token.text = signing.dumps(held, salt=_SALT, compress=True)
    return made


def _asked(given: dict[str, str]) -> Asked:
    if given["metadataPrefix"] not in FORMATS:
        raise Fault("cannotDisseminateFormat", "this format is not written here")
    return Asked(given["metadataPrefix"], given.get("from", ""), given.get("until", ""), given.get("set", ""))


def _resumed(token: str) -> Asked:
    try:
        prefix, since, until, only, after, count = signing.loads(token, salt=_SALT, max_age=_DAY)
    except (signing.BadSignature, ValueError, TypeError):
        raise Fault("badResumptionToken", "this token was not given here, or not today") from None
    return Asked(prefix, since, until, only, (after[0], after[1]), count)


def _moments(since: str, until: str) -> tuple[datetime | None, datetime | None]:
    """From when, and up to the last instant that still belongs to it."""
    found = [_moment(since), _moment(until)]
    if since and until:
        if len(since) != len(until):
            raise Fault("badArgument", "from and until are written alike")
        if since > until:
            raise Fault("badArgument", "from lies after until")
    if found[1] is not None:
        found[1] += (timedelta(days=1) if len(until) == 10 else timedelta(seconds=1)) - timedelta(
            microseconds=1
        )
    return found[0], found[1]


def _moment(words: str) -> datetime | None:
    if not words:
        return None
    if not _MOMENT.fullmatch(words) or not words.isascii():
        raise Fault("badArgument", "a day, or a moment in UTC to the second")
    try:
        found = datetime.fromisoformat(words)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)) if found.year < 9999 else _last()
    except ValueError:
        raise Fault("badArgument", "there is no such day") from None


def _last() -> datetime:
    return datetime(9998, 12, 31, tzinfo=UTC)


def _get(given: dict[str, str], _base: str) -> Element:
    if given["metadataPrefix"] not in FORMATS:
        raise Fault("cannotDisseminateFormat", "this format is not written here")
    made = Element(_tag("GetRecord"))
    made.extend(_records([_one(given["identifier"])], given["metadataPrefix"]))
    return made


def _one(identifier: str) -> Resource:
    public_id = identifier.rpartition(":")[2]
    known = identifier == identifier_of(public_id) and public_id.isalnum() and public_id.isascii()
    row = queries.listed().filter(public_id=public_id).first() if known else None
    if row is None:
        raise Fault("idDoesNotExist", "there is no such record")
    return row


def _records(rows: Sequence[Resource], prefix: str) -> list[Element]:
    write = FORMATS[prefix][2]
    open_now = [row for row in rows if row.open_to_all]
    told = dict(zip((row.pk for row in open_now), descriptions(open_now), strict=True))
    made = []
    for row in rows:
        record = Element(_tag("record"))
        record.append(_header(row))
        if row.pk in told:
            SubElement(record, _tag("metadata")).append(write(told[row.pk]))
        made.append(record)
    return made


def _header(row: Resource) -> Element:
    made = Element(_tag("header"), {} if row.open_to_all else {"status": "deleted"})
    SubElement(made, _tag("identifier")).text = identifier_of(row.public_id)
    SubElement(made, _tag("datestamp")).text = stamp(row.changed_at)
    if row.occupation is not None:
        SubElement(made, _tag("setSpec")).text = SET + row.occupation.public_id
    return made


def _tag(name: str) -> str:
    return f"{{{OAI}}}{name}"


_ANSWERS: dict[str, Callable[[dict[str, str], str], Any]] = {
    "Identify": _identify,
    "ListMetadataFormats": _formats,
    "ListSets": _sets,
    "ListIdentifiers": _list,
    "ListRecords": _list,
    "GetRecord": _get,
}
