"""The list of schemes, one scheme in words, the next version, retiring."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from craftpath.domain.programmes.actions import draft_scheme
from craftpath.domain.programmes.models import EvaluationScheme
from craftpath.domain.programmes.texts import FAULTS, MISSING, MODES, RULES
from craftpath.engines import evaluation as engine
from craftpath.kernel.tenancy import everywhere
from tests.cast import AT, Cast

Browse = Callable[[str], Client]


def _address(scheme: EvaluationScheme, page: str = "") -> str:
    return f"/o/lanchuan/schemes/{scheme.public_id}/{page}"


def _own() -> list[tuple[int, str]]:
    with everywhere("a test looks at everything"):
        rows = EvaluationScheme.objects.filter(organisation__isnull=False).order_by("version")
        return [(row.version, row.state) for row in rows]


def test_the_list_shows_own_schemes_newest_first_and_presets(browse: Browse, cast: Cast) -> None:
    client = browse("coordinator")
    client.post(_address(cast.scheme, "next/"))
    response = client.get("/o/lanchuan/schemes/")
    own = [(row["scheme"].version, row["scheme"].state) for row in response.context["own"]]
    assert own == [(2, "draft"), (1, "in_use")]
    assert [len(row["cohorts"]) for row in response.context["own"]] == [0, 1]
    assert [row["scheme"].public_id for row in response.context["presets"]] == [cast.preset.public_id]
    assert [[part.weight for part in row["parts"]] for row in response.context["presets"]] == [[30, 30, 40]]


def test_the_list_asks_as_often_for_many_as_for_one(browse: Browse, cast: Cast) -> None:
    client = browse("coordinator")
    client.get("/o/lanchuan/schemes/")
    with CaptureQueriesContext(connection) as one:
        client.get("/o/lanchuan/schemes/")
    with everywhere("a test makes drafts"):
        for _ in range(20):
            draft_scheme(cast.scheme, organisation=cast.college, by=cast.actor("coordinator"), at=AT)
    with CaptureQueriesContext(connection) as many:
        client.get("/o/lanchuan/schemes/")
    assert len(many) == len(one)


def test_a_scheme_is_told_in_words(browse: Browse, cast: Cast) -> None:
    response = browse("coordinator").get(_address(cast.scheme))
    said = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", response.content.decode()))
    for words in (
        "A missing mark counts zero.",
        "The lowest mark is left out.",
        "The total is at least 60.",
        "Figures are rounded once, at the end, half up, to one decimal place.",
        "Pass rules look at the rounded figures, as people read them.",
        "General professional knowledge",
        "Welders 2026/1",
    ):
        assert said.count(words) >= 1, words
    assert [part.weight for part in response.context["bar"]] == [30, 30, 40]
    assert [[row["item"].key for row in part["items"]] for part in response.context["parts"]] == [
        ["attendance", "log", "quiz"], ["task1", "task2"], ["final_exam"],
    ]  # fmt: skip


def test_grey_buttons_say_why(browse: Browse, cast: Cast) -> None:
    context = browse("coordinator").get(_address(cast.scheme)).context
    assert (context["edit"].reason, bool(context["copy"]), bool(context["retire"])) == (
        "programmes.scheme_in_use", True, True,
    )  # fmt: skip
    context = browse("coordinator").get(_address(cast.preset)).context
    assert (context["edit"].reason, bool(context["copy"])) == ("programmes.scheme_is_preset", True)
    assert bool(browse("trainer").get(_address(cast.scheme)).context["copy"]) is False


def test_a_next_version_is_a_draft_with_the_same_figures(browse: Browse, cast: Cast) -> None:
    response = browse("coordinator").post(_address(cast.scheme, "next/"))
    with everywhere("a test looks at everything"):
        made = EvaluationScheme.objects.get(version=2, organisation=cast.college)
    assert response.headers["Location"] == _address(made, "edit/")
    assert (made.state, made.definition, made.made_by) == (
        "draft",
        cast.scheme.definition,
        cast.people["coordinator"],
    )


def test_retiring_works_once_and_says_so_afterwards(browse: Browse, cast: Cast) -> None:
    client = browse("coordinator")
    assert client.post(_address(cast.scheme, "retire/")).status_code == 302
    assert client.post(_address(cast.scheme, "retire/")).status_code == 409
    context = client.get(_address(cast.scheme)).context
    reasons = (context["edit"].reason, context["retire"].reason)
    assert reasons == ("programmes.scheme_is_retired", "programmes.scheme_is_retired")
    assert _own() == [(1, "retired")]


@pytest.mark.parametrize("page", ["next/", "retire/"])
def test_changes_need_a_post_and_the_right_person(browse: Browse, cast: Cast, page: str) -> None:
    before = _own()
    assert browse("coordinator").get(_address(cast.scheme, page)).status_code == 405
    assert browse("trainer").post(_address(cast.scheme, page)).status_code == 403
    assert browse("stranger").post(_address(cast.scheme, page)).status_code == 404
    assert browse("").post(_address(cast.scheme, page)).status_code == 302
    assert _own() == before


def test_a_preset_is_not_retired(browse: Browse, cast: Cast) -> None:
    assert browse("coordinator").post(_address(cast.preset, "retire/")).status_code == 409


def test_another_organisation_finds_no_scheme_of_ours(browse: Browse, cast: Cast) -> None:
    theirs = browse("stranger")
    assert theirs.get("/o/dongling/schemes/").context["own"] == []
    assert theirs.get(f"/o/dongling/schemes/{cast.scheme.public_id}/").status_code == 404
    assert theirs.get("/o/dongling/schemes/nothing/").status_code == 404


def test_every_fault_of_the_engine_has_a_sentence() -> None:
    folder = Path(engine.__file__).parent
    source = "".join(
        (folder / name).read_text("utf-8") for name in ("checking.py", "table.py", "rows.py", "scheme.py")
    )
    codes = set(re.findall(r'(?:Fault|\.note)\(\s*"([a-z_0-9]+)"', source))
    assert codes - set(FAULTS) == set()
    assert len(codes) > 30


def test_every_kind_of_rule_mode_and_missing_has_words() -> None:
    assert set(RULES) == set(engine.RuleKind)
    assert set(MODES) == set(engine.Mode)
    assert set(MISSING) == set(engine.Missing)
