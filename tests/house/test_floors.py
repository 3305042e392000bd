"""The floors hold: import contracts, no forbidden names, models used by their own noun only, sizes."""

from __future__ import annotations

import ast
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "craftpath"
FORBIDDEN = {
    "utils",
    "helpers",
    "misc",
    "common",
    "base",
    "manager",
    "managers",
    "service",
    "services",
    "core",
    "data",
    "process",
    "handle",
}
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts)


def test_every_import_contract_is_kept() -> None:
    """The contracts stand in pyproject.toml; this runs them."""
    done = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout


def test_no_module_or_package_has_a_drawer_s_name() -> None:
    names = {path: path.stem if path.name != "__init__.py" else path.parent.name for path in MODULES}
    assert [str(path.relative_to(ROOT)) for path, name in names.items() if name in FORBIDDEN] == []


@cache
def _imports(path: Path) -> set[str]:
    """Modules imported at run time; what stands under `if TYPE_CHECKING:` is left out."""
    tree = ast.parse(path.read_text("utf-8"))
    typed = {
        id(node)
        for block in ast.walk(tree)
        if isinstance(block, ast.If) and "TYPE_CHECKING" in ast.unparse(block.test)
        for node in ast.walk(block)
    }
    found = set()
    for node in ast.walk(tree):
        if id(node) in typed:
            continue
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return found


@pytest.mark.parametrize(
    "noun",
    sorted(
        path.name for path in (PACKAGE / "domain").iterdir() if path.is_dir() and path.name != "__pycache__"
    ),
)
def test_a_noun_s_tables_are_used_by_that_noun_only(noun: str) -> None:
    module = f"craftpath.domain.{noun}.models"
    strangers = [
        str(path.relative_to(ROOT))
        for path in MODULES
        if PACKAGE / "domain" / noun not in path.parents
        and any(one == module or one.startswith(f"{module}.") for one in _imports(path))
    ]
    assert strangers == []


def test_files_keep_their_proportions() -> None:
    by_hand = [
        path for path in MODULES if path.name != "operations.py"
    ]  # the client's are written from the schema
    sizes = sorted(len(path.read_text("utf-8").splitlines()) for path in by_hand)
    assert sizes[len(sizes) // 2] <= 110
    assert sizes[-1] <= 420, "a room has grown two purposes: split it"
