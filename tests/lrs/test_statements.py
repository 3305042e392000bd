"""Statements come in and are found: one row for each requirement of the resource, in both versions."""

from __future__ import annotations

import uuid
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from craftpath.domain.activity.models import Known, Statement
from craftpath.engines.xapi.formats import FORMATS
from tests.cast import Cast
from tests.engines.xapi.samples import ACTIVITY, AGENT, VERB, long, short, sub
from tests.lrs.asking import Program, token_of

pytestmark = pytest.mark.django_db
LI, MASTER = {"mbox": "mailto:li@lanchuan.example"}, {"mbox": "mailto:master@lanchuan.example"}
TEAM = {"objectType": "Group", "mbox": "mailto:shop@lanchuan.example"}
FAILED = {"id": "http://adlnet.gov/expapi/verbs/failed"}
VOIDED = {"id": "http://adlnet.gov/expapi/verbs/voided"}


def whole(**more: Any) -> dict[str, Any]:
    """Every property but attachments, which come along in another way."""
    return {name: value for name, value in long().items() if name != "attachments"} | {"id": new()} | more


def new() -> str:
    return str(uuid.uuid4())


def about(statement_id: str, **more: Any) -> dict[str, Any]:
    """A statement about another."""
    return short(object={"objectType": "StatementRef", "id": statement_id}) | more


def void(program: Program, statement_id: str) -> str:
    answer = program.post(about(statement_id, verb=VOIDED, actor=MASTER))
    assert answer.status_code == 200, answer.content
    return str(answer.json()[0])


# ---- PUT and POST ----------------------------------------------------------------------------------------


def test_one_is_put_under_its_id_and_found_by_it(program: Program) -> None:
    own = new()
    answer = program.put(short(), statementId=own)
    assert (answer.status_code, answer.content) == (204, b"")
    kept = program.get(statementId=own)
    assert kept.status_code == 200
    told = kept.json()
    assert told["id"] == own
    assert told["version"] == ("1.0.0" if program.headers["X-Experience-API-Version"] == "1.0.3" else "2.0.0")
    assert told["authority"]["account"]["name"] == program.token.public_id
    assert told["stored"] == told["timestamp"]
    assert kept["Last-Modified"]
    assert program.put(short(id=own), statementId=own.upper()).status_code == 204


@pytest.mark.parametrize(
    ("statement", "given", "status"),
    [
        (short(), {}, 400),
        (short(), {"statementId": "1"}, 400),
        (short(id=new()), {"statementId": new()}, 400),
        ([short()], {"statementId": new()}, 400),
        ("text", {"statementId": new()}, 400),
        (short(), {"statementid": new()}, 400),
        (short(), {"statementId": new(), "more": "1"}, 400),
        (b"{", {"statementId": new()}, 400),
        (b"", {"statementId": new()}, 400),
    ],
)
def test_what_cannot_be_put(program: Program, statement: Any, given: dict[str, str], status: int) -> None:
    before = Statement._base_manager.count()
    answer = program.put(statement, **given)
    assert answer.status_code == status
    assert answer.json()["error"]
    assert Statement._base_manager.count() == before


def test_many_are_posted_and_answered_in_their_order(program: Program) -> None:
    own = new()
    answer = program.post([short(id=own), short(actor=LI), short(verb=FAILED)])
    assert answer.status_code == 200
    ids = answer.json()
    assert ids[0] == own
    assert len(set(ids)) == 3
    assert program.ids(ascending="true", since="2026-01-01T00:00:00Z")[-3:] == ids
    assert program.post([]).json() == []


def test_a_batch_is_taken_whole_or_not_at_all(program: Program) -> None:
    before = Statement._base_manager.count()
    answer = program.post([short(), short(actor=LI), short(verb={"id": "no scheme"})])
    assert answer.status_code == 400
    assert answer.json() == {
        "error": "[2].verb.id: “no scheme” is not an IRI with a scheme",
        "code": "iri",
        "where": "[2].verb.id",
    }
    assert Statement._base_manager.count() == before
    own = new()
    assert program.post([short(id=own), short(id=own.upper())]).status_code == 400
    assert Statement._base_manager.count() == before


def test_the_reason_comes_in_the_language_of_whoever_asks(newer: Program) -> None:
    newer.headers["Accept-Language"] = "zh-CN"
    assert newer.post(short(verb={"id": "no"})).json()["error"] == "verb.id：“no”不是带有协议名的 IRI"
    newer.headers["Accept"] = "text/plain"
    answer = newer.post(short(verb={"id": "no"}))
    assert answer["Content-Type"].startswith("text/plain")
    assert answer.content.decode() == "verb.id：“no”不是带有协议名的 IRI"


