"""The page of the oral supplement, and how the derivation speaks of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from craftpath.domain.evaluation.models import Mark
from craftpath.kernel.tenancy import everywhere
from tests.cast import Cast
from tests.countries import Country, country
from tests.domain.evaluation.test_oral import FAILS
from tests.web.evaluation.reading import cells

Browse = Callable[[str], Client]


@pytest.fixture
def germany(cast: Cast) -> Country:
    return country(cast, "de_mechatronics", {"71": FAILS, "72": FAILS | {"work_order": 48}})


def _at(found: Country, number: str, more: str = "") -> str:
    return f"/o/lanchuan/results/{found.evaluation.public_id}/{found.people[number].public_id}/{more}"


def test_it_says_what_would_decide_and_records_it(browse: Browse, germany: Country) -> None:
    client = browse("trainer")
    assert _at(germany, "71", "oral/") in client.get(_at(germany, "71")).content.decode()
    page = client.get(_at(germany, "71", "oral/"))
    assert cells(page)[1:] == [
        ["Work planning", "45", "An oral mark of at least 60 would decide."],
        ["Function analysis", "45", "An oral mark of at least 60 would decide."],
        ["Economics and social studies", "80", "Even full marks would not lead to a pass."],
    ]
    sent = {"component": "work_planning", "score": "75"}
    assert client.post(_at(germany, "71", "oral/"), sent).status_code == 302
    branch = client.get(_at(germany, "71")).context["branches"][2]
    assert branch.note.endswith("Written 45, oral 75, weighed 2:1: 55.")
    assert [(leaf.label, leaf.note) for leaf in branch.leaves] == [
        ("Work planning", "45 of 100 is 45 %. Weight 2 of 3."),
        ("Work planning (oral)", "75 of 100 is 75 %. Weight 1 of 3."),
    ]
    again = client.post(_at(germany, "71", "oral/"), sent, follow=True)
    assert "recorded already" in again.content.decode()


def test_who_has_none_reads_nothing_of_it(browse: Browse, germany: Country) -> None:
    branch = browse("trainer").get(_at(germany, "72")).context["branches"][2]
    assert [leaf.label for leaf in branch.leaves] == ["Work planning"]
    assert "Weight 2" not in branch.leaves[0].note
    page = browse("trainer").get(_at(germany, "72", "oral/"))
    assert page.context["form"] is None


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"component": "work_planning", "score": "101"}, "score"),
        ({"component": "work_planning", "score": "many"}, "score"),
        ({"component": "work_planning", "score": "-1"}, "score"),
        ({"component": "work_planning", "score": ""}, "score"),
        ({"component": "part1", "score": "75"}, "component"),
    ],
)
def test_what_is_wrong_stands_at_its_field(
    browse: Browse, germany: Country, sent: dict[str, str], field: str
) -> None:
    page = browse("trainer").post(_at(germany, "71", "oral/"), sent)
    assert list(page.context["form"].errors) == [field]
    with everywhere("a test looks at everything"):
        assert not Mark.objects.filter(item__endswith=".oral").exists()


def test_others_find_no_such_page(browse: Browse, germany: Country, cast: Cast) -> None:
    assert browse("hr").get(_at(germany, "71", "oral/")).status_code in (403, 404)
    mine = f"/o/lanchuan/results/{cast.evaluation.public_id}/{cast.enrolments['26001'].public_id}/oral/"
    assert browse("trainer").get(mine).status_code == 404  # a scheme without a supplement
