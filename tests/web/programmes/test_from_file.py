"""A scheme from a file: what holds becomes a draft, what does not is named with its line, and nothing is made."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from craftpath.delivery.commands.scheme_file import read_scheme
from craftpath.domain.programmes.actions import adopt_scheme
from craftpath.domain.programmes.canonical import canonical
from craftpath.domain.programmes.definition import engine_scheme
from craftpath.domain.programmes.models import EvaluationScheme
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.tenancy import everywhere
from tests.cast import AT, Cast
from tests.countries import country

Browse = Callable[[str], Client]
PAGE = "/o/lanchuan/schemes/from-file/"
ROOT = Path(__file__).parents[3]

GOOD = """key = "bakers"
name = { zh = "面点 3-3-4", en = "Bakers 3-3-4" }
decimals = 2.0

[[component]]
key = "process"
name = "Process"
weight = 3e1
drop_lowest = 1
missing = "zero"
[[component.item]]
key = "log"
area = "professional_consciousness"
[[component.item]]
key = "quiz"
weight = 2.5
max = 20

[[component]]
key = "exam"
weight = 70

[[rule]]
kind = "overall_min"
value = 60
"""


@pytest.fixture
def bring(cast: Cast, browse: Browse) -> Callable[..., Any]:
    def upload(content: str | bytes, who: str = "coordinator", **more: Any) -> Any:
        raw = content.encode() if isinstance(content, str) else content
        given = {"programme": cast.programme.public_id, "file": SimpleUploadedFile("scheme.toml", raw)}
        return browse(who).post(PAGE, given | more)

    return upload


def _own() -> list[EvaluationScheme]:
    with everywhere("a test looks at everything"):
        return list(EvaluationScheme.objects.exclude(organisation=None).order_by("pk"))


def test_a_file_becomes_a_draft_and_opens_in_the_form(cast: Cast, bring: Any, browse: Browse) -> None:
    answer = bring("\ufeff" + GOOD)
    draft = _own()[-1]
    assert answer["Location"] == f"/o/lanchuan/schemes/{draft.public_id}/edit/"
    assert (draft.key, draft.version, draft.state, draft.made_by) == (
        "bakers", 1, "draft", cast.people["coordinator"],
    )  # fmt: skip
    assert (draft.name, draft.programme) == ({"zh": "面点 3-3-4", "en": "Bakers 3-3-4"}, cast.programme)
    assert draft.definition["decimals"] == 2
    first, last = draft.definition["component"]
    assert (first["weight"], first["drop_lowest"], first["name"]) == (
        "30",
        1,
        {"zh": "Process", "en": "Process"},
    )
    assert first["item"][1] == {
        "key": "quiz",
        "weight": "2.5",
        "max": "20",
        "name": {"zh": "quiz", "en": "quiz"},
    }
    assert last == {"key": "exam", "weight": "70", "name": {"zh": "exam", "en": "exam"}}
    assert engine_scheme(draft.definition, draft.key).decimals == 2
    with everywhere("a test looks at everything"):
        assert (
            AuditEntry.objects.filter(
                fact="programmes.scheme_saved", subject__contains=draft.public_id
            ).count()
            == 1
        )
    client = browse("coordinator")
    for page in (answer["Location"], f"/o/lanchuan/schemes/{draft.public_id}/", "/o/lanchuan/schemes/"):
        assert client.get(page).status_code == 200


def test_the_same_file_twice_is_one_draft_and_a_changed_one_is_the_next_version(
    cast: Cast, bring: Any
) -> None:
    before = len(_own())
    assert bring(GOOD)["Location"] == bring(GOOD)["Location"]
    assert len(_own()) == before + 1
    bring(GOOD.replace("value = 60", "value = 65"))
    assert [(row.key, row.version) for row in _own()[before:]] == [("bakers", 1), ("bakers", 2)]


def test_a_scheme_in_use_is_never_changed_by_a_file(cast: Cast, bring: Any) -> None:
    bring(GOOD)
    draft = _own()[-1]
    with everywhere("a test puts it in use"):
        adopt_scheme(draft, by=cast.actor("coordinator"), at=AT)
    bring(GOOD)
    assert [(row.version, row.state) for row in _own()[-2:]] == [(1, "in_use"), (2, "draft")]


@pytest.mark.parametrize(
    ("before", "after", "line", "sentence"),
    [
        ("weight = 70", "weight = 60", 5, "The weights of the parts add up to 90, not to 100."),
        ('"overall_min"', '"odd"', 24, "“odd” is no pass rule."),
        ("max = 20", "max = 0", 17, "The full mark is above 0."),
        ('key = "quiz"', 'key = "log"', 15, "The key “log” is used twice. Each part and each item has its own."),
        ('key = "quiz"', 'key = "测验"', 15, "Use letters a–z, digits and _ only, such as training_log."),
        ('key = "bakers"', 'key = "面点"', 1,
         "The scheme needs a key of letters a–z, digits, - and _, such as welder-334."),
        ('"professional_consciousness"', '"baking"', 13, "“baking” is not a learning area of this programme."),
        ('name = "Process"', "name = { de = 1 }", 7,
         "A name is a text, or one for zh and one for en, of at most 120 characters."),
        ('name = "Process"', 'name = "a\\u202eb"', 7,
         "A name is a text, or one for zh and one for en, of at most 120 characters."),
        ("weight = 3e1", "weight = nan", 8, "“NaN” is not a number. Type digits, such as 30 or 12.5."),
        ("weight = 3e1", 'weight = "much"', 8, "“much” is not a number. Type digits, such as 30 or 12.5."),
        ("drop_lowest = 1", "drop_lowest = 1.5", 9, "1.5 is not a whole number."),
        ("weight = 3e1", "weight =", 8, "This is not TOML: Invalid value"),
    ],
)  # fmt: skip
def test_each_fault_is_named_with_its_line_and_nothing_is_made(
    bring: Any, before: str, after: str, line: int, sentence: str
) -> None:
    known = len(_own())
    answer = bring(GOOD.replace(before, after))
    assert answer.status_code == 200
    assert [(one.line, one.what) for one in answer.context["complaints"]] == [(line, sentence)]
    assert f"Line {line}" in answer.content.decode()
    assert len(_own()) == known


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xfe",
        b"x = " + b"[" * 5000,
        b"component = 5",
        b'key = "a"\ncomponent = [1, 2]',
        b'key = "a"\n[[component]]\nkey = "b"\nweight = 100\nitem = { x = 1 }',
        b'key = "a"\nmode = "gateway_grade"\n[[component]]\nkey = "b"\ngrades = [1, [2]]\n'
        b'[[rule]]\nkind = "grade_table"\ntable = [{ b = 3 }]',
        b'key = "a"\ndecimals = 1979-05-27\n[[component]]\nkey = "b"\nweight = true',
        b'key = "a"\n[[component]]\nkey = "b"\nweight = 1e999999',
        b'key = "a"\n' + b"".join(b'[[component]]\nkey = "k%d"\nweight = 1\n' % n for n in range(100)),
        b"#" * (256 * 1024 + 1),
        b'key = "a"\n[[component]]\nkey = "b"\nweight = 0x' + b"f" * 6000,
        b'key = "a"\n[[component]]\nkey = "b"\nweight = 100\ndrop_lowest = 0x' + b"f" * 6000,
        b'key = "a"\nmode = "gateway_grade"\n[[component]]\nkey = "b"\ngrades = ["x", "y\\u0000"]',
        b'key = "a"\nlevels = ["\\u0000"]\nscale = ["\\u0000"]\n[[component]]\nkey = "b"\nweight = 100',
        b'key = "a"\n[[component]]\nkey = "b"\nweight = 100\ntarget = "\\u0000"',
    ],
)  # fmt: skip
def test_a_hostile_file_is_refused_in_words(bring: Any, content: bytes) -> None:
    known = len(_own())
    answer = bring(content)
    assert answer.status_code == 200
    assert answer.context["complaints"] or answer.context["form"].errors
    assert len(_own()) == known


def test_the_form_asks_for_a_file_and_a_programme_that_is_there(
    cast: Cast, bring: Any, browse: Browse
) -> None:
    empty = browse("coordinator").post(PAGE, {"programme": cast.programme.public_id})
    assert "file" in empty.context["form"].errors
    strange = bring(GOOD, programme="nope")
    assert "programme" in strange.context["form"].errors


def test_a_requirement_needs_no_weight(bring: Any, browse: Browse) -> None:
    hours = 'key = "hours"\nmode = "all_required"\n[[component]]\nkey = "ojl"\ntarget = 8000\n'
    answer = bring(hours)
    assert answer.status_code == 302
    assert browse("coordinator").get(answer["Location"].replace("edit/", "")).status_code == 200


def test_the_example_of_a_real_course_needs_no_typing(cast: Cast, bring: Any, tmp_path: Path) -> None:
    raw = ROOT / "tests/data/oulad/DDD-2013B"
    subprocess.run([sys.executable, ROOT / "examples/oulad/adapt.py", raw, tmp_path], check=True)
    answer = bring((tmp_path / "scheme.toml").read_bytes())
    assert answer.status_code == 302
    draft = _own()[-1]
    counts = {part["key"]: len(part.get("item", [1])) for part in draft.definition["component"]}
    assert counts == {"process": 7, "practical_activity": 6, "final_exam": 1}


# ---- And out again ----------------------------------------------------------------------------------


@pytest.mark.usefixtures("all_rows")
@pytest.mark.parametrize("key", ["cn-334", "de_mechatronics", "uk_standard", "us_registered", "au_cert3"])
def test_a_scheme_goes_out_and_comes_in_the_same(
    cast: Cast, browse: Browse, bring: Callable[..., Any], key: str, tmp_path: Path
) -> None:
    source = EvaluationScheme.objects.filter(key=key, organisation=None).first() or country(cast, key).scheme
    page = browse("coordinator").get(f"/o/lanchuan/schemes/{source.public_id}/scheme.toml")
    assert page.headers["Content-Disposition"].startswith("attachment")
    answer = bring(page.content, programme=source.programme.public_id)
    assert answer.status_code == 302, answer.context["complaints"]
    draft = EvaluationScheme.objects.filter(organisation=cast.college, state="draft").latest("pk")
    assert draft.pk != source.pk
    assert (draft.key, draft.name) == (source.key, source.name)
    assert canonical(draft.definition) == canonical(source.definition)
    (tmp_path / "scheme.toml").write_bytes(page.content)
    assert read_scheme(tmp_path / "scheme.toml") == engine_scheme(source.definition, source.key)


def test_who_sees_no_scheme_gets_no_file(cast: Cast, browse: Browse) -> None:
    at = f"/o/lanchuan/schemes/{cast.scheme.public_id}/scheme.toml"
    assert browse("trainer").get(at).status_code == 200
    assert browse("stranger").get(at).status_code == 404
    assert b"scheme.toml" in browse("coordinator").get(at.removesuffix("scheme.toml")).content
