"""The report on a sitting: who reads it, what each part says and keeps to itself, and what one takes away."""

from __future__ import annotations

import csv
import io
import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from craftpath.delivery.commands.headless import main
from craftpath.delivery.web.itemreport import reading
from craftpath.domain.exams.actions import EssayPlan, close_sitting
from craftpath.domain.exams.models import Candidate, EssayMark, PaperLine, Sitting
from craftpath.kernel.tenancy import everywhere
from tests.cast import AT, Cast
from tests.domain.exams.crowd import cohort, form, held, items, options
from tests.domain.exams.hall import ESSAY, OPENS, answer, begin, opened, planned
from tests.engines.psychometrics.simulated import simulated
from tests.web.itemreport.conftest import SMALL, Browse, at, words

pytestmark = pytest.mark.django_db
PARTS = ("", "questions/", "model/", "forms/", "fairness/", "markers/")


def crowd(cast: Cast, people: int = 60, seed: int = 1, common: int = 10) -> Sitting:
    """Two forms of ten questions, `common` of them on both; the form that everybody has if all are."""
    with everywhere("a test holds an examination"):
        bank = items(cast, 20 - common)
        forms = [form(cast, bank[:10], "Form A"), form(cast, bank[-10:], "Form B")]
        true = simulated(people, 20 - common, seed, common=1.2).responses.scores
        rows = []
        for n, one in enumerate(true.tolist()):
            which = n % 2 if common < 10 else 0
            rows.append((forms[which], options([one[-10:] if which else one[:10]])[0]))
        return held(cast, rows)


@pytest.mark.parametrize(
    ("who", "house", "status"),
    [("coordinator", "lanchuan", 200), ("trainer", "lanchuan", 200), ("mentor", "jinheng", 403),
     ("apprentice", "lanchuan", 403), ("officer", "lanchuan-bureau", 403), ("stranger", "dongling", 404),
     ("", "lanchuan", 302)],
)  # fmt: skip
def test_who_records_marks_reads_the_report_of_the_own_house(
    cast: Cast, browse: Browse, small: Sitting, who: str, house: str, status: int
) -> None:
    client = browse(who)
    for part in (*PARTS, "files/figures.csv", "files/responses.csv"):
        assert client.get(at(small, part, house)).status_code == status, part


def test_before_the_end_there_is_no_report(cast: Cast, browse: Browse) -> None:
    with everywhere("a test plans"):
        row = planned(cast)
    client = browse("coordinator")
    assert all("Not yet" in words(client.get(at(row, part))) for part in PARTS)
    assert client.get(at(row, "files/figures.csv")).status_code == 404


def test_nobody_came_and_every_part_says_so(cast: Cast, browse: Browse) -> None:
    with everywhere("a test holds an examination"):
        row, _codes = opened(cast)
        row = close_sitting(row, by=cast.actor("trainer"), at=OPENS)
    client = browse("coordinator")
    assert all("Nobody was there" in words(client.get(at(row, part))) for part in PARTS)


class TestOverview:
    def test_each_figure_says_n_and_its_missing_rule(
        self, cast: Cast, browse: Browse, small: Sitting
    ) -> None:
        page = words(browse("coordinator").get(at(small)))
        assert "Mean 1.50 n = 6 of 3 points" in page
        assert "All figures: over those of whom everything is marked" in page
        assert "Standard deviation 1.05 n = 6" in page
        assert "Cronbach’s alpha 0.55 n = 6" in page
        assert "KR-20 0.55 n = 6" in page
        assert "Standard error of measurement 0.71 n = 6" in page
        assert "With 6 candidates these figures are rough" in page
        assert "two times out of three" in page  # what it is

    def test_what_cannot_be_said_says_why_and_is_no_nought(
        self, cast: Cast, browse: Browse, over: Sitting
    ) -> None:
        page = words(browse("coordinator").get(at(over)))
        assert "KR-20 not available n = 2 more than right and wrong" in page  # one waits for an essay's mark
        assert "nan" not in page.casefold()

    def test_several_forms_stand_side_by_side_and_one_is_chosen(self, cast: Cast, browse: Browse) -> None:
        row = crowd(cast, common=4)
        client = browse("coordinator")
        page = client.get(at(row))
        assert "Form by form" in words(page)
        [other] = re.findall(r'href="(\?form=[^"]+)"[^>]*>Form B', page.content.decode())
        chosen = client.get(at(row) + unescape(other))
        assert re.search(r'aria-current="true"[^>]*>Form B', chosen.content.decode())
        assert other.removeprefix("?") in chosen.content.decode()


