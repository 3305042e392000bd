"""The same record on PostgreSQL: a cluster made for this test runs the tests of kernel and nouns.

`make postgres` runs all tests there; together with those on SQLite they would be longer than one waits for a change.
"""

from __future__ import annotations

import os

import pytest

from tests.cluster import cluster, pytest_on

# The nouns that lock and pay; every noun is run there by `make postgres`.
NOUNS = ("allowances", "appraisals", "apprenticeships", "matching", "pairing", "subsidies")
WANTED = [
    "tests/kernel", *(f"tests/domain/{noun}" for noun in NOUNS), "tests/jobs", "tests/house/test_scope.py",
]  # fmt: skip
# Examples by chance and figures worked out in memory: once is enough.
DRAWN = " and ".join(
    f"not test_{name}"
    for name in (
        "evidence_property",
        "routing",
        "patterns",
        "analysis",
        "content",
        "terms",
        "wishes",
        "checking",
        "blueprints",
        "complaints",
        "days",
        "leave",
    )
)


@pytest.mark.timeout(600)
def test_kernel_and_nouns_keep_their_word_on_postgresql() -> None:
    try:
        with cluster() as address:
            done = pytest_on(
                address, *WANTED, "-k", DRAWN, "-q", "-x", "-p", "no:cacheprovider", quietly=True
            )
    except FileNotFoundError as missing:
        if os.environ.get("CI"):
            pytest.fail(str(missing))
        pytest.skip(str(missing))
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