def test_the_same_again_changes_nothing_and_another_one_is_a_conflict(program: Program) -> None:
    own = new()
    first = short(id=own, result={"success": True})
    assert program.post(first).status_code == 200
    kept = program.get(statementId=own).content
    assert program.post([first, short()]).status_code == 200
    assert program.put(first, statementId=own).status_code == 204
    for other in (short(id=own, actor=LI), short(id=own, result={"success": False}), short(id=own)):
        assert program.post(other).status_code == 409
        answer = program.put(other, statementId=own)
        assert (answer.status_code, own in answer.json()["error"]) == (409, True)
    before = Statement._base_manager.count()
    assert program.post([short(), short(id=own)]).status_code == 409
    assert Statement._base_manager.count() == before
    assert program.get(statementId=own).content == kept


@pytest.mark.parametrize("kind", ["", "text/plain", "application/x-www-form-urlencoded", "application/xml"])
def test_statements_are_json(program: Program, kind: str) -> None:
    assert program.ask("POST", "statements", short(), kind=kind).status_code == 400


def test_a_content_type_may_say_more(program: Program) -> None:
    assert (
        program.ask("POST", "statements", short(), kind="application/json; charset=utf-8").status_code == 200
    )


def test_what_only_2_0_has_is_refused_in_1_0_3(older: Program, newer: Program) -> None:
    statement = short(context={"contextAgents": [{"objectType": "contextAgent", "agent": LI}]})
    assert older.post(statement).status_code == 400
    assert newer.post(statement).status_code == 200
    assert len(newer.found(agent=LI, related_agents="true")) == 1
    assert newer.found(agent=LI) == []


# ---- GET -------------------------------------------------------------------------------------------------


def test_nothing_found_is_an_answer_too(program: Program) -> None:
    answer = program.get(verb="https://nobody.example/did")
    assert (answer.status_code, answer.json()) == (200, {"statements": [], "more": ""})
    assert program.get(statementId=new()).status_code == 404
    assert program.get(voidedStatementId=new()).status_code == 404


@pytest.mark.parametrize(
    "given",
    [
        {"statementId": new(), "voidedStatementId": new()},
        {"statementId": new(), "verb": VERB["id"]},
        {"statementId": new(), "limit": "1"},
        {"voidedStatementId": new(), "since": "2026-01-01T00:00:00Z"},
        {"statementId": "1"},
        {"agent": "chen"},
        {"agent": {"name": "Chen"}},
        {"agent": {"objectType": "Group", "member": [AGENT]}},
        {"agent": {"mbox": "chen@lanchuan.example"}},
        {"verb": "completed"},
        {"activity": "fillet"},
        {"registration": "1"},
        {"related_activities": "yes"},
        {"related_agents": "True"},
        {"ascending": "1"},
        {"attachments": ""},
        {"since": "yesterday"},
        {"until": "2026-01-01"},
        {"until": "2026-01-01T00:00:00-00:00"},
        {"limit": "-1"},
        {"limit": "many"},
        {"limit": "1.5"},
        {"format": "EXACT"},
        {"format": "short"},
        {"Verb": VERB["id"]},
        {"foo": "bar"},
        {"from": "x"},
    ],
)
def test_questions_that_are_none(program: Program, given: dict[str, Any]) -> None:
    answer = program.get(**given)
    assert answer.status_code == 400
    assert answer["X-Experience-API-Consistent-Through"]


def test_a_parameter_stands_once(newer: Program) -> None:
    assert newer.ask("GET", "statements?method=GET").status_code == 400
    assert newer.ask("GET", "statements?limit=1&limit=2").status_code == 400


@pytest.mark.parametrize("form", FORMATS)
def test_each_format_of_one_and_of_many(program: Program, form: str) -> None:
    program.headers["Accept-Language"] = "zh-CN, en;q=0.5"
    own = program.post(whole()).json()[0]
    one = program.get(statementId=own, format=form).json()
    assert program.found(format=form, agent=long()["actor"]) == [one]
    definition = one["object"].get("definition")
    if form == "exact":
        assert definition == long()["object"]["definition"]
        assert one["verb"] == long()["verb"]
        assert one["actor"] == long()["actor"]
    elif form == "ids":
        assert (definition, one["verb"]) == (None, VERB)
        assert one["actor"] == {"objectType": "Group", "mbox": "mailto:team@Lanchuan.example"}
    else:
        assert definition["name"] == {"zh-CN": "角焊缝"}
        assert definition["description"] == {"en": "Two plates"}
        assert len(one["verb"]["display"]) == 1
        assert one["actor"] == long()["actor"]


