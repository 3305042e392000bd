"""What binding 1.2 says of a csv package, held against one from elsewhere: modes, ids, words, days, and pointers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from django.utils.dateparse import parse_date

from craftpath.delivery.exchange.book import SheetRefused

Line = dict[str, str]
MODES = ("absent", "bulk", "delta")
VERSIONS = ("1.1", "1.2")
_ID = re.compile(r"[0-9A-Za-z./@_-]{1,255}")
_YEAR = re.compile(r"[0-9]{4}")


def _one_of(*words: str) -> Callable[[str], bool]:
    return lambda given: given in words or (given.startswith("ext:") and len(given) > len("ext:"))


def _day(given: str) -> bool:
    try:
        return len(given) == len("2026-09-01") and parse_date(given) is not None
    except ValueError:
        return False


def _truth(given: str) -> bool:
    return given in ("true", "false")


def _id(given: str) -> bool:
    return _ID.fullmatch(given) is not None


def _ids(given: str) -> bool:
    return all(map(_id, listed(given)))


FITS: Mapping[str, Mapping[str, Callable[[str], bool]]] = {
    "academicSessions": {
        "type": _one_of("gradingPeriod", "semester", "schoolYear", "term"),
        "startDate": _day,
        "endDate": _day,
        "parentSourcedId": _id,
        "schoolYear": lambda given: _YEAR.fullmatch(given) is not None,
    },
    "orgs": {
        "type": _one_of("department", "school", "district", "local", "state", "national"),
        "parentSourcedId": _id,
    },
    "courses": {"orgSourcedId": _id, "schoolYearSourcedId": _id},
    "classes": {
        "classType": _one_of("homeroom", "scheduled"),
        "courseSourcedId": _id,
        "schoolSourcedId": _id,
        "termSourcedIds": _ids,
    },
    "users": {"enabledUser": _truth, "primaryOrgSourcedId": _id, "agentSourcedIds": _ids},
    "roles": {
        "roleType": lambda given: given in ("primary", "secondary"),
        "role": _one_of(
            *("aide", "counselor", "districtAdministrator", "guardian", "parent", "principal", "proctor"),
            *("relative", "siteAdministrator", "student", "systemAdministrator", "teacher"),
        ),
        "beginDate": _day,
        "endDate": _day,
    },
    "enrollments": {
        # Those of 1.1 too, which knew more.
        "role": _one_of(
            *("administrator", "proctor", "student", "teacher", "aide", "guardian", "parent", "relative"),
        ),
        "primary": _truth,
        "beginDate": _day,
        "endDate": _day,
    },
}
"""What a cell that is not blank may hold, file by file."""
FILLED: Mapping[str, Sequence[str]] = {
    "academicSessions": ("title", "type", "startDate", "endDate"),
    "orgs": ("name", "type"),
    "courses": ("title", "orgSourcedId"),
    "classes": ("title",),
    "users": ("givenName", "familyName"),
    "roles": ("userSourcedId", "role", "orgSourcedId"),
    "enrollments": ("classSourcedId", "userSourcedId", "role"),
}
"""What may not be blank; also the columns without which nothing is read."""
LEADS: Mapping[str, Mapping[str, str]] = {
    "academicSessions": {"parentSourcedId": "academicSessions"},
    "orgs": {"parentSourcedId": "orgs"},
    "courses": {"orgSourcedId": "orgs", "schoolYearSourcedId": "academicSessions"},
    "classes": {
        "courseSourcedId": "courses",
        "schoolSourcedId": "orgs",
        "termSourcedIds": "academicSessions",
    },
    "users": {"primaryOrgSourcedId": "orgs", "agentSourcedIds": "users"},
    "roles": {"userSourcedId": "users", "orgSourcedId": "orgs"},
    "enrollments": {"classSourcedId": "classes", "schoolSourcedId": "orgs", "userSourcedId": "users"},
}
"""Where pointers lead; one into a file that is not in the package is not followed."""


def modes_of(manifest: Sequence[Line], needed: Sequence[str]) -> dict[str, str]:
    """file → bulk or absent; refused where the manifest says something else, or one thing twice."""
    counted = Counter(row["propertyName"] for row in manifest)
    again = next((name for name, number in counted.items() if number > 1), None)
    if again is not None:
        raise SheetRefused("sheet.package_twice", part="manifest.csv", given=again[:60])
    told = {row["propertyName"]: row["value"] for row in manifest}
    if told.get("oneroster.version") not in VERSIONS:
        raise SheetRefused("sheet.package_version", given=told.get("oneroster.version", "")[:20])
    if told.get("manifest.version", "1.0") != "1.0":
        raise _wrong("manifest.csv", "manifest.version", told["manifest.version"])
    modes = {name.removeprefix("file."): mode for name, mode in told.items() if name.startswith("file.")}
    for name, mode in modes.items():
        if mode not in MODES:
            raise _wrong("manifest.csv", f"file.{name}", mode)
        if mode == "delta":
            raise SheetRefused("sheet.package_delta", part=f"{name[:40]}.csv")
    for name in needed:
        if modes.get(name) != "bulk":
            raise SheetRefused("sheet.package_lacks", part=f"{name}.csv")
    return modes


def require_files(modes: Mapping[str, str], names: Sequence[str]) -> None:
    """What is named must be there, and what is there must be named."""
    for name, mode in modes.items():
        there = f"{name}.csv" in names
        if mode == "bulk" and not there:
            raise SheetRefused("sheet.package_lacks", part=f"{name[:40]}.csv")
        if mode == "absent" and there:
            raise SheetRefused("sheet.package_unnamed", part=f"{name[:40]}.csv")


def require_fitting(files: Mapping[str, Sequence[Line]]) -> None:
    """Ids that are ids and stand once, words of the vocabulary, days that exist, pointers that lead somewhere."""
    ids = {name: _own_ids(name, rows) for name, rows in files.items()}
    for name, rows in files.items():
        for row in rows:
            for column in FILLED[name]:
                if not row[column].strip():
                    raise _wrong(f"{name}.csv", column, "")
            for column, fits in FITS[name].items():
                given = row.get(column, "")
                if given and not fits(given):
                    raise _wrong(f"{name}.csv", column, given)
            if row.get("status", "") not in (
                "",
                "active",
            ):  # what is whole holds nothing that is to be deleted
                raise _wrong(f"{name}.csv", "status", row["status"])
            _require_leading(name, row, ids)


def _own_ids(name: str, rows: Sequence[Line]) -> set[str]:
    found: set[str] = set()
    for row in rows:
        own = row["sourcedId"]
        if not _id(own):
            raise _wrong(f"{name}.csv", "sourcedId", own)
        if own in found:
            raise SheetRefused("sheet.package_twice", part=f"{name}.csv", given=own[:60])
        found.add(own)
    return found


def _require_leading(name: str, row: Line, ids: Mapping[str, set[str]]) -> None:
    for column, target in LEADS[name].items():
        if target not in ids:
            continue
        for given in listed(row.get(column, "")):
            if given not in ids[target]:
                raise SheetRefused("sheet.package_pointer", part=f"{name}.csv", given=given[:60])


def listed(given: str) -> list[str]:
    """The ids of a cell that may hold several."""
    return [one.strip() for one in given.split(",") if one.strip()]


def _wrong(part: str, column: str, given: str) -> SheetRefused:
    return SheetRefused("sheet.package_value", part=part, column=column[:60], given=given[:60])