class TestQuestions:
    def test_sorted_by_what_is_asked_for(self, cast: Cast, browse: Browse, small: Sitting) -> None:
        client = browse("coordinator")

        def orders(sort: str) -> list[int]:
            page = client.get(at(small, f"questions/?sort={sort}")).content.decode()
            return [int(one) for one in re.findall(r'report-order">(\d+)<', page)]

        assert orders("") == orders("nonsense") == [1, 2, 3]
        assert orders("difficulty") == [3, 1, 2]  # 1/6, 4/6, 4/6
        assert orders("-difficulty")[-1] == 3
        assert orders("-order") == [3, 2, 1]

    def test_a_question_that_the_better_ones_get_wrong_is_named_always(
        self, cast: Cast, browse: Browse
    ) -> None:
        with everywhere("a test holds an examination"):
            paper = form(cast, items(cast, 3))
            given = options([[1, 1, 0], [1, 1, 0], [0, 0, 1], [0, 0, 1]])
            row = held(cast, [(paper, one) for one in given])
        page = words(browse("coordinator").get(at(row, "questions/")))
        assert page.count("check the key") == 1


class TestQuestion:
    def page(self, client: Client, row: Sitting, order: int = 1) -> Any:
        with everywhere("a test looks"):
            line = PaperLine.objects.select_related("version__item").get(paper=row.paper, order=order)
        return client.get(at(row, f"questions/{line.version.item.public_id}/"))

    def test_it_is_shown_as_candidates_see_it_with_who_chose_what(
        self, cast: Cast, browse: Browse, small: Sitting
    ) -> None:
        page = words(self.page(browse("coordinator"), small))
        assert "Question number 1" in page
        assert "Right answer Spindle on, clockwise" in page
        assert "B Spindle on, clockwise right 4 0.67" in page
        assert "thirds are shown from 15 candidates on" in page
        assert "Not available: too few candidates for a model." in page

    def test_with_many_it_has_thirds_a_curve_and_parameters_with_errors(
        self, cast: Cast, browse: Browse
    ) -> None:
        got = self.page(browse("coordinator"), crowd(cast, 60))
        page = words(got)
        assert "Weakest, middle, best" in page
        assert re.search(r"Difficulty b −?\d\.\d\d ± 0\.\d\d", page)
        assert "Infit" in page
        assert "Expected and seen" in page
        assert "nan" not in got.content.decode().casefold().replace("finance", "")

    def test_what_stands_on_no_form_is_not_found(self, cast: Cast, browse: Browse, small: Sitting) -> None:
        assert browse("coordinator").get(at(small, "questions/nowhere/")).status_code == 404


class TestScale:
    def test_few_are_told_why_there_is_none(self, cast: Cast, browse: Browse, small: Sitting) -> None:
        page = words(browse("coordinator").get(at(small, "model/")))
        assert "Not available: too few candidates." in page
        assert "needs 50 candidates of one form at least; here are 6" in page

    def test_the_rule_of_the_model_is_said(self, cast: Cast, browse: Browse) -> None:
        page = words(browse("coordinator").get(at(crowd(cast, 60), "model/")))
        assert "With 60 candidates, fewer than 200" in page
        assert "People and questions on one scale" in page
        assert "Where the test is sharp" in page


class TestForms:
    def test_one_form_has_nothing_beside_it(self, cast: Cast, browse: Browse, small: Sitting) -> None:
        assert "everybody had the same form" in words(browse("coordinator").get(at(small, "forms/")))

    def test_too_few_common_questions_say_so(self, cast: Cast, browse: Browse) -> None:
        page = words(browse("coordinator").get(at(crowd(cast, 120, common=4), "forms/")))
        assert "Not available: too few common questions." in page

    def test_equivalent_scores_stand_in_a_table(self, cast: Cast, browse: Browse) -> None:
        page = words(browse("coordinator").get(at(crowd(cast, 140, common=8), "forms/")))
        assert "70 candidates, 10 questions, 8 of them common" in page
        assert "Equivalent scores" in page
        assert "Characteristic curves" in page


