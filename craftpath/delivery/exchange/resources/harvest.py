"""Another catalogue read part by part: its answers, whatever they are, become records or a reason why not."""

from __future__ import annotations

from dataclasses import dataclass, field
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


@dataclass(slots=True)
class Part:
    """A part of a list: its records, the token that leads on ("" at the end), and the other side's moment."""

    records: list[Came] = field(default_factory=list)
    token: str = ""
    moment: str = ""


def read_part(source: Source) -> Part:
    """Ask for the next part. Refused, with a reason, for all that is no answer."""
    asked = {"verb": "ListRecords"}
    if source.token:
        asked["resumptionToken"] = source.token
    else:
        asked["metadataPrefix"] = "oai_dc"
        asked |= {"from": source.until} if source.until else {}
        asked |= {"set": source.only} if source.only else {}
    joint = "&" if "?" in source.address else "?"
    target = target_of(f"{source.address}{joint}{urlencode(asked)}")
    status, content = get(target, most=MOST_BYTES + 1, seconds=SECONDS)
    if 300 <= status < 400:
        raise Refused(not_now("kernel.hook_redirects", status=status))
    if not 200 <= status < 300:
        raise Refused(not_now("kernel.hook_answered", status=status))
    if len(content) > MOST_BYTES:
        raise Refused(not_now("resources.answer_too_long", megabytes=MOST_BYTES // 2**20))
    return part_of(content)


def part_of(content: bytes) -> Part:
    """What an answer says."""
    try:
        root = tree(content)
    except NoXml:
        raise Refused(not_now("resources.not_a_catalogue")) from None
    if local(root) != "OAI-PMH":
        raise Refused(not_now("resources.not_a_catalogue"))
    part = Part()
    for one in root:
        if local(one) == "responseDate":
            part.moment = (one.text or "").strip()[:30]
        elif local(one) == "error" and one.get("code") != "noRecordsMatch":
            raise Refused(not_now("resources.catalogue_says", code=(one.get("code") or "?")[:60]))
        elif local(one) == "ListRecords":
            part.records = [came for record in one if (came := _record(record)) is not None]
            part.token = next(
                ((token.text or "").strip() for token in one if local(token) == "resumptionToken"), ""
            )
    if not part.moment:
        raise Refused(not_now("resources.not_a_catalogue"))
    return part


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
