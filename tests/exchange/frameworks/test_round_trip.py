"""What goes out comes back the same: any framework, as a CASE package and as a spreadsheet, twice over."""

from __future__ import annotations

import json
from dataclasses import replace

from hypothesis import HealthCheck, given, settings

from craftpath.delivery.exchange.frameworks.case_in import read_case
from craftpath.delivery.exchange.frameworks.case_out import write_case
from craftpath.delivery.exchange.frameworks.table_in import read_table
from craftpath.delivery.exchange.frameworks.table_out import write_book, write_table
from craftpath.domain.standards.content import Content
from craftpath.domain.standards.fitting import fit
from tests.exchange.frameworks.made import bare, contents
from tests.exchange.frameworks.shape import wrong

TRIES = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def home(content: Content) -> Content:
    """The framework on the site that it comes back to, empty."""
    return Content(key="made", prefix="made", version=content.version)


@TRIES
@given(contents())
def test_a_package_comes_back_as_it_went_and_is_as_the_standard_has_it(content: Content) -> None:
    first = write_case(content, {})
    assert wrong(json.loads(first)) == []
    read = read_case(first)
    assert read.faults == []
    back = fit(read.content, home(content))
    assert write_case(back, {}) == first
    assert bare(back).nodes == content.nodes
    assert back.name == content.name


@TRIES
@given(contents())
def test_a_workbook_comes_back_as_it_went(content: Content) -> None:
    first = write_book(content)
    read = read_table(first, "made.xlsx")
    assert read.faults == []
    back = fit(read.content, home(content))
    assert bare(back) == content


@TRIES
@given(contents())
def test_a_text_table_comes_back_as_it_went(content: Content) -> None:
    """It holds domains and skills, and names of levels; all else stays as it is in the list at home."""
    read = read_table(write_table(content), "framework.csv")
    assert read.faults == []
    back = fit(read.content, home(content))
    assert bare(back).nodes == content.nodes
    assert [(one.key, one.name) for one in back.levels] == [(one.key, one.name) for one in content.levels]
    assert bare(fit(read.content, replace(content, nodes=()))) == content
    assert bare(fit(read.content, content)) == content
