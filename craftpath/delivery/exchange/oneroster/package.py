"""A roster as a csv package: one zip with a manifest, every file whole (bulk), as binding 1.2 has it.

Cells are exact, since a program reads them: no apostrophe stands before a name, and the file is not made for a
spreadsheet. Birthdays and whatever else demographics hold stay here.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence
from typing import Any

from craftpath.delivery.exchange.oneroster.rostering import Roster, Row

FILES = (
    "academicSessions", "categories", "classes", "classResources", "courses", "courseResources", "demographics",
    "enrollments", "lineItemLearningObjectiveIds", "lineItems", "lineItemScoreScales", "orgs", "resources",
    "resultLearningObjectiveIds", "results", "resultScoreScales", "roles", "scoreScales", "userProfiles",
    "userResources", "users",
)  # fmt: skip
HEADS = {
    "academicSessions": "sourcedId status dateLastModified title type startDate endDate parentSourcedId schoolYear",
    "orgs": "sourcedId status dateLastModified name type identifier parentSourcedId",
    "courses": "sourcedId status dateLastModified schoolYearSourcedId title courseCode grades orgSourcedId subjects "
    "subjectCodes",
    "classes": "sourcedId status dateLastModified title grades courseSourcedId classCode classType location "
    "schoolSourcedId termSourcedIds subjects subjectCodes periods",
    "users": "sourcedId status dateLastModified enabledUser username userIds givenName familyName middleName "
    "identifier email sms phone agentSourcedIds grades password userMasterIdentifier preferredGivenName "
    "preferredMiddleName preferredFamilyName primaryOrgSourcedId pronouns",
    "roles": "sourcedId status dateLastModified userSourcedId roleType role beginDate endDate orgSourcedId "
    "userProfileSourcedId",
    "enrollments": "sourcedId status dateLastModified classSourcedId schoolSourcedId userSourcedId role primary "
    "beginDate endDate",
}
_POINTERS = {
    "parentSourcedId": "parent", "orgSourcedId": "org", "courseSourcedId": "course", "schoolSourcedId": "school",
    "classSourcedId": "class", "userSourcedId": "user", "primaryOrgSourcedId": "primaryOrg",
}  # fmt: skip
_EPOCH = (1980, 1, 1, 0, 0, 0)


def package(roster: Roster) -> bytes:
    """The zip; the same roster is the same bytes."""
    tables: dict[str, Sequence[Row]] = {
        "academicSessions": roster.sessions,
        "orgs": roster.orgs,
        "courses": roster.courses,
        "classes": roster.classes,
        "users": roster.users,
        "roles": _roles(roster),
        "enrollments": roster.enrollments,
    }
    held = {name for name, rows in tables.items() if rows}
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        _write(archive, "manifest.csv", [["propertyName", "value"], *_manifest(held)])
        for name, rows in tables.items():
            if rows:
                heads = HEADS[name].split()
                _write(
                    archive, f"{name}.csv", [heads, *([_cell(row, head) for head in heads] for row in rows)]
                )
    return stream.getvalue()


def _manifest(held: set[str]) -> list[list[str]]:
    return [
        ["manifest.version", "1.0"],
        ["oneroster.version", "1.2"],
        *([f"file.{name}", "bulk" if name in held else "absent"] for name in FILES),
        ["source.systemName", "Craftpath"],
        ["source.systemCode", "craftpath"],
    ]


def _roles(roster: Roster) -> list[Row]:
    return [
        {
            "sourcedId": f"{user['sourcedId']}-{held['org']['sourcedId']}-{held['role']}",
            "user": {"sourcedId": user["sourcedId"]},
            **held,
        }
        for user in roster.users
        for held in user["roles"]
    ]


def _cell(row: Row, head: str) -> str:
    """One cell; state and stamp are blank in files that are whole."""
    if head in ("status", "dateLastModified"):
        return ""
    value: Any = row.get(_POINTERS.get(head, head))
    if head == "termSourcedIds":
        value = [one["sourcedId"] for one in row["terms"]]
    if isinstance(value, dict):
        value = value["sourcedId"]
    if isinstance(value, list):
        value = ",".join(str(one) for one in value)
    return "" if value is None else str(value)


def _write(archive: zipfile.ZipFile, name: str, rows: Sequence[Sequence[str]]) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, text.getvalue().encode())
