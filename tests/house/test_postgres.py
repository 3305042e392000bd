"""The same record on PostgreSQL: a cluster made for this test runs the tests of kernel and nouns.

`make postgres` runs all tests there; together with those on SQLite they would be longer than one waits for a change.
"""

from __future__ import annotations

import os

import pytest

from tests.cluster import cluster, pytest_on
from tests.fresh import ROOT

# What only a server of its own can show: two at once, what is never altered, scopes, months of the history, leases,
# search in two languages.
WANTED = [
    "tests/kernel", "tests/domain/apprenticeships", "tests/domain/pairing", "tests/jobs/test_search.py",
    "tests/house/test_scope.py", "tests/jobs/test_sweep.py", "tests/web/history",
    *(str(path.relative_to(ROOT)) for path in sorted(ROOT.glob("tests/domain/*/test_two_at_once.py"))
      if path.parent.name not in {"apprenticeships", "pairing"}),
]  # fmt: skip
# Examples by chance, and duties, which ask hundreds of questions of one kind: once is enough. Village points have
# databases of their own, which are SQLite here as there.
LEFT_OUT = " and ".join(
    f"not test_{name}"
    for name in (
        "points",
        "evidence_property",
        "routing",
        "patterns",
        "terms",
        "wishes",
        "days",
        "duties",
        "leave",
    )
)


@pytest.mark.timeout(600)
def test_kernel_and_nouns_keep_their_word_on_postgresql() -> None:
    try:
        with cluster() as address:
            done = pytest_on(
                address, *WANTED, "-k", LEFT_OUT, "-q", "-x", "-p", "no:cacheprovider", quietly=True
            )
    except FileNotFoundError as missing:
        if os.environ.get("CI"):
            pytest.fail(str(missing))
        pytest.skip(str(missing))
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
