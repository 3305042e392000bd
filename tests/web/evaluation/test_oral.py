"""The page of the oral supplement, and how the derivation speaks of it."""

from __future__ import annotations

import copy
from collections.abc import Callable

import pytest
from django.test import Client

from craftpath.domain.evaluation.actions import basis_of, decide_results
from craftpath.domain.evaluation.models import Mark
from craftpath.domain.programmes.actions import draft_scheme
from craftpath.kernel.tenancy import everywhere
from tests.cast import AT, Cast
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


def test_after_the_decision_the_page_says_so_and_the_grid_shows_the_oral_mark(
    browse: Browse, germany: Country, cast: Cast
) -> None:
    client = browse("coordinator")
    at = f"/o/lanchuan/results/{germany.evaluation.public_id}/"
    plain = cells(client.get(f"{at}grid/"))
    assert len(plain[-1]) == 6
    client.post(_at(germany, "71", "oral/"), {"component": "work_planning", "score": "75"})
    assert [row[3:6] for row in cells(client.get(f"{at}grid/"))[-2:]] == [
        ["45", "75", "45"],
        ["45", "–", "45"],
    ]
    page = client.get(f"{at}decide/")
    people = [one.public_id for one in germany.people.values()]
    client.post(f"{at}decide/", {"basis": page.context["basis"], "who": people})
    assert "oral/" not in client.get(_at(germany, "71")).content.decode()
    assert client.get(_at(germany, "71")).context["branches"][2].note.endswith("weighed 2:1: 55.")
    closed = client.get(_at(germany, "71", "oral/"))
    assert (closed.context["form"], "The result is decided." in closed.content.decode()) == (None, True)
    correct = client.get(_at(germany, "71", "correct/")).context["form"]
    assert correct["item-work_planning.oral"].value() == "75"
    assert "item-function_analysis.oral" not in correct.fields


def test_the_move_page_says_who_stays(browse: Browse, germany: Country, cast: Cast) -> None:
    with everywhere("a test decides"):
        by = cast.actor("coordinator")
        decide_results(
            germany.evaluation,
            [germany.people["71"]],
            basis=basis_of(germany.evaluation),
            by=by,
            at=AT,
        )
        shorter = copy.deepcopy(germany.scheme.definition)
        shorter["component"][0]["weight"], shorter["component"][1]["weight"] = "30", "40"
        other = draft_scheme(germany.scheme, organisation=cast.college, definition=shorter, by=by, at=AT)
    at = f"/o/lanchuan/results/{germany.evaluation.public_id}/"
    client = browse("coordinator")
    page = client.get(f"{at}move/", {"scheme": other.public_id})
    assert "1 result is decided. It stays as it is" in page.content.decode()
    assert page.context["effect"].people == 1
    client.post(f"{at}move/", {"scheme": other.public_id, "reason": "new rules"})
    rows = {row[1]: row for row in cells(client.get(at))[1:]}
    assert (rows["71"][2], rows["71"][4]) == ("64.6", "not passed")
    assert set("".join(rows["71"][6:8])) == {"–"}  # the parts of the new version tell nothing of it
    for sort in ("part1.value", "-part1.points", "total"):
        assert len(cells(client.get(at, {"sort": sort}))) == 3
    assert client.get(_at(germany, "71")).context["evaluation"].scheme == germany.scheme
