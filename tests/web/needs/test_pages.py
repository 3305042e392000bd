"""The pages of analyses: the list, a new one, its parts, what is taken away, and who reads what."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from craftpath.domain.curricula.actions import retire_version
from craftpath.domain.needs.actions import make_analysis, publish_analysis
from craftpath.domain.needs.models import Analysis
from craftpath.domain.needs.queries import signatures
from craftpath.domain.surveys.results import results_of
from craftpath.kernel.tenancy import everywhere
from tests.cast import AT, Cast
from tests.domain.curricula.world import first
from tests.domain.needs.world import better, needy, survey

HOME = "/o/lanchuan/needs/"


@pytest.fixture
def surveys(cast: Cast) -> list[Any]:
    with everywhere("a test sets up"):
        first = survey(cast)
        return [first, survey(cast, better, before=first)]


@pytest.fixture
def row(cast: Cast, surveys: list[Any]) -> Analysis:
    with everywhere("a test sets up"):
        return make_analysis(
            cast.college, surveys, groups=["occupation"], by=cast.actor("coordinator"), at=AT
        )


def as_(client: Client, cast: Cast, name: str) -> Client:
    client.force_login(cast.people[name])
    client.cookies["django_language"] = "en"
    return client


def page(client: Client, path: str = "", status: int = 200, home: str = HOME) -> str:
    answer = client.get(f"{home}{path}")
    assert answer.status_code == status, answer.content.decode()[-2000:]
    return answer.content.decode()


def publish(cast: Cast, row: Analysis) -> Analysis:
    with everywhere("a test sets up"):
        return publish_analysis(row, count=2, by=cast.actor("coordinator"), at=AT)


def test_from_surveys_to_a_published_list(client: Client, cast: Cast, surveys: list[Any]) -> None:
    as_(client, cast, "coordinator")
    assert "No analysis yet" in page(client)
    form = page(client, "new/")
    assert all(one.public_id in form for one in surveys)
    refused = client.post(f"{HOME}new/", {"groups": ["occupation"], "crosshair": "middle"})
    assert (refused.status_code, "Choose at least one survey." in refused.content.decode()) == (422, True)
    assert re.search(r'value="middle"[^>]*checked', refused.content.decode())
    sent = {"surveys": [one.public_id for one in surveys], "groups": ["occupation"], "crosshair": "means"}
    made = client.post(f"{HOME}new/", sent)
    assert client.post(f"{HOME}new/", sent).headers["Location"] == made.headers["Location"], (
        "one press, one analysis"
    )
    path = made.headers["Location"].removeprefix(HOME)
    text = page(client, path)
    for words in (
        "24 people rated both sides",
        "Concentrate here",
        "Needs by rank",
        "MWDS",
        "How this was counted",
    ):
        assert words in text
    bad = client.post(f"{HOME}{path}do/", {"do": "publish", "method": "mwds", "count": "40"})
    assert bad.status_code == 422
    done = client.post(f"{HOME}{path}do/", {"do": "publish", "method": "mwds", "count": "2"}, follow=True)
    assert "Needed most" in done.content.decode()
    with everywhere("a test looks"):
        assert Analysis.objects.get().state == "published"


def test_groups_and_comparisons(client: Client, cast: Cast, row: Analysis) -> None:
    as_(client, cast, "coordinator")
    text = page(client, f"{row.public_id}/groups/?show=gap")
    for words in ("Welder", "Turner", "n = 16", "heat-4"):
        assert words in text
    assert "Hidden:" not in text
    text = page(client, f"{row.public_id}/changes/")
    for words in (
        "Wave 1",
        "Wave 2",
        "+2.00",
        "Wanting to learn general skills",
        "How mentors see the level",
    ):
        assert words in text
    assert page(client, f"{row.public_id}/changes/?show=nonsense").count("Wave 1") == text.count("Wave 1")
    text = page(client, f"{row.public_id}/print/")
    assert all(words in text for words in ("Needs by rank", "Welder", "Wave against wave", "Fingerprint"))


def test_hidden_cells_are_marked_and_explained(client: Client, cast: Cast) -> None:
    def silent(who: int) -> dict[str, Any]:
        return {**needy(who), "communication": [5, None, None]} if who >= 20 else needy(who)

    with everywhere("a test sets up"):
        asked = survey(cast, silent)
        row = make_analysis(cast.college, [asked], groups=["occupation"], by=cast.actor("coordinator"), at=AT)
    text = page(as_(client, cast, "coordinator"), f"{row.public_id}/groups/")
    assert text.count("heat-hidden") == 3, "two cells and the sample"
    assert "a cell from which such a one could be worked out" in text


def test_files_hold_what_the_pages_show(client: Client, cast: Cast, row: Analysis) -> None:
    as_(client, cast, "coordinator")
    answer = client.get(f"{HOME}{row.public_id}/files/needs.xlsx")
    book = load_workbook(BytesIO(answer.content))
    assert len(book.sheetnames) == 3
    rows = list(book.worksheets[0].values)
    whole = dict(zip(rows[0], rows[1], strict=True))
    item = row.figures["items"][0]
    assert (whole["skill"], whole["n"], whole["mwds"]) == (
        "communication",
        24,
        pytest.approx(item["mwds"]["value"]),
    )
    assert len(rows) == 1 + 3 + 2 * 3
    text = client.get(f"{HOME}{row.public_id}/files/needs.csv").content.decode("utf-8-sig")
    assert len(text.strip().splitlines()) == 10
    page(client, f"{row.public_id}/files/needs.pdf", status=404)


@pytest.mark.parametrize(
    ("named", "words"),
    [
        ([], "These answers are anonymous"),
        ([1], "Some of these surveys are anonymous"),
        ([1, 2], "Names were kept with these answers"),
    ],
)
def test_how_it_was_counted_says_whether_names_were_kept(
    client: Client, cast: Cast, row: Analysis, named: list[int], words: str
) -> None:
    with everywhere("a test sets up"):
        row.surveys.filter(wave__in=named).update(anonymous=False)
    as_(client, cast, "coordinator")
    assert words in page(client, f"{row.public_id}/")
    assert "anonymous" not in page(client, f"{row.public_id}/changes/").replace(words, "")


class TestWhoReads:
    def test_readers_of_figures_read_what_is_published_and_sign_it(
        self, client: Client, cast: Cast, row: Analysis
    ) -> None:
        as_(client, cast, "trainer")
        assert row.public_id not in page(client)
        page(client, f"{row.public_id}/", status=403)
        page(client, "new/", status=403)
        publish(cast, row)
        assert row.public_id in page(client)
        text = page(client, f"{row.public_id}/")
        assert "Sign the list" in text
        assert 'value="publish"' not in text
        client.post(f"{HOME}{row.public_id}/do/", {"do": "sign"})
        with everywhere("a test looks"):
            assert len(signatures(row)) == 2
        assert client.post(f"{HOME}{row.public_id}/do/", {"do": "drop"}).status_code == 403
        assert client.post(f"{HOME}{row.public_id}/do/", {"do": "nothing"}).status_code == 404

    def test_an_officer_reads_those_of_the_colleges_below(
        self, client: Client, cast: Cast, row: Analysis
    ) -> None:
        publish(cast, row)
        text = page(as_(client, cast, "officer"), home="/o/lanchuan-bureau/needs/")
        assert "Lanchuan Technician College" in text
        page(client, f"{row.public_id}/", home="/o/lanchuan-bureau/needs/")

    def test_who_was_asked_reads_a_short_page(self, client: Client, cast: Cast, row: Analysis) -> None:
        publish(cast, row)
        with everywhere("a test sets up"):
            asked = row.surveys.first().asked.filter(role="apprentice").first()
            asked.person = cast.people["apprentice"]
            asked.save()
        as_(client, cast, "apprentice")
        assert row.public_id in page(client)
        text = page(client, f"{row.public_id}/")
        assert "Needed most" in text
        assert "Fingerprint" not in text
        assert "By group" not in text
        assert "Turner" not in client.get(f"{HOME}{row.public_id}/files/needs.csv").content.decode(
            "utf-8-sig"
        )
        page(client, f"{row.public_id}/groups/", status=404)

    def test_an_office_elsewhere_finds_what_its_holder_was_asked_about(
        self, client: Client, cast: Cast, row: Analysis
    ) -> None:
        home = "/o/jinheng/needs/"
        as_(client, cast, "hr")
        publish(cast, row)
        assert row.public_id not in page(client, home=home)
        with everywhere("a test sets up"):
            asked = row.surveys.first().asked.filter(role="mentor").first()
            asked.person = cast.people["hr"]
            asked.save()
        text = page(client, home=home)
        assert text.count(f"{home}{row.public_id}/") == 1
        assert "Lanchuan Technician College" in text
        assert "Needed most" in page(client, f"{row.public_id}/", home=home)
        page(client, f"{row.public_id}/groups/", status=404, home=home)
        page(client, f"{row.public_id}/changes/", status=404, home=home)

    def test_others_find_nothing(self, client: Client, cast: Cast, row: Analysis) -> None:
        publish(cast, row)
        page(as_(client, cast, "stranger"), f"{row.public_id}/", status=404, home="/o/dongling/needs/")
        page(as_(client, cast, "classmate"), f"{row.public_id}/", status=404)


def test_the_page_of_a_failed_one_says_why(client: Client, cast: Cast) -> None:
    def mute(who: int) -> dict[str, Any]:
        return {"m1": 3} if who >= 4 else needy(who)

    with everywhere("a test sets up"):
        row = make_analysis(
            cast.college, [survey(cast, mute)], groups=[], by=cast.actor("coordinator"), at=AT
        )
    as_(client, cast, "coordinator")
    assert "fewer than 5 people rated both sides" in page(client, f"{row.public_id}/")
    assert client.post(f"{HOME}{row.public_id}/do/", {"do": "retry"}).status_code == 302
    assert client.post(f"{HOME}{row.public_id}/do/", {"do": "drop"}).status_code == 302
    page(client, f"{row.public_id}/", status=404)
    assert client.get(f"{HOME}{row.public_id}/print/").status_code == 404


def test_the_list_asks_the_same_however_long_it_is(
    client: Client, cast: Cast, surveys: list[Any], django_assert_max_num_queries: Any
) -> None:
    as_(client, cast, "coordinator")
    with everywhere("a test sets up"):
        for crosshair in ("means", "middle"):
            for groups in ([], ["role"], ["occupation"]):
                make_analysis(
                    cast.college,
                    surveys,
                    groups=groups,
                    crosshair=crosshair,
                    by=cast.actor("coordinator"),
                    at=AT,
                )
    page(client)
    with django_assert_max_num_queries(30):
        page(client)


# ---- From question to curriculum -----------------------------------------------------------------


def test_results_lead_to_the_analysis_and_it_to_a_draft(client: Client, cast: Cast) -> None:
    with everywhere("a test sets up"):
        asked = survey(cast)
        version = first(cast)
    results = f"/o/lanchuan/surveys/{asked.public_id}/results/"
    as_(client, cast, "coordinator")
    assert f"{HOME}new/?survey={asked.public_id}" in page(client, results, home="")
    with everywhere("a test sets up"):
        row = make_analysis(cast.college, [asked], groups=[], by=cast.actor("coordinator"), at=AT)
    text = page(client, results, home="")
    assert f"{HOME}{row.public_id}/" in text
    assert "?survey=" not in text
    draft = f"/o/lanchuan/curricula/versions/{version.public_id}/drafts/new/?from={row.public_id}"
    assert draft not in page(client, f"{row.public_id}/")  # only from what is published
    publish(cast, row)
    assert draft in page(client, f"{row.public_id}/")
    assert f'value="{row.public_id}" selected' in page(client, draft, home="")
    with everywhere("a test sets up"):
        retire_version(version, by=cast.actor("coordinator"), at=AT)
    assert "No version of a curriculum is in draft" in page(client, f"{row.public_id}/")


def test_both_rooms_count_the_same_pairs(cast: Cast) -> None:
    """Of who rated one side only nothing is counted, so that the difference of two pages is nobody's rating."""

    def half(who: int) -> dict[str, Any]:
        said = needy(who)
        if who == 3:
            said["communication"] = [1, None, None]
        if who == 4:
            said["planning_organising"] = [None, 1, None]
        return said

    with everywhere("a test sets up"):
        asked = survey(cast, half)
        row = make_analysis(cast.college, [asked], groups=[], by=cast.actor("coordinator"), at=AT)
        told = {one.question.key: {each.key: each for each in one.spreads}
                for one in results_of(asked) if one.question.kind == "need"}  # fmt: skip
    for item in row.figures["items"]:
        spreads = told[item["key"]]
        assert spreads["importance"].n == spreads["own"].n == item["n"]
        assert spreads["importance"].mean == pytest.approx(item["importance"]["value"])
        assert spreads["own"].mean == pytest.approx(item["ability"]["value"])
    assert {item["n"] for item in row.figures["items"]} == {20, 23}
    for one in row.figures["mentors"] or ():
        assert told[one["key"]]["mentor"].mean == pytest.approx(one["mentor"])
        assert told[one["key"]]["mentor"].n == one["mentors"]
        assert (one["n"], one["own"]) == (
            told[one["key"]]["own"].n,
            pytest.approx(told[one["key"]]["own"].mean),
        )
