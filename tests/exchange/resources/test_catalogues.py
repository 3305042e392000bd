"""Dublin Core, LOM and OAI-PMH: what goes out comes in the same, and every rule of the protocol is kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from defusedxml import ElementTree
from django.test import Client

from craftpath.delivery.exchange import outward
from craftpath.delivery.exchange.resources import described, dublin_core, harvest, lom, oai
from craftpath.delivery.exchange.resources.described import Description
from craftpath.delivery.jobs import harvesting
from craftpath.domain.occupations.models import Occupation
from craftpath.domain.resources import actions, queries
from craftpath.domain.resources import harvesting as domain_harvesting
from craftpath.domain.resources.models import Resource, Source, Suggestion
from craftpath.values.text import Text
from craftpath.values.verdict import Refused, not_now
from tests.cast import AT, Cast
from tests.domain.resources.world import details, shared

pytestmark = pytest.mark.usefixtures("all_rows")
TOLD = Description(
    title={"zh": "平角焊 <讲义> & 图", "en": "Fillet welding"}, abstract={"zh": "引弧、运条、收弧"},
    authors="王伟; Li Na", keywords="焊缝; arc", language="both", kind="exercise", media_type="application/pdf",
    licence="ccbyncsa", rights="", address="https://learn.example/o/lanchuan/resources/x/",
)  # fmt: skip
BASE = "http://testserver"


@pytest.mark.parametrize("licence", ["ccby", "cc0", "own", "public", "reserved"])
@pytest.mark.parametrize("form", [dublin_core, lom], ids=["dc", "lom"])
def test_what_goes_out_comes_in_the_same(form: Any, licence: str) -> None:
    told = Description(
        **{**_values(TOLD), "licence": licence, "rights": "name the college" if licence == "own" else ""}
    )
    back = form.read(ElementTree.fromstring(form.written(told)))
    assert back.record() == told.record()


def _values(told: Description) -> dict[str, Any]:
    return {name: getattr(told, name) for name in Description.__slots__}


def test_what_no_xml_may_hold_is_left_out() -> None:
    told = Description(title={"en": "a\x00\x0b\ufffeb"}, address="https://x.example/")
    assert dublin_core.read(ElementTree.fromstring(dublin_core.written(told))).title == {"en": "ab"}


def test_somebody_else_s_records_are_read_with_what_they_have() -> None:
    foreign = (
        '<x:dc xmlns:x="urn:x" xmlns:d="http://purl.org/dc/elements/1.1/"><d:title>Arc safety</d:title>'
        "<d:creator>A</d:creator><d:creator>B</d:creator><d:language>eng</d:language>"
        "<d:identifier>isbn:1</d:identifier><d:identifier>https://h.example/1</d:identifier>"
        "<d:rights>Licensed under CC BY-SA 4.0</d:rights></x:dc>"
    )
    said = dublin_core.read(ElementTree.fromstring(foreign)).record()
    assert said == {
        "title": {"en": "Arc safety"}, "authors": "A; B", "language": "en", "licence": "ccbysa",
        "rights": "Licensed under CC BY-SA 4.0", "address": "https://h.example/1",
    }  # fmt: skip


@pytest.fixture
def library(cast: Cast) -> list[Resource]:
    """Five that everybody may read, a minute after each other, two of them of an occupation; one that stays inside."""
    trade = Occupation.objects.create(name={"zh": "焊工", "en": "Welder"}, made_at=AT)
    made = []
    for number in range(5):
        row = shared(
            cast, f"讲义第 {number} 份", f"{number}.md", reach="public", occupation=trade if number < 2 else None,
            title=Text(zh=f"讲义 {number}", en=f"Handout {number}"),
        )  # fmt: skip
        Resource._base_manager.filter(pk=row.pk).update(changed_at=AT + timedelta(minutes=number))
        made.append(row)
    shared(cast, "内部资料", "in.md", licence="reserved")
    return made


def ask(**arguments: str) -> Any:
    answer = Client().get("/oai/", {name.removesuffix("_"): value for name, value in arguments.items()})
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/xml; charset=utf-8"
    return ElementTree.fromstring(answer.content)


def found(root: Any, name: str) -> list[Any]:
    return list(root.iter(f"{{{oai.OAI}}}{name}"))


def words(root: Any, name: str) -> list[str]:
    return [one.text or "" for one in found(root, name)]


def error(**arguments: str) -> str:
    [one] = found(ask(**arguments), "error")
    return str(one.get("code"))


def listed(**arguments: str) -> Iterator[Any]:
    """All parts of a list, one after the other."""
    root = ask(**arguments)
    while True:
        yield root
        token = next(iter(words(root, "resumptionToken")), "")
        if not token:
            return
        root = ask(verb=arguments["verb"], resumptionToken=token)


def test_identify_says_who_it_is(library: list[Resource], settings: Any) -> None:
    root = ask(verb="Identify")
    assert words(root, "protocolVersion") == ["2.0"]
    assert words(root, "earliestDatestamp") == ["2026-09-14T01:00:00Z"]
    assert words(root, "deletedRecord") == ["persistent"]
    assert words(root, "granularity") == ["YYYY-MM-DDThh:mm:ssZ"]
    assert words(root, "baseURL")[0].endswith("/oai/")
    settings.DEFAULT_FROM_EMAIL = "匠途 <library@craft.example>"
    assert words(ask(verb="Identify"), "adminEmail") == ["library@craft.example"]
    [request] = found(root, "request")
    assert request.attrib == {"verb": "Identify"}


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({}, "badVerb"),
        ({"verb": "junk"}, "badVerb"),
        ({"verb": "Identify", "extra": "x"}, "badArgument"),
        ({"verb": "GetRecord"}, "badArgument"),
        ({"verb": "GetRecord", "identifier": "x"}, "badArgument"),
        ({"verb": "GetRecord", "identifier": "oai:x:y", "metadataPrefix": "oai_dc"}, "idDoesNotExist"),
        ({"verb": "GetRecord", "identifier": "\0", "metadataPrefix": "oai_dc"}, "idDoesNotExist"),
        ({"verb": "ListMetadataFormats", "identifier": "invalid'\"id"}, "idDoesNotExist"),
        ({"verb": "ListIdentifiers"}, "badArgument"),
        ({"verb": "ListRecords"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "marc"}, "cannotDisseminateFormat"),
        ({"verb": "ListIdentifiers", "metadataPrefix": "marc"}, "cannotDisseminateFormat"),
        ({"verb": "ListRecords", "resumptionToken": "junk"}, "badResumptionToken"),
        ({"verb": "ListSets", "resumptionToken": "junk"}, "badResumptionToken"),
        ({"verb": "ListRecords", "resumptionToken": "x", "metadataPrefix": "oai_dc"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "junk"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "2026-02-30"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": ""}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "set": ""}, "badArgument"),
        ({"verb": "ListRecords", "resumptionToken": ""}, "badResumptionToken"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "2026-02-03T00:00:00"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "２０２６-01-01"}, "badArgument"),
        (
            {
                "verb": "ListRecords",
                "metadataPrefix": "oai_dc",
                "from": "2026-01-01",
                "until": "2026-01-02T00:00:00Z",
            },
            "badArgument",
        ),
        (
            {"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "2026-02-01", "until": "2026-01-01"},
            "badArgument",
        ),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "until": "1969-01-01"}, "noRecordsMatch"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "9999-12-31"}, "noRecordsMatch"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "set": "no-such"}, "noRecordsMatch"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "set": "occupation-x"}, "noRecordsMatch"),
    ],
)
def test_what_is_asked_wrongly_is_answered_by_its_error(
    library: list[Resource], arguments: dict[str, str], code: str
) -> None:
    root = ask(**arguments)
    assert [one.get("code") for one in found(root, "error")] == [code]
    [request] = found(root, "request")
    assert bool(request.attrib) == (code not in ("badVerb", "badArgument"))


def test_an_argument_stands_once_and_a_post_is_asked_alike(library: list[Resource]) -> None:
    twice = Client().get("/oai/?verb=Identify&verb=Identify")
    assert b'code="badVerb"' in twice.content
    twice = Client().get("/oai/?verb=ListRecords&metadataPrefix=oai_dc&metadataPrefix=oai_dc")
    assert b'code="badArgument"' in twice.content
    posted = Client().post("/oai/", {"verb": "Identify"})
    assert b"<Identify>" in posted.content


def test_formats_sets_and_one_record(library: list[Resource]) -> None:
    assert words(ask(verb="ListMetadataFormats"), "metadataPrefix") == ["oai_dc", "oai_lom"]
    identifier = oai.identifier_of(library[0].public_id)
    assert words(ask(verb="ListMetadataFormats", identifier=identifier), "metadataPrefix") == [
        "oai_dc",
        "oai_lom",
    ]
    [spec] = words(ask(verb="ListSets"), "setSpec")
    for prefix, title in (("oai_dc", f"{{{dublin_core.DC}}}title"), ("oai_lom", f"{{{lom.LOM}}}string")):
        root = ask(verb="GetRecord", identifier=identifier, metadataPrefix=prefix)
        assert words(root, "identifier")[0] == identifier
        assert words(root, "setSpec") == [spec]
        assert "Handout 0" in {one.text for one in root.iter(title)}
    of_set = ask(verb="ListIdentifiers", metadataPrefix="oai_dc", set=spec)
    assert len(found(of_set, "header")) == 2


def test_a_list_goes_on_by_its_token_and_keeps_what_was_asked(
    library: list[Resource], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(oai, "A_PART", 2)
    parts = list(listed(verb="ListRecords", metadataPrefix="oai_dc"))
    assert [len(found(one, "record")) for one in parts] == [2, 2, 1]
    ids = [one for part in parts for one in words(part, "identifier")]
    assert [one for one in ids if one.startswith("oai:")] == [
        oai.identifier_of(row.public_id) for row in library
    ]
    assert [found(one, "resumptionToken")[0].get("cursor") for one in parts] == ["0", "2", "4"]
    assert words(parts[-1], "resumptionToken") == [""]
    token = words(parts[0], "resumptionToken")[0]
    assert error(verb="ListRecords", resumptionToken=token[:-2] + "xx") == "badResumptionToken"
    since = {"from": "2026-09-14T01:02:00Z"}
    later = list(listed(verb="ListIdentifiers", metadataPrefix="oai_dc", **since))
    assert sum(len(found(one, "header")) for one in later) == 3


def test_from_and_until_hold_to_the_second_and_by_days(library: list[Resource]) -> None:
    def count(**more: str) -> int:
        root = ask(verb="ListIdentifiers", metadataPrefix="oai_dc", **more)
        return len(found(root, "header"))

    assert count(**{"from": "2026-09-14T01:01:00Z", "until": "2026-09-14T01:03:00Z"}) == 3
    assert count(**{"from": "2026-09-14", "until": "2026-09-14"}) == 5
    assert count(until="2026-09-14T01:00:00Z") == 1
    stamps = words(ask(verb="ListIdentifiers", metadataPrefix="oai_dc"), "datestamp")
    assert stamps[0] == "2026-09-14T01:00:00Z"


def test_what_is_taken_back_is_told_for_ever(cast: Cast, library: list[Resource]) -> None:
    row, by = library[0], cast.actor("trainer")
    actions.change_resource(row, details(licence="reserved"), by=by, at=AT + timedelta(days=1))
    root = ask(verb="ListRecords", metadataPrefix="oai_dc", **{"from": "2026-09-15"})
    [record] = found(root, "record")
    [header] = found(record, "header")
    assert (header.get("status"), found(record, "metadata")) == ("deleted", [])
    again = ask(verb="GetRecord", identifier=oai.identifier_of(row.public_id), metadataPrefix="oai_lom")
    assert found(again, "header")[0].get("status") == "deleted"


def test_nothing_that_is_not_public_is_told(cast: Cast) -> None:
    row = shared(cast)
    assert error(verb="ListRecords", metadataPrefix="oai_dc") == "noRecordsMatch"
    assert error(verb="ListSets") == "noSetHierarchy"
    assert error(verb="ListRecords", metadataPrefix="oai_dc", set="occupation-x") == "noSetHierarchy"
    identifier = oai.identifier_of(row.public_id)
    assert error(verb="GetRecord", identifier=identifier, metadataPrefix="oai_dc") == "idDoesNotExist"


# ---- The other way round -------------------------------------------------------------------------


def source(cast: Cast) -> Source:
    return Source.objects.create(
        organisation=cast.college, name="样例", address="https://h.example/oai", next_at=AT, made_at=AT
    )


def serve(monkeypatch: pytest.MonkeyPatch, answers: list[bytes]) -> list[str]:
    """Let these be the answers of that catalogue, one after the other; returns what was asked."""
    asked: list[str] = []

    def target(address: str) -> Any:
        asked.append(address)
        return address

    monkeypatch.setattr(harvest, "target_of", target)
    monkeypatch.setattr(
        harvest, "get", lambda _target, most, seconds: (200, answers[min(len(asked), len(answers)) - 1])
    )
    return asked


def test_a_catalogue_is_read_part_by_part_and_later_from_where_it_was(
    cast: Cast, library: list[Resource], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It reads our own answers, so both sides are tried."""
    monkeypatch.setattr(oai, "A_PART", 3)
    parts = []
    given: dict[str, list[str]] = {"verb": ["ListRecords"], "metadataPrefix": ["oai_dc"]}
    while True:
        parts.append(oai.answer(given, BASE, AT + timedelta(hours=1)))
        token = next(iter(words(ElementTree.fromstring(parts[-1]), "resumptionToken")), "")
        if not token:
            break
        given = {"verb": ["ListRecords"], "resumptionToken": [token]}
    asked = serve(monkeypatch, parts)
    row = source(cast)
    harvesting.harvest(row.pk, at=AT + timedelta(hours=2))
    row.refresh_from_db()
    assert Suggestion.objects.count() == 5
    assert (row.token, row.until, row.failures) == ("", "2026-09-14T02:00:00Z", 0)
    assert "resumptionToken=" in asked[1]
    before = Resource.objects.count()
    actions.change_resource(
        library[0], details(licence="reserved"), by=cast.actor("trainer"), at=AT + timedelta(days=1)
    )
    since = {"verb": ["ListRecords"], "metadataPrefix": ["oai_dc"], "from": ["2026-09-15"]}
    answers = [oai.answer(one, BASE, AT + timedelta(days=2)) for one in ({"verb": ["Identify"]}, since)]
    asked = serve(monkeypatch, answers)
    harvesting.harvest(row.pk, at=AT + timedelta(days=2))
    assert asked[0].endswith("?verb=Identify")
    assert "from=2026-09-14T02%3A00%3A00Z" in asked[1]
    assert [one.gone for one in Suggestion.objects.order_by("pk")] == [True, False, False, False, False]
    assert Resource.objects.count() == before