def test_canonical_is_what_all_statements_have_told(program: Program) -> None:
    program.post([short(object=ACTIVITY | {"definition": {"name": {"fr": "Soudure"}}}), short(actor=LI)])
    program.headers["Accept-Language"] = "fr"
    one = program.found(format="canonical", agent=LI)[0]
    assert one["object"] == ACTIVITY | {"definition": {"name": {"fr": "Soudure"}}}


@pytest.fixture
def shelf(program: Program) -> dict[str, str]:
    """One statement for each way in which somebody or something may be named."""
    near = "urn:near"
    told = {
        "actor": short(actor=LI),
        "member": short(actor={"objectType": "Group", "member": [LI, MASTER]}),
        "team": short(actor=TEAM),
        "object": short(object=LI | {"objectType": "Agent"}),
        "instructor": short(context={"instructor": LI}),
        "in a team": short(context={"team": TEAM | {"member": [LI]}}),
        "inside": short(object=sub(actor=LI, object={"id": near})),
        "verb": short(verb=FAILED),
        "activity": short(object={"id": near}),
        "parent": short(context={"contextActivities": {"parent": {"id": near}}}),
        "parent inside": short(object=sub(context={"contextActivities": {"other": [{"id": near}]}})),
        "registered": short(context={"registration": "EC531277-b57b-4c15-8d91-d292c5b2b8f7"}),
    }
    ids = program.post(list(told.values())).json()
    return dict(zip(told, ids, strict=True))


def _named(program: Program, shelf: dict[str, str], **given: Any) -> set[str]:
    names = {own: name for name, own in shelf.items()}
    return {names.get(own, own) for own in program.ids(**given)}


def test_by_agent(program: Program, shelf: dict[str, str]) -> None:
    near = {"actor", "member", "object"}
    assert _named(program, shelf, agent=LI) == near
    assert _named(program, shelf, agent=LI | {"name": "whoever"}) == near
    assert _named(program, shelf, agent={"mbox": "mailto:li@LANCHUAN.example"}) == near
    assert _named(program, shelf, agent=LI, related_agents="false") == near
    around = near | {"instructor", "in a team", "inside"}
    assert _named(program, shelf, agent=LI, related_agents="true") == around
    assert _named(program, shelf, agent=TEAM) == {"team"}
    assert _named(program, shelf, agent=TEAM, related_agents="true") == {"team", "in a team"}
    assert _named(program, shelf, agent={"openid": "https://nobody.example"}) == set()


def test_by_who_says_so(program: Program, shelf: dict[str, str], cast: Cast) -> None:
    other = Program(token_of(cast.college))
    own = other.post(short()).json()[0]
    sender = other.get(statementId=own).json()["authority"]
    assert program.ids(agent=sender) == []
    assert program.ids(agent=sender, related_agents="true") == [own]


def test_by_verb_activity_and_registration(program: Program, shelf: dict[str, str]) -> None:
    assert _named(program, shelf, verb=FAILED["id"]) == {"verb"}
    assert _named(program, shelf, activity="urn:near") == {"activity"}
    assert _named(program, shelf, activity="urn:near", related_activities="true") == {
        "activity", "parent", "inside", "parent inside",
    }  # fmt: skip
    assert _named(program, shelf, registration="ec531277-b57b-4c15-8d91-d292c5b2b8f7") == {"registered"}
    assert _named(program, shelf, agent=LI, activity=ACTIVITY["id"]) == {"actor", "member"}
    assert _named(
        program, shelf, agent=LI, activity="urn:near", related_agents="true", related_activities="true"
    ) == {"inside"}
    assert _named(program, shelf, agent=LI, verb=FAILED["id"]) == set()


