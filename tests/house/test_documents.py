"""The documents tell the truth: words, paths, examples and the reference agree with the code."""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType

import polib
import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.utils import translation

from craftpath.delivery.commands.management.commands.reference import PAGES
from craftpath.delivery.commands.reference.states import flows
from craftpath.delivery.commands.reference.variables import Variable, variables
from craftpath.delivery.web.sheets import texts as sheets
from craftpath.delivery.web.shell.words import ROLE_NAMES
from craftpath.domain.apprenticeships import texts as apprenticeships
from craftpath.domain.evaluation import texts as evaluation
from craftpath.domain.learning import texts as learning
from craftpath.domain.programmes import texts as programmes
from craftpath.kernel.roles import Permission, Role
from tests.house.rooms import LABELS

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
CATALOGUE = ROOT / "craftpath" / "project" / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
PAGES_IN_HAND = sorted(path for path in (*DOCS.rglob("*.md"), *ROOT.glob("*.md")) if path.name not in PAGES)


# ---- words.md ---------------------------------------------------------------------------------------


def _rows() -> list[tuple[str, str, str, str]]:
    """(Chinese, English, identifier, meaning) of every row of every table."""
    rows = []
    for line in (DOCS / "words.md").read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")] if line.startswith("|") else []
        if len(cells) == 4 and cells[2].startswith("`"):
            rows.append((cells[0], cells[1], cells[2].strip("`"), cells[3]))
    return rows


ROWS = _rows()
IDENTIFIERS = {row[2] for row in ROWS}
MODELS = {model._meta.label for label in LABELS for model in apps.get_app_config(label).get_models()}
STATES = {
    f"{key}:{state}"
    for key, (flow, _) in flows().items()
    for state in flow.states
    if not key.startswith("test")
}
MEMBERS = {f"Role.{one.name}" for one in Role} | {f"Permission.{one.name}" for one in Permission}


@pytest.mark.parametrize("column", [0, 1, 2], ids=["Chinese", "English", "identifier"])
def test_no_word_stands_twice(column: int) -> None:
    times = Counter(row[column] for row in ROWS)
    assert {word: n for word, n in times.items() if n > 1} == {}


def test_every_cell_of_the_words_is_filled() -> None:
    assert [row for row in ROWS if not all(row)] == []


@pytest.mark.parametrize(
    "wanted", [MODELS, STATES, MEMBERS], ids=["tables", "states", "roles and permissions"]
)
def test_every_table_state_role_and_permission_has_its_row(wanted: set[str]) -> None:
    assert sorted(wanted - IDENTIFIERS) == []


def test_no_row_speaks_of_what_is_gone() -> None:
    listed = {
        name
        for name in IDENTIFIERS
        if ":" in name or name.split(".")[0] in LABELS or name.startswith(("Role.", "Permission."))
    }
    assert sorted(listed - MODELS - STATES - MEMBERS) == []


def test_every_other_identifier_is_a_name_of_the_code() -> None:
    texts = [path.read_text("utf-8") for path in (ROOT / "craftpath").rglob("*.py")]
    names = set(re.findall(r"\w+", " ".join(texts)))
    parts = {part for name in IDENTIFIERS for part in re.split(r"[.:]", name)}
    assert sorted(parts - names) == []


def _said() -> dict[str, str]:
    """Identifier → the English label that pages show, of roles and of states that have one."""
    states = {
        "programmes.scheme": programmes.STATES,
        "apprenticeships.cohort": apprenticeships.COHORT_STATES,
        "apprenticeships.stage": apprenticeships.STAGE_STATES,
        "kernel.sheet": sheets.STATES,
        "evaluation.contest": evaluation.CONTEST_STATES,
        "learning.session": learning.SESSION_STATES,
    }
    with translation.override("en"):
        said = {f"Role.{role.name}": str(name) for role, name in ROLE_NAMES.items()}
        labels = {
            f"{key}:{state}": str(label) for key, table in states.items() for state, label in table.items()
        }
    return said | {name: label for name, label in labels.items() if name in STATES}


def test_pages_call_roles_and_states_in_chinese_what_the_table_calls_them() -> None:
    catalogue = {entry.msgid: entry.msgstr for entry in polib.pofile(str(CATALOGUE))}
    words = {row[2]: row[0] for row in ROWS}
    said = {
        name: label for name, label in _said().items() if label in catalogue
    }  # test_languages finds the rest
    assert MEMBERS & set(said) == {f"Role.{role.name}" for role in Role}
    assert {name: catalogue[label] for name, label in said.items()} == {name: words[name] for name in said}


# ---- Paths and links --------------------------------------------------------------------------------