def test_a_suggestion_becomes_a_draft_and_is_never_written_over(cast: Cast) -> None:
    office, row = cast.actor("coordinator"), source(cast)
    record = {
        "title": {"en": "Arc safety"},
        "address": "https://h.example/1",
        "licence": "ccby",
        "authors": "A",
    }
    came = [actions.Came("oai:h:1", "2026-01-01", record), actions.Came("oai:h:2", "2026-01-01", record)]
    actions.note_part(row, came, token="", begun="2026-01-02", by=office, at=AT)
    one, two = Suggestion.objects.order_by("pk")
    made = actions.take_suggestion(one, by=office, at=AT)
    assert (made.state, made.kind, made.guesses["licence"]["value"], made.origin) == (
        "draft", "link", "ccby", "样例 · oai:h:1",
    )  # fmt: skip
    assert actions.take_suggestion(one, by=office, at=AT) == made
    actions.decline_suggestion(two, by=office, at=AT)
    changed = [actions.Came("oai:h:1", "2026-02-01", {**record, "title": {"en": "Other"}}, gone=False)]
    actions.note_part(row, changed, token="", begun="2026-02-02", by=office, at=AT)
    made.refresh_from_db()
    assert made.title == {"en": "Arc safety"}
    assert queries.suggestions().count() == 0


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"<html>", "resources.not_a_catalogue"),
        (b"<html></html>", "resources.not_a_catalogue"),
        (b"<!DOCTYPE a [<!ENTITY b 'c'>]><OAI-PMH>&b;</OAI-PMH>", "resources.not_a_catalogue"),
        (b"<OAI-PMH/>", "resources.not_a_catalogue"),
        (b'<OAI-PMH><error code="badArgument"/></OAI-PMH>', "resources.catalogue_says"),
    ],
)
def test_what_is_no_answer_is_a_failure_with_its_reason(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, content: bytes, code: str
) -> None:
    serve(monkeypatch, [content])
    row = source(cast)
    for number in range(1, 6):
        harvesting.harvest(row.pk, at=AT)
        row.refresh_from_db()
        assert (row.because, row.failures) == (code, number)
    assert row.state == "stopped"
    harvesting.harvest(row.pk, at=AT)
    row.refresh_from_db()
    assert row.failures == 5