class TestFairness:
    def test_fifty_and_three_are_not_counted(self, cast: Cast, browse: Browse) -> None:
        with everywhere("a test holds an examination"):
            paper = form(cast, items(cast, 3))
            given = [(paper, ["b", "a", "b"])] * 53
            row = held(cast, given, enterprises=[cast.jinheng] * 50 + [cast.qinghe] * 3)
        got = browse("coordinator").get(at(row, "fairness/"))
        page = words(got)
        assert page.count("All groups not counted") == 1
        assert "No group here is large enough" in page
        assert not re.search(r'class="number">\s*(50|3)\s*<', got.content.decode())
        assert "a question to people, not a verdict" in page

    def test_large_groups_are_compared_question_by_question(self, cast: Cast, browse: Browse) -> None:
        with everywhere("a test holds an examination"):
            true = simulated(240, 8, 5, common=1.2).responses.scores
            paper = form(cast, items(cast, 8))
            given = [(paper, one) for one in options(true.tolist())]
            row = held(cast, given, enterprises=[cast.jinheng, cast.qinghe] * 120)
        page = words(browse("coordinator").get(at(row, "fairness/?by=enterprise")))
        assert "beside all others" in page
        assert page.count("n = 240") >= 8

    def test_an_address_that_names_no_group_shows_the_first(
        self, cast: Cast, browse: Browse, small: Sitting
    ) -> None:
        got = browse("coordinator").get(at(small, "fairness/?by=%00&group=x"))
        assert got.status_code == 200
        assert "Nobody to compare" in words(got)


class TestMarkers:
    def test_double_marks_are_compared(self, cast: Cast, browse: Browse) -> None:
        with everywhere("a test marks"):
            row, codes = opened(cast, marking=EssayPlan(raters=2, gap=None))
            for number in codes:
                answer(begin(codes[number]), {ESSAY: {"text": "先粗后精。"}})
            row = close_sitting(row, by=cast.actor("trainer"), at=OPENS)
            line = PaperLine.objects.get(paper=row.paper, order=ESSAY)
            most = line.version.points
            who = list(Candidate.objects.filter(sitting=row).order_by("pk"))
            for n, candidate in enumerate(who):
                pair = (("trainer", most * n / 8), ("coordinator", most * (n + 1) / 8))
                for place, (marker, points) in enumerate(pair, start=1):
                    EssayMark.objects.create(
                        candidate=candidate,
                        line=line,
                        marker=cast.people[marker],
                        place=place,
                        points=points,
                        marked_at=AT,
                    )
        page = words(browse("trainer").get(at(row, "markers/")))
        if len(who) < 5:
            assert "figures need 5" in page
        else:
            assert "Mean gap 12.50" in page

    def test_without_essays_it_says_so(self, cast: Cast, browse: Browse, small: Sitting) -> None:
        assert "No essays" in words(browse("coordinator").get(at(small, "markers/")))