def test_by_time_in_both_directions(program: Program) -> None:
    first, second, third = (program.post(short(verb=FAILED)).json()[0] for _ in range(3))
    stored = {own: program.get(statementId=own).json()["stored"] for own in (first, second, third)}
    assert program.ids(verb=FAILED["id"]) == [third, second, first]
    assert program.ids(verb=FAILED["id"], ascending="true") == [first, second, third]
    assert program.ids(verb=FAILED["id"], since=stored[first]) == [third, second]
    assert program.ids(verb=FAILED["id"], until=stored[second]) == [second, first]
    assert program.ids(verb=FAILED["id"], since=stored[first], until=stored[second]) == [second]
    east = stored[second].replace("Z", "+00:00")
    assert program.ids(verb=FAILED["id"], until=east) == [second, first]
    answer = program.get(verb=FAILED["id"])
    if (
        connection.vendor == "sqlite"
    ):  # elsewhere the test's own transaction is still open: see `test_storing`
        assert answer["X-Experience-API-Consistent-Through"] >= stored[third]
    assert answer["Last-Modified"] == program.get(statementId=third)["Last-Modified"]


@pytest.mark.parametrize("ascending", ["true", "false"])
def test_more_goes_on_where_the_last_one_ended(program: Program, ascending: str) -> None:
    sent = program.post([short(verb=FAILED, result={"response": str(n)}) for n in range(7)]).json()
    found, address = [], ""
    given = {"verb": FAILED["id"], "limit": "3", "ascending": ascending, "format": "ids"}
    answer = program.get(**given).json()
    while True:
        found += [one["id"] for one in answer["statements"]]
        address = answer["more"]
        if not address:
            break
        assert address.startswith("/xapi/statements?")
        assert len(answer["statements"]) == 3
        answer = program.get(
            **{name: one[0] for name, one in parse_qs(urlsplit(address).query).items()}
        ).json()
    assert found == (sent if ascending == "true" else sent[::-1])


def test_more_of_what_is_mentioned_and_of_what_leads_on(program: Program) -> None:
    group = {"objectType": "Group", "member": [LI]}
    own = program.post([short(actor=group if n % 2 else LI) for n in range(6)]).json()
    own += program.post([about(own[0], actor=MASTER), about(own[1], actor=MASTER)]).json()
    found: list[str] = []
    given: dict[str, Any] = {"agent": LI, "limit": "3"}
    while given:
        answer = program.get(**given).json()
        found += [one["id"] for one in answer["statements"]]
        given = {name: one[0] for name, one in parse_qs(urlsplit(answer["more"]).query).items()}
    assert found == own[::-1]


