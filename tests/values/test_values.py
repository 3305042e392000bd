"""Verdict, Flow, Text, Ref."""

from __future__ import annotations

import pytest

from craftpath.values.flow import Flow
from craftpath.values.ref import Ref
from craftpath.values.text import Text
from craftpath.values.verdict import YES, Refused, may_not, not_now, require

DOOR = Flow("door", "shut", {"open": {"shut": "open"}, "shut": {"open": "shut"}, "lock": {"shut": "locked"}})


def test_a_yes_is_true_and_carries_no_reason() -> None:
    assert YES
    assert (YES.reason, dict(YES.facts), YES.who) == ("", {}, False)


def test_a_refusal_is_false_and_tells_person_from_moment() -> None:
    assert not may_not("a.b", name="x")
    assert may_not("a.b").who is True
    assert not_now("a.c", n=2).facts == {"n": 2}
    assert not_now("a.c").who is False


def test_require_lets_a_yes_pass_and_raises_a_no() -> None:
    require(YES)
    with pytest.raises(Refused) as caught:
        require(not_now("a.c", n=2))
    assert caught.value.verdict == not_now("a.c", n=2)


def test_a_flow_moves_only_where_its_table_says() -> None:
    assert DOOR.after("shut", "open") == "open"
    assert DOOR.can("locked", "open") is False
    with pytest.raises(Refused) as caught:
        DOOR.after("locked", "open")
    assert caught.value.verdict.facts == {"flow": "door", "state": "locked", "move": "open"}


def test_a_flow_knows_its_states_and_draws_itself() -> None:
    assert DOOR.states == ("shut", "open", "locked")
    assert DOOR.reachable() == {"shut", "open", "locked"}
    assert Flow("x", "a", {"go": {"b": "c"}}).reachable() == {"a"}
    assert DOOR.mermaid().splitlines() == [
        "stateDiagram-v2",
        "    [*] --> shut",
        "    shut --> open: open",
        "    open --> shut: shut",
        "    shut --> locked: lock",
    ]
    assert DOOR.choices == [("shut", "shut"), ("open", "open"), ("locked", "locked")]


@pytest.mark.parametrize(
    ("text", "zh", "en", "both"),
    [
        (Text("焊工", "Welder"), "焊工", "Welder", "焊工 Welder"),
        (Text("焊工"), "焊工", "焊工", "焊工"),
        (Text(en="Welder"), "Welder", "Welder", "Welder"),
        (Text("A", "A"), "A", "A", "A"),
    ],
)
def test_a_text_never_comes_back_empty_handed(text: Text, zh: str, en: str, both: str) -> None:
    assert (text.say("zh-hans"), text.say("en"), text.both()) == (zh, en, both)


def test_a_text_is_read_from_what_fields_and_forms_hold() -> None:
    assert Text.of({"zh": "焊工", "en": "Welder"}) == Text("焊工", "Welder")
    assert Text.of("焊工") == Text("焊工", "焊工")
    assert Text.of(None) == Text()
    assert Text.of(Text("焊工")) == Text("焊工")
    assert Text("焊工").as_json() == {"zh": "焊工"}


def test_a_ref_is_written_and_read_back() -> None:
    ref = Ref("evaluation", "mark", "ab/c")
    assert Ref.parse(str(ref)) == ref
    with pytest.raises(ValueError, match="unpack"):
        Ref.parse("only/two")