class TestTogether:
    def test_all_sittings_of_a_paper_are_counted_together(
        self, cast: Cast, browse: Browse, small: Sitting
    ) -> None:
        client = browse("coordinator")
        assert "sittings of these papers" not in words(client.get(at(small)))
        with everywhere("a test holds another"):
            given = [(small.paper, one) for one in options(SMALL)]
            held(cast, given, among=cohort(cast, "Other"))
        assert "All 2 sittings of these papers" in words(client.get(at(small)))
        page = client.get(at(small, "?all=1"))
        assert "With 12 candidates" in words(page)
        assert f'href="{at(small, "questions/?all=1")}"' in page.content.decode()

    def test_every_part_asks_as_much_for_many_as_for_few(
        self, cast: Cast, browse: Browse, small: Sitting
    ) -> None:
        client = browse("coordinator")
        with everywhere("a test holds another"):
            given = [(small.paper, one) for one in options(SMALL * 8)]
            many = held(cast, given, among=cohort(cast, "Other"))
        for part in PARTS:
            counts = []
            for address in (at(small, part), at(many, part), at(many, f"{part}?all=1")):
                client.get(address)
                with CaptureQueriesContext(connection) as asked:
                    client.get(address)
                counts.append(len(asked))
            assert len(set(counts)) == 1, part

    def test_where_there_is_much_to_count_the_page_comes_first(
        self, cast: Cast, browse: Browse, small: Sitting, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(reading, "AT_ONCE", 3)
        client = browse("coordinator")
        first = client.get(at(small))
        assert 'hx-trigger="load"' in first.content.decode()
        assert "Cronbach" not in words(first)
        for figures in (client.get(at(small, "?now=1")), client.get(at(small), HTTP_HX_REQUEST="true")):
            assert "Cronbach’s alpha 0.55" in words(figures)


class TestFiles:
    def test_the_command_reads_the_points_and_finds_the_same_figures(
        self, cast: Cast, browse: Browse, tmp_path: Path
    ) -> None:
        row = crowd(cast, 60)
        client = browse("coordinator")
        source, target = tmp_path / "responses.csv", tmp_path / "report.json"
        source.write_bytes(client.get(at(row, "files/responses.csv")).content)
        assert main(["items", "--responses", str(source), "--model", "rasch", "--slope", "common", "--out", str(target)]) == 0  # fmt: skip  # noqa: E501
        report = json.loads(target.read_text("utf-8"))
        figures = client.get(at(row, "files/figures.csv")).content.decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(figures)))
        head, told = rows[0], rows[1:11]
        for mine, theirs in zip(told, report["items"], strict=True):
            assert mine[0] == theirs["item"]
            for name in ("difficulty", "discrimination", "a", "b"):
                assert float(mine[head.index(name)]) == pytest.approx(theirs[name], abs=1e-6)
        alpha = next(one for one in rows if one and one[0] == "Cronbach’s alpha")
        assert float(alpha[1]) == pytest.approx(report["alpha"])
        assert report["n"] == 60

    def test_rows_name_nobody_and_stand_in_no_known_order(
        self, cast: Cast, browse: Browse, small: Sitting
    ) -> None:
        text = browse("coordinator").get(at(small, "files/responses.csv")).content.decode("utf-8-sig")
        rows = [[int(one) for one in line.split(",")[1:]] for line in text.split()[1:]]
        assert text.splitlines()[0] == "person,q1,q2,q3"
        assert sorted(rows) == sorted(SMALL)
        assert "学徒" not in text

    def test_a_gap_is_an_empty_cell_and_a_figure_that_is_absent_says_why(
        self, cast: Cast, browse: Browse, over: Sitting
    ) -> None:
        client = browse("coordinator")
        text = client.get(at(over, "files/responses.csv")).content.decode("utf-8-sig")
        assert sum(line.endswith(",") for line in text.splitlines()[1:]) == 1  # the essay that waits
        book = load_workbook(io.BytesIO(client.get(at(over, "files/figures.xlsx")).content))
        assert book.sheetnames == ["Questions", "The whole paper", "How it is counted"]
        whole = {row[0].value: row for row in book["The whole paper"].iter_rows()}
        assert whole["KR-20"][1].value is None
        assert whole["KR-20"][5].value == "more than right and wrong"

    def test_a_file_of_another_name_is_not_found(self, cast: Cast, browse: Browse, small: Sitting) -> None:
        assert browse("coordinator").get(at(small, "files/names.csv")).status_code == 404


class TestBank:
    def test_an_item_says_how_it_did(self, cast: Cast, browse: Browse, small: Sitting) -> None:
        with everywhere("a test looks"):
            line = PaperLine.objects.select_related("version__item").get(paper=small.paper, order=1)
        address = f"/o/lanchuan/items/{line.version.item.public_id}/"
        client = browse("trainer")
        assert f'hx-get="{address}record/"' in client.get(address).content.decode()
        for asked in ({}, {"HTTP_HX_REQUEST": "true"}):
            page = words(client.get(f"{address}record/", **asked))
            assert "in 1 paper · p 0.67 n = 6 · r 0.34 n = 6" in page

    def test_one_that_was_never_asked_has_no_figures(self, cast: Cast, browse: Browse) -> None:
        with everywhere("a test writes"):
            item = items(cast, 1)[0]
        page = words(browse("trainer").get(f"/o/lanchuan/items/{item.public_id}/record/"))
        assert "It stands in no paper yet." in page
