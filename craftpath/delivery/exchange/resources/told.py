"""What a catalogue says of a file or an address, as a file beside it: LOM or Dublin Core, in whatever it is wrapped."""

from __future__ import annotations

from craftpath.delivery.exchange.resources import dublin_core, lom
from craftpath.delivery.exchange.resources.described import Description
from craftpath.delivery.exchange.xml_in import NoXml, local, tree
from craftpath.values.verdict import Refused, not_now

BYTES = 2**20
_READERS = {"lom": lom.read, "dc": dublin_core.read, "qualifieddc": dublin_core.read}


def told_in(content: bytes) -> Description:
    """What it says; `Refused` for what is neither, and for what says nothing."""
    try:
        root = tree(content)
    except NoXml:
        raise Refused(not_now("resources.told_unreadable")) from None
    for one in root.iter():
        read = _READERS.get(local(one).lower())
        if read is not None and (told := read(one)).title:
            return told
    raise Refused(not_now("resources.told_unreadable"))
