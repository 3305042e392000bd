"""One presentation of the Open University Learning Analytics Dataset as a 3-3-4 evaluation.

    python examples/oulad/adapt.py SOURCE TARGET

SOURCE holds `assessments.csv`, `studentAssessment.csv` and `studentInfo.csv` of one presentation. TARGET receives
`scheme.toml` and `scores.csv` for `craftpath evaluate`, and `roster.csv` and `marks.xlsx` as a college would keep
them, for the import in the browser.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterator
from pathlib import Path

from openpyxl import Workbook

# component, its kind of assessment, its weight, and what a missing mark means in it
COMPONENTS = (
    ("process", "CMA", 30, "zero"),
    ("practical_activity", "TMA", 30, "zero"),
    ("final_exam", "Exam", 40, "incomplete"),
)
NO_SCORE = "?"
Row = dict[str, str]
Scores = dict[tuple[str, str], str]  # (learner, assessment) -> score or NO_SCORE


def rows(path: Path) -> list[Row]:
    """The rows of a CSV file by their column names."""
    with path.open(encoding="utf-8-sig", newline="") as source:
        return list(csv.DictReader(source))


def scheme(assessments: list[Row]) -> str:
    """30/30/40, the weights of `assessments.csv` inside each component, one decimal, 60 to pass."""
    lines = ['key = "oulad_334"', 'mode = "weighted"', "decimals = 1"]
    for key, kind, weight, missing in COMPONENTS:
        lines += ["", "[[component]]", f'key = "{key}"', f"weight = {weight}", f'missing = "{missing}"']
        for row in assessments:
            if row["assessment_type"] == kind:
                lines += ["[[component.item]]", f'key = "{row["id_assessment"]}"']
                lines += [f"weight = {row['weight']}", "max = 100"]
    lines += ["", "[[rule]]", 'kind = "overall_min"', "value = 60", ""]
    return "\n".join(lines)


def score_rows(learners: list[str], assessments: list[Row], scores: Scores) -> Iterator[list[str]]:
    """One row for every mark that is there, and one for an exam that is not: so every learner has a result.

    A score carried over from an earlier presentation (`is_banked`) counts like any other.
    """
    for learner in learners:
        for row in assessments:
            item = row["id_assessment"]
            score = scores.get((learner, item))
            if score is not None and score != NO_SCORE:
                yield [learner, item, score, "scored"]
            elif score is not None or row["assessment_type"] == "Exam":
                yield [learner, item, "", "missing"]


def write_csv(path: Path, header: list[str], body: Iterator[list[str]]) -> None:
    """A CSV file in UTF-8."""
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(body)


def marks_sheet(learners: list[str], assessments: list[Row], scores: Scores) -> Workbook:
    """A wide sheet: one row a learner, one column an assessment, `-` where there is no mark."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("DDD 2013B")
    sheet.append(["student number", *(row["id_assessment"] for row in assessments)])
    for learner in learners:
        cells = [scores.get((learner, row["id_assessment"]), NO_SCORE) for row in assessments]
        sheet.append([learner, *("-" if cell == NO_SCORE else int(cell) for cell in cells)])
    return book


def main() -> None:
    """Read SOURCE, write TARGET."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("source", type=Path)
    parser.add_argument("target", type=Path)
    folders = parser.parse_args()
    assessments = rows(folders.source / "assessments.csv")
    learners = [row["id_student"] for row in rows(folders.source / "studentInfo.csv")]
    scores = {
        (row["id_student"], row["id_assessment"]): row["score"]
        for row in rows(folders.source / "studentAssessment.csv")
    }
    folders.target.mkdir(parents=True, exist_ok=True)
    (folders.target / "scheme.toml").write_text(scheme(assessments), encoding="utf-8")
    body = score_rows(learners, assessments, scores)
    write_csv(folders.target / "scores.csv", ["person", "item", "score", "status"], body)
    names = ([learner, f"Learner {learner}"] for learner in learners)
    write_csv(folders.target / "roster.csv", ["student number", "name"], names)
    marks_sheet(learners, assessments, scores).save(folders.target / "marks.xlsx")


if __name__ == "__main__":
    main()