PLACED = ("craftpath/", "tests/", "docs/", "examples/", "bench/", "requirements/")
QUOTED = re.compile(r"`([\w./-]+/[\w./-]*|\w+\.(?:toml|md|py)|Makefile|LICENSE)`")
LINKED = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


def _paths(text: str) -> list[str]:
    """Paths in backquotes that begin at the root of the project; those with a place-holder are left out."""
    return [path for path in QUOTED.findall(text) if path.startswith(PLACED)]


def test_every_path_of_the_tour_exists() -> None:
    named = _paths((DOCS / "tour.md").read_text("utf-8"))
    assert len(named) > 30
    assert [path for path in named if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("page", PAGES_IN_HAND, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_path_and_link_of_a_page_exists(page: Path) -> None:
    text = page.read_text("utf-8")
    links = [link for link in LINKED.findall(text) if "://" not in link and not link.startswith("mailto:")]
    missing = [link for link in links if not (page.parent / link).exists()]
    missing += [path for path in _paths(text) if not (ROOT / path).exists()]
    assert missing == []


# ---- Examples ---------------------------------------------------------------------------------------

EXAMPLE = re.compile(r"^```python\n(.*?)^```", re.S | re.M)
WITH_EXAMPLES = [page for page in PAGES_IN_HAND if EXAMPLE.search(page.read_text("utf-8"))]


def test_there_are_examples_to_run() -> None:
    assert DOCS / "tour.md" in WITH_EXAMPLES


@pytest.mark.django_db
@pytest.mark.parametrize("page", WITH_EXAMPLES, ids=lambda page: str(page.relative_to(ROOT)))
def test_the_python_of_a_page_runs_from_top_to_bottom(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The blocks of one page share their names, as a reader who types them in would have it."""
    text = page.read_text("utf-8")
    space = ModuleType("example")  # frozen dataclasses look their module up by its name
    monkeypatch.setitem(sys.modules, "example", space)
    for found in EXAMPLE.finditer(text):
        above = "\n" * text[: found.start(1)].count("\n")  # so that a fault names the line of the page
        exec(compile(above + found.group(1), str(page), "exec"), space.__dict__)


# ---- Decisions --------------------------------------------------------------------------------------

DECISIONS = sorted((DOCS / "decisions").glob("*.md"))
SECTIONS = ["Context", "Decision", "Rejected", "Consequences", "How we would know it was wrong"]


def test_decisions_are_numbered_without_a_gap() -> None:
    assert [path.name[:5] for path in DECISIONS] == [f"{n:04}-" for n in range(1, len(DECISIONS) + 1)]


@pytest.mark.parametrize("page", DECISIONS, ids=lambda page: page.stem)
def test_a_decision_has_its_five_sections_on_one_page(page: Path) -> None:
    text = page.read_text("utf-8")
    assert re.findall(r"^## (.*)$", text, re.M) == SECTIONS
    assert text.startswith(f"# {int(page.name[:4])}. ")
    assert len(text.split()) < 1000


# ---- Reference --------------------------------------------------------------------------------------


def test_the_reference_says_what_the_code_says() -> None:
    call_command("reference", check=True)


def test_a_stale_page_of_the_reference_is_named(tmp_path: Path, settings: object) -> None:
    settings.ROOT = tmp_path  # type: ignore[attr-defined]
    folder = tmp_path / "docs" / "reference"
    folder.mkdir(parents=True)
    call_command("reference", verbosity=0)
    call_command("reference", check=True)
    (folder / "facts.md").write_text("something else", encoding="utf-8")
    with pytest.raises(CommandError) as caught:
        call_command("reference", check=True)
    assert str(caught.value) == "stale: docs/reference/facts.md; run: make diagrams"


def test_settings_are_found_in_their_source() -> None:
    source = 'A = Path(env.word("X_A", "a"))\nB = env.number("X_B", 2)\nC = other.flag("X_C")\n'
    assert list(variables(source)) == [
        Variable("X_A", "text", "a", "A"),
        Variable("X_B", "whole number", "2", "B"),
    ]


def test_no_setting_is_read_past_the_settings() -> None:
    """A variable that is read elsewhere would be missing in the reference; the locale is nobody's setting."""
    read = {
        str(path.relative_to(ROOT)): names
        for path in (ROOT / "craftpath").rglob("*.py")
        if (names := set(re.findall(r"[\"'](CRAFTPATH_[A-Z_]+)[\"']", path.read_text("utf-8"))))
    }
    assert set(read) == {
        "craftpath/project/settings.py",
        "craftpath/delivery/commands/reference/variables.py",
        "craftpath/delivery/commands/management/commands/serve.py",  # says one to the servers that it starts
    }