def part(token: str = "", moment: str = "2026-09-14T01:00:00Z", name: str = "a") -> bytes:
    """An answer of somebody else's catalogue with one record."""
    return (
        f"<OAI-PMH><responseDate>{moment}</responseDate><ListRecords><record><header><identifier>{name}</identifier>"
        "</header><metadata><dc><title>x</title><identifier>https://h.example/1</identifier></dc></metadata></record>"
        f"<resumptionToken>{token}</resumptionToken></ListRecords></OAI-PMH>"
    ).encode()


def test_a_list_that_repeats_itself_is_a_failure_and_not_read_again_today(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = serve(monkeypatch, [part("t")])
    row = source(cast)
    harvesting.harvest(row.pk, at=AT)
    row.refresh_from_db()
    assert (len(asked), row.because, row.failures) == (2, "resources.catalogue_repeats", 1)
    assert actions.due(AT) == []


def test_a_list_without_an_end_is_broken_off(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(harvest, "MOST_PARTS", 4)
    asked = serve(monkeypatch, [part(f"t{n}") for n in range(100)])
    row = source(cast)
    harvesting.harvest(row.pk, at=AT)
    row.refresh_from_db()
    assert (len(asked), row.because, row.token, row.parts) == (4, "resources.catalogue_endless", "", 0)


def test_more_than_is_kept_of_one_catalogue_is_refused_whole(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(domain_harvesting, "MOST_SUGGESTED", 2)
    serve(monkeypatch, [part(f"t{n}", name=f"n{n}") for n in range(9)])
    row = source(cast)
    harvesting.harvest(row.pk, at=AT)
    row.refresh_from_db()
    assert (row.because, Suggestion.objects.count()) == ("resources.catalogue_too_large", 2)


def test_a_catalogue_that_knows_days_only_is_asked_by_days(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = source(cast)
    Source.objects.filter(pk=row.pk).update(until="2026-09-13T22:00:00Z")
    says = b"<OAI-PMH><Identify><granularity>YYYY-MM-DD</granularity></Identify></OAI-PMH>"
    asked = serve(monkeypatch, [says, part()])
    harvesting.harvest(row.pk, at=AT)
    assert "&from=2026-09-13" in asked[1]
    assert "T22" not in asked[1]


def test_a_catalogue_from_the_future_is_asked_on_from_our_own_time(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(monkeypatch, [part(moment="2099-01-01T00:00:00Z")])
    row = source(cast)
    harvesting.harvest(row.pk, at=AT)
    row.refresh_from_db()
    assert row.until == oai.stamp(AT)


@pytest.mark.parametrize(
    "moment", ["", "soon", "2026-13-01T00:00:00Z", "2026-09-14", "2026-09-14T01:00:00+08:00"]
)
def test_an_answer_of_no_moment_is_none(moment: str) -> None:
    with pytest.raises(Refused) as refused:
        harvest.part_of(part(moment=moment))
    assert refused.value.verdict.reason == "resources.not_a_catalogue"


def test_a_token_that_fills_the_memory_is_no_token() -> None:
    with pytest.raises(Refused):
        harvest.part_of(part("x" * 2_001))


def test_an_address_inside_the_network_is_not_read(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    row = source(cast)
    monkeypatch.setattr(outward, "_looked_up", lambda _host, _port: ["127.0.0.1"])
    harvesting.harvest(row.pk, at=AT)
    row.refresh_from_db()
    assert row.because == "kernel.hook_inside"


def test_a_record_without_title_or_address_is_left_out() -> None:
    content = (
        "<OAI-PMH><responseDate>2026-01-01T00:00:00Z</responseDate><ListRecords><record><header>"
        "<identifier>a</identifier></header><metadata><dc><title>x</title></dc></metadata></record></ListRecords></OAI-PMH>"
    )
    part = harvest.part_of(content.encode())
    assert (part.records, part.moment) == ([], "2026-01-01T00:00:00Z")


def test_a_stopped_catalogue_is_resumed_and_two_of_one_address_are_refused(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(monkeypatch, [oai.answer({"verb": ["ListRecords"], "metadataPrefix": ["oai_dc"]}, BASE, AT)])
    office = cast.actor("coordinator")
    add: dict[str, Any] = {"name": "样例", "address": "https://h.example/oai", "by": office, "at": AT}
    row = actions.add_source(cast.college, **add)
    with pytest.raises(Refused) as refused:
        actions.add_source(cast.college, **add)
    assert refused.value.verdict == not_now("resources.source_twice")
    assert actions.stop_source(row, by=office, at=AT).state == "stopped"
    assert actions.resume_source(row, by=office, at=AT).state == "on"
    assert described.address_of(shared(cast)).startswith("https://")
