"""The catalogue walked as a validator of OAI-PMH walks it, check by check, with sets, deleted records and parts."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

import pytest
from defusedxml import ElementTree, minidom
from django.test import Client

from craftpath.delivery.exchange.resources import oai
from craftpath.domain.resources.models import Resource
from tests.exchange.resources.test_catalogues import library  # noqa: F401  (a fixture)

pytestmark = pytest.mark.usefixtures("all_rows")
SECONDS = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
SPACE, SCHEMA = "http://www.openarchives.org/OAI/2.0/", "http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd"
WRONG = (
    ("junk", {"badVerb"}),
    ("verb=junk", {"badVerb"}),
    ("verb=GetRecord&metadataPrefix=oai_dc", {"badArgument"}),
    ("verb=GetRecord&identifier={one}", {"badArgument"}),
    ('verb=GetRecord&identifier=invalid"id&metadataPrefix=oai_dc', {"badArgument", "idDoesNotExist"}),
    ("verb=ListIdentifiers&until=junk", {"badArgument"}),
    ("verb=ListIdentifiers&from=junk", {"badArgument"}),
    ("verb=ListIdentifiers&resumptionToken=junk&until=2000-02-05", {"badArgument"}),
    ("verb=ListRecords&metadataPrefix=oai_dc&from=junk", {"badArgument"}),
    ("verb=ListRecords&resumptionToken=junk", {"badResumptionToken"}),
    ("verb=ListRecords&metadataPrefix=oai_dc&resumptionToken=junk&until=1990-01-10", {"badArgument"}),
    ("verb=ListRecords&metadataPrefix=oai_dc&until=junk", {"badArgument"}),
    ("verb=ListRecords", {"badArgument"}),
    ("verb=ListRecords&metadataPrefix=oai_dc&from=2002-02-05&until=2002-02-06T05:35:00Z", {"badArgument"}),
    ("verb=ListRecords&metadataPrefix=oai_dc&until={early}", {"noRecordsMatch"}),
)


class Walk:
    """Asks, reads names as they are written, and counts what holds."""

    def __init__(self) -> None:
        self.passed = 0

    def holds(self, is_so: object, what: str) -> None:
        assert is_so, what
        self.passed += 1

    def ask(self, query: str) -> Any:
        answer = Client().get(f"/oai/?{query}")
        assert answer.status_code == 200
        return minidom.parseString(answer.content)

    def verb(self, query: str) -> Any:
        """With the moment, and the schema, that every good answer has."""
        document = self.ask(query)
        self.holds(SECONDS.fullmatch(text(document, "responseDate")[0]), "responseDate")
        [root] = document.getElementsByTagName("OAI-PMH")
        assert root.getAttribute("xsi:schemaLocation").split() == [SPACE, SCHEMA]
        return document


def text(document: Any, name: str) -> list[str]:
    return [one.firstChild.data if one.firstChild else "" for one in document.getElementsByTagName(name)]


def walked(base: str) -> int:
    walk = Walk()
    who = walk.ask("verb=Identify")
    assert re.fullmatch(r"\w[\w\-.]+@[a-zA-Z0-9\-.]+\.[a-z]{2,}", text(who, "adminEmail")[0])
    walk.holds(text(who, "protocolVersion") == ["2.0"], "version")
    walk.holds(text(who, "baseURL") == [base], "base")
    walk.holds(text(who, "granularity") == ["YYYY-MM-DDThh:mm:ssZ"], "granularity")
    [first] = text(who, "earliestDatestamp")
    walk.holds(SECONDS.fullmatch(first), "earliest")
    [naming] = who.getElementsByTagName("oai-identifier")
    walk.holds(naming.getAttribute("xmlns") == f"{SPACE}oai-identifier", "namespace of names")
    walk.holds(text(who, "repositoryIdentifier") == ["craft.example"], "names")
    sets = text(walk.verb("verb=ListSets"), "setSpec")
    walk.holds(sets, "sets")
    some = walk.verb(f"verb=ListIdentifiers&metadataPrefix=oai_dc&set={sets[0]}")
    headers = some.getElementsByTagName("header")
    one = next(text(row, "identifier")[0] for row in headers if row.getAttribute("status") != "deleted")
    walk.holds(one.startswith("oai:craft.example:"), "identifier")
    formats = text(walk.verb(f"verb=ListMetadataFormats&identifier={quote(one)}"), "metadataPrefix")
    walk.holds(formats, "formats")
    walk.holds("oai_dc" in formats, "Dublin Core")
    record = walk.verb(f"verb=GetRecord&identifier={quote(one)}&metadataPrefix=oai_dc")
    [stamp] = text(record, "datestamp")
    walk.holds(SECONDS.fullmatch(stamp), "datestamp")
    walk.holds(len(stamp) == len("2026-09-01T00:00:00Z"), "as fine as said")
    walk.holds(sets[0] in text(record, "setSpec"), "set of the record")
    same = walk.verb(f"verb=ListRecords&from={stamp}&until={stamp}&metadataPrefix=oai_dc")
    walk.holds(same.getElementsByTagName("record"), "well formed")
    walk.holds(one in text(same, "identifier"), "from and until are inclusive")
    early = f"{int(first[:4]) - 1}{first[4:]}"
    for query, codes in WRONG:
        found = walk.ask(query.format(one=one, early=early)).getElementsByTagName("error")
        walk.holds({row.getAttribute("code") for row in found} & codes, query)
        assert all(row.firstChild and row.firstChild.data for row in found)
    walk.holds(True, "all of them")
    for form in (
        {"verb": "Identify"},
        {"verb": "GetRecord", "identifier": one, "metadataPrefix": "oai_dc"},
    ):
        content = Client(enforce_csrf_checks=True).post("/oai/", form).content
        walk.holds(len(minidom.parseString(content).getElementsByTagName(form["verb"])) == 1, "by POST")
    parts(walk)
    return walk.passed


def parts(walk: Walk) -> None:
    """A whole list by its tokens: each record once, the cursor says how many came before, the last token is empty."""
    seen: list[str] = []
    query, tokens = "verb=ListRecords&metadataPrefix=oai_dc", 0
    while True:
        document = walk.ask(query)
        assert not document.getElementsByTagName("error")
        held = document.getElementsByTagName("resumptionToken")
        assert len(held) <= 1
        if held:
            assert held[0].getAttribute("cursor") == str(len(seen))
            tokens += 1
        seen += text(document, "identifier")
        if not held or not text(document, "resumptionToken")[0]:
            break
        query = f"verb=ListRecords&resumptionToken={quote(text(document, 'resumptionToken')[0])}"
    walk.holds(len(seen) == len(set(seen)) > 0, "tokens")
    assert tokens != 1  # a token that is the only one of a list would be an empty one at once


@pytest.mark.parametrize("a_part", [100, 2, 5, 1])
@pytest.mark.parametrize("deleted", [False, True])
def test_every_check_passes(
    library: list[Resource],  # noqa: F811
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
    a_part: int,
    deleted: bool,
) -> None:
    settings.ADDRESS = "https://craft.example"
    settings.CONTACT = "Library <library@craft.example>"
    monkeypatch.setattr(oai, "A_PART", a_part)
    if deleted:
        Resource._base_manager.filter(pk=library[1].pk).update(reach="own")
        whole = Client().get("/oai/?verb=ListIdentifiers&metadataPrefix=oai_dc").content
        assert b'status="deleted"' in whole or a_part == 1
    assert walked("https://craft.example/oai/") == 39


def test_whom_one_writes_to(library: list[Resource], settings: Any) -> None:  # noqa: F811
    def told() -> str:
        root = ElementTree.fromstring(Client().get("/oai/?verb=Identify").content)
        return str(next(root.iter(f"{{{oai.OAI}}}adminEmail")).text)

    settings.ADDRESS, settings.DEFAULT_FROM_EMAIL, settings.CONTACT = (
        "https://a.example",
        "webmaster@localhost",
        "",
    )
    assert told() == "hostmaster@a.example"
    settings.DEFAULT_FROM_EMAIL = "Office <office@a.example>"
    assert told() == "office@a.example"
    settings.CONTACT = "library@a.example"
    assert told() == "library@a.example"
    settings.ADDRESS = "http://localhost:8000"
    assert b"oai-identifier" not in Client().get("/oai/?verb=Identify").content
