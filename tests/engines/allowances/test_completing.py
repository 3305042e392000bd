"""The meter of a claim's file: what is there, what is missing, and who can supply it."""

from __future__ import annotations

from fractions import Fraction

from craftpath.engines.allowances.subsidies import Meter, Missing, Per, Present, Required, completeness
from tests.engines.allowances.schemes import SCHEMES

PAPERS = tuple(one for one in SCHEMES["shenzhen"].papers if one.step == "claim")
SUBJECTS = {Per.CLASS: ["c1"], Per.PERSON: ["p2", "p1"]}


def test_what_is_missing_is_named_with_who_can_supply_it() -> None:
    there = [
        Present("claim_form", "c1"),
        Present("training_video", "c1", 4),
        Present("training_video", "c1", 3),
        Present("certificate", "p2"),
        Present("certificate", "stranger"),
        Present("photograph", "c1"),
    ]
    found = completeness(PAPERS, SUBJECTS, there)
    assert found.missing == (
        Missing("claim", "roster_passed", "c1", 1, 0, "coordinator"),
        Missing("claim", "training_video", "c1", 10, 7, "trainer"),
        Missing("claim", "certificate", "p1", 1, 0, "apprentice"),
    )
    assert found.file == Meter(Fraction(27, 50), 5, 2)  # (1 + 0 + 0.7 + 1 + 0) / 5
    assert found.steps == {"claim": found.file}


def test_a_whole_file_lacks_nothing_and_surplus_adds_nothing() -> None:
    there = [Present(one.paper, subject, 99) for one in PAPERS for subject in ("c1", "p1", "p2")]
    assert completeness(PAPERS, SUBJECTS, there).file == Meter(Fraction(1), 5, 5)
    assert completeness(PAPERS, SUBJECTS, there).missing == ()


def test_each_step_has_its_own_meter_and_one_paper_serves_two() -> None:
    papers = [
        Required("file", "roster", "coordinator"),
        Required("claim", "roster", "coordinator"),
        Required("claim", "form", "hr"),
    ]
    found = completeness(papers, {Per.CLASS: ["c1"]}, [Present("roster", "c1")])
    assert list(found.steps) == ["file", "claim"]
    assert (found.steps["file"].share, found.steps["claim"].share) == (1, Fraction(1, 2))
    assert found.file.share == Fraction(2, 3)


def test_where_nothing_is_wanted_there_is_no_share() -> None:
    found = completeness(PAPERS[3:], {Per.PERSON: []}, [])
    assert (found.file, found.missing) == (Meter(None, 0, 0), ())
    assert found.steps == {"claim": Meter(None, 0, 0)}
