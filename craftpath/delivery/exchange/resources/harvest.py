"""Another catalogue read part by part: its answers, whatever they are, become records or a reason why not."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from craftpath.delivery.exchange.outward import get, target_of
from craftpath.delivery.exchange.resources import dublin_core
from craftpath.delivery.exchange.xml_in import NoXml, local, tree
from craftpath.domain.resources.actions import Came
from craftpath.values.verdict import Refused, not_now

if TYPE_CHECKING:
    from craftpath.domain.resources.models import Source

MOST_BYTES = 20 * 2**20
SECONDS = 30.0
PARTS = 50
"""Parts that one job reads; the next one goes on."""
MOST_PARTS = 5_000
"""Parts of one list: what goes on after them goes on for ever."""
LONGEST_TOKEN = 2_000
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)
_DAY = "YYYY-MM-DD"


@dataclass(slots=True)
class Part:
    """A part of a list: its records, the token that leads on ("" at the end), and the other side's moment."""

    records: list[Came] = field(default_factory=list)
    token: str = ""
    moment: str = ""


def read_part(source: Source) -> Part:
    """Ask for the next part. Refused, with a reason, for all that is no answer, and for a list without an end."""
    asked = {"verb": "ListRecords"}
    if source.token:
        asked["resumptionToken"] = source.token
    else:
        asked["metadataPrefix"] = "oai_dc"
        asked |= {"from": _since(source)} if source.until else {}
        asked |= {"set": source.only} if source.only else {}
    part = part_of(_answer(source, asked))
    if part.token and part.token == source.token:
        raise Refused(not_now("resources.catalogue_repeats"))
    if part.token and source.parts + 1 >= MOST_PARTS:
        raise Refused(not_now("resources.catalogue_endless", most=MOST_PARTS))
    return part


def _answer(source: Source, asked: dict[str, str]) -> bytes:
    joint = "&" if "?" in source.address else "?"
    target = target_of(f"{source.address}{joint}{urlencode(asked)}")
    status, content = get(target, most=MOST_BYTES + 1, seconds=SECONDS)
    if 300 <= status < 400:
        raise Refused(not_now("kernel.hook_redirects", status=status))
    if not 200 <= status < 300:
        raise Refused(not_now("kernel.hook_answered", status=status))
    if len(content) > MOST_BYTES:
        raise Refused(not_now("resources.answer_too_long", megabytes=MOST_BYTES // 2**20))
    return content


def _since(source: Source) -> str:
    """From when on is asked, as exactly as that catalogue reckons: one that knows days refuses a second."""
    root = _root(_answer(source, {"verb": "Identify"}))
    said = next(((one.text or "").strip() for one in root.iter() if local(one) == "granularity"), "")
    return source.until[:10] if said == _DAY else source.until


def _root(content: bytes) -> Any:
    try:
        root = tree(content)
    except NoXml:
        raise Refused(not_now("resources.not_a_catalogue")) from None
    if local(root) != "OAI-PMH":
        raise Refused(not_now("resources.not_a_catalogue"))
    return root


def part_of(content: bytes) -> Part:
    """What an answer says."""
    part = Part()
    for one in _root(content):
        if local(one) == "responseDate":
            part.moment = _moment(one.text or "")
        elif local(one) == "error" and one.get("code") != "noRecordsMatch":
            raise Refused(not_now("resources.catalogue_says", code=(one.get("code") or "?")[:60]))
        elif local(one) == "ListRecords":
            part.records = [came for record in one if (came := _record(record)) is not None]
            part.token = next(
                ((token.text or "").strip() for token in one if local(token) == "resumptionToken"), ""
            )
    if not part.moment or len(part.token) > LONGEST_TOKEN:
        raise Refused(not_now("resources.not_a_catalogue"))
    return part


def _moment(words: str) -> str:
    """A moment as the protocol writes it; "" for any other: from it one would ask on."""
    said = words.strip()
    try:
        datetime.fromisoformat(said)
    except ValueError:
        return ""
    return said if _MOMENT.fullmatch(said) else ""


def _record(record: Any) -> Came | None:
    parts = {local(one): one for one in record}
    header = parts.get("header")
    if header is None:
        return None
    said = {local(one): (one.text or "").strip() for one in header}
    if not said.get("identifier"):
        return None
    gone = header.get("status") == "deleted"
    held = next(iter(parts["metadata"]), None) if "metadata" in parts else None
    told = dublin_core.read(held).record() if held is not None and not gone else {}
    if not gone and not (told.get("title") and told.get("address")):
        return None  # nothing to show, or nowhere to go
    return Came(said["identifier"], said.get("datestamp", ""), told, gone)