def test_one_answer_has_an_end(newer: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("craftpath.delivery.lrs.statements.MOST", 2)
    newer.post([short(verb=FAILED)] * 3)
    for limit in ("0", "10"):
        answer = newer.get(verb=FAILED["id"], limit=limit).json()
        assert len(answer["statements"]) == 2
        assert answer["more"]


# ---- statements that lead to others, and voiding ---------------------------------------------------------


def test_who_leads_to_a_match_is_a_match_however_long_the_way(program: Program) -> None:
    first, second, third = new(), new(), new()
    program.post(about(second, id=third, actor=MASTER))  # it comes before what it leads to
    program.post(short(id=first, actor=LI, verb=FAILED))
    program.post(about(first, id=second, actor=MASTER))
    assert program.ids(agent=LI) == [second, first, third] or set(program.ids(agent=LI)) == {
        first,
        second,
        third,
    }
    assert set(program.ids(verb=FAILED["id"])) == {first, second, third}
    assert set(program.ids(agent=LI, verb=FAILED["id"], activity=ACTIVITY["id"])) == {first, second, third}
    assert program.ids(agent=LI, verb=VERB["id"]) == []
    stored = program.get(statementId=first).json()["stored"]
    assert program.ids(agent=LI, since=stored) == [second]


def test_a_ring_ends(program: Program) -> None:
    first, second = new(), new()
    program.post([about(second, id=first), about(first, id=second, verb=FAILED)])
    assert set(program.ids(verb=FAILED["id"])) == {first, second}
    own = new()
    program.post(about(own, id=own, actor=LI))
    assert program.ids(agent=LI) == [own]


def test_a_context_leads_nowhere(program: Program) -> None:
    first = program.post(short(actor=LI)).json()[0]
    program.post(short(context={"statement": {"objectType": "StatementRef", "id": first}}))
    assert program.ids(agent=LI) == [first]


def test_a_voided_one_is_shown_only_to_whoever_asks_for_it(program: Program) -> None:
    own = program.post(short(actor=LI)).json()[0]
    voiding = void(program, own)
    assert program.get(statementId=own).status_code == 404
    kept = program.get(voidedStatementId=own)
    assert (kept.status_code, kept.json()["id"]) == (200, own)
    assert program.get(voidedStatementId=voiding).status_code == 404
    assert program.get(statementId=voiding).status_code == 200
    assert program.ids(agent=LI) == [voiding]  # it leads to what matches
    assert own not in program.ids()
    assert program.post(short(id=own, actor=LI)).status_code == 200  # the same again changes nothing
    assert program.get(statementId=own).status_code == 404


def test_what_leads_to_a_voided_one_is_still_found(program: Program) -> None:
    own = program.post(short(actor=LI)).json()[0]
    comment = program.post(about(own, actor=MASTER)).json()[0]
    voiding = void(program, own)
    assert program.ids(agent=LI) == [voiding, comment]


def test_voiding_comes_first_or_at_once(program: Program) -> None:
    own, other = new(), new()
    void(program, own)
    program.post(short(id=own))
    assert program.get(voidedStatementId=own).status_code == 200
    program.post([about(other, verb=VOIDED), short(id=other)])
    assert program.get(statementId=other).status_code == 404


def test_a_voiding_one_is_never_voided(program: Program) -> None:
    own = program.post(short()).json()[0]
    voiding = void(program, own)
    again = void(program, voiding)
    assert program.get(statementId=voiding).status_code == 200
    assert program.get(statementId=again).status_code == 200
    assert program.get(statementId=own).status_code == 404
    first, second = new(), new()
    program.post([about(second, id=first, verb=VOIDED), about(first, id=second, verb=VOIDED)])
    assert program.get(statementId=first).status_code == program.get(statementId=second).status_code == 200


# ---- the site's own --------------------------------------------------------------------------------------


def test_the_site_s_own_activity_is_there(program: Program, cast: Cast) -> None:
    chen = cast.people["apprentice"]
    agent = {"account": {"homePage": "https://craftpath.invalid", "name": chen.public_id}}
    found = program.found(agent=agent, verb="http://adlnet.gov/expapi/verbs/scored")
    assert found
    assert {one["authority"]["account"]["name"] for one in found} == {"craftpath"}
    assert program.get(statementId=found[0]["id"]).json() == found[0]
    assert program.get("activities", activityId=found[0]["object"]["id"]).json()["definition"]["name"]
    answer = program.post(short(id=found[0]["id"]))
    assert answer.status_code == 409


# ---- how many questions ----------------------------------------------------------------------------------


def _questions(ask: Any) -> int:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert ask().status_code == 200
    return len(asked)


def test_a_thousand_cost_as_many_questions_as_ten(newer: Program) -> None:
    def batch(number: int) -> list[dict[str, Any]]:
        return [
            whole(actor={"mbox": f"mailto:p{n}@a.example"})
            | ({"object": {"objectType": "StatementRef", "id": new()}, "context": {}} if n % 3 else {})
            for n in range(number)
        ]

    newer.post(batch(10))
    few = _questions(lambda: newer.post(batch(10)))
    many = _questions(lambda: newer.post(batch(800)))
    assert few <= 20
    assert many <= few + 2  # long lists of names go in slices
    assert Statement._base_manager.filter(client=newer.token.pk).count() == 820


def test_an_answer_costs_as_many_questions_for_many_as_for_one(newer: Program) -> None:
    newer.post([whole()])
    given: dict[str, Any] = {
        "agent": long()["actor"], "related_agents": "true", "activity": ACTIVITY["id"], "related_activities": "true",
        "format": "canonical",
    }  # fmt: skip
    one = _questions(lambda: newer.get(**given))
    newer.post([whole() for _ in range(50)] + [about(new())])
    many = _questions(lambda: newer.get(**given))
    assert len(newer.found(**given)) == 51
    assert many <= one + 6  # what leads to others is asked once something does
    assert one <= 16


# ---- what comes at the same moment -----------------------------------------------------------------------


def test_what_is_known_grows_and_is_written_only_where_it_does(newer: Program, cast: Cast) -> None:
    newer.post(short(object=ACTIVITY | {"definition": {"name": {"en": "Weld"}}}))
    told = Known._base_manager.get(name=ACTIVITY["id"])
    newer.post(short(object=ACTIVITY | {"definition": {"name": {"en": "Weld"}}}))
    newer.post(short(object=ACTIVITY | {"definition": {"name": {"zh": "焊"}, "type": "urn:t"}}))
    again = Known._base_manager.get(name=ACTIVITY["id"])
    assert told.pk == again.pk
    assert newer.get("activities", activityId=ACTIVITY["id"]).json()["definition"] == {
        "name": {"en": "Weld", "zh": "焊"},
        "type": "urn:t",
    }
