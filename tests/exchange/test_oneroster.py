"""A roster as a csv package: heads to the letter, pointers that lead somewhere, whole files, the same bytes twice."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from craftpath.delivery.exchange.book import SheetRefused
from craftpath.delivery.exchange.oneroster.checking import FILLED, modes_of, require_fitting
from craftpath.delivery.exchange.oneroster.package import FILES, HEADS, package
from craftpath.delivery.exchange.oneroster.rostering import Roster, roster_of
from craftpath.delivery.exchange.reading import read_book
from craftpath.delivery.exchange.texts import refusal
from craftpath.kernel.tenancy import looking_for
from tests.cast import AT, Cast

pytestmark = pytest.mark.django_db


def tables(content: bytes) -> dict[str, list[list[str]]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {
            name: list(csv.reader(io.StringIO(archive.read(name).decode("utf-8"), newline="")))
            for name in archive.namelist()
        }


def rows(table: list[list[str]]) -> list[dict[str, str]]:
    return [dict(zip(table[0], row, strict=True)) for row in table[1:]]


def made(cast: Cast) -> bytes:
    with looking_for(cast.actor("coordinator").scope):
        return package(roster_of(cast.college, AT))


def test_heads_manifest_and_blank_states(cast: Cast) -> None:
    found = tables(made(cast))
    assert next(iter(found)) == "manifest.csv"
    manifest = {row["propertyName"]: row["value"] for row in rows(found["manifest.csv"])}
    assert (manifest["manifest.version"], manifest["oneroster.version"]) == ("1.0", "1.2")
    assert {name for name in manifest if name.startswith("file.")} == {f"file.{name}" for name in FILES}
    for name in FILES:
        assert manifest[f"file.{name}"] == ("bulk" if f"{name}.csv" in found else "absent")
    for name, heads in HEADS.items():
        table = found[f"{name}.csv"]
        assert table[0] == heads.split()
        assert all(row["status"] == row["dateLastModified"] == "" for row in rows(table))
        ids = [row["sourcedId"] for row in rows(table)]
        assert len(ids) == len(set(ids)) > 0
    assert "demographics.csv" not in found


def test_every_pointer_leads_somewhere(cast: Cast) -> None:
    found = tables(made(cast))
    ids = {name: {row["sourcedId"] for row in rows(found[f"{name}.csv"])} for name in HEADS}
    where = {
        "parentSourcedId": ("academicSessions", "orgs"), "orgSourcedId": ("orgs",), "courseSourcedId": ("courses",),
        "schoolSourcedId": ("orgs",), "classSourcedId": ("classes",), "userSourcedId": ("users",),
        "primaryOrgSourcedId": ("orgs",), "termSourcedIds": ("academicSessions",),
    }  # fmt: skip
    for name in HEADS:
        for row in rows(found[f"{name}.csv"]):
            for head, targets in where.items():
                for one in row.get(head, "").split(","):
                    assert not one or any(one in ids[target] for target in targets), (name, head, one)


def test_the_same_roster_is_the_same_bytes_and_names_are_exact(cast: Cast) -> None:
    assert made(cast) == made(cast)
    cast.people["trainer"].name = '=1+1, "x"'
    cast.people["trainer"].save()
    users = rows(tables(made(cast))["users.csv"])
    assert any('"x"' in row["familyName"] and row["givenName"] == "=1+1," for row in users)
    assert list(tables(package(Roster()))) == ["manifest.csv"]


def test_it_is_downloaded_by_those_who_may_import_rosters(
    cast: Cast, browse: Callable[[str], Client]
) -> None:
    way = "/o/lanchuan/cohorts/oneroster.zip"
    answer = browse("coordinator").get(way)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/zip")
    assert len(rows(tables(answer.content)["users.csv"])) >= 5
    assert browse("apprentice").get(way).status_code in (403, 404)
    assert browse("stranger").get(way).status_code == 404


# ---- the way in


def bent(content: bytes, **instead: str | None) -> bytes:
    """The same package with other files; None leaves one out."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            stem = name.removesuffix(".csv")
            text = instead.get(stem, old.read(name).decode())
            if text is not None:
                new.writestr(name, text)
    return stream.getvalue()


def part(content: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(f"{name}.csv").decode()


def manifest(old: str, new: str) -> Callable[[bytes], bytes]:
    """A package whose manifest says something else."""

    def change(content: bytes) -> bytes:
        text = part(content, "manifest")
        assert old in text
        return bent(content, manifest=text.replace(old, new, 1))

    return change


def cell(name: str, column: str, given: str) -> Callable[[bytes], bytes]:
    """A package in which one cell of the first line of a file holds something else."""

    def change(content: bytes) -> bytes:
        table = list(csv.reader(io.StringIO(part(content, name), newline="")))
        table[1][table[0].index(column)] = given
        text = io.StringIO(newline="")
        csv.writer(text, lineterminator="\r\n").writerows(table)
        return bent(content, **{name: text.getvalue()})

    return change


def test_words_of_one_s_own_and_blank_cells_are_read(cast: Cast) -> None:
    content = made(cast)
    for change in (
        cell("roles", "role", "ext:master"), cell("enrollments", "primary", ""), cell("orgs", "identifier", ""),
        cell("users", "status", "active"), manifest("manifest.version,1.0\r\n", ""),
    ):  # fmt: skip
        assert read_book(change(content), "roster.zip").sheets


def test_what_goes_out_is_held_to_the_rules_of_what_comes_in(cast: Cast) -> None:
    """Words, days and ids; a primary role once for somebody at an organisation, and classes stand in schools."""
    found = {name.removesuffix(".csv"): rows(table) for name, table in tables(made(cast)).items()}
    modes = modes_of(found.pop("manifest"), ("users", "classes", "enrollments"))
    assert set(modes.values()) == {"absent", "bulk"}
    require_fitting(found)
    for name, lines in found.items():
        assert all(row[column] for row in lines for column in FILLED[name])
    primary = [
        (row["userSourcedId"], row["orgSourcedId"]) for row in found["roles"] if row["roleType"] == "primary"
    ]
    held = {(row["userSourcedId"], row["orgSourcedId"]) for row in found["roles"]}
    assert sorted(primary) == sorted(held)
    assert all((row["sourcedId"], row["primaryOrgSourcedId"]) in held for row in found["users"])
    schools = {row["sourcedId"] for row in found["orgs"] if row["type"] == "school"}
    assert {row["schoolSourcedId"] for row in (*found["classes"], *found["enrollments"])} <= schools
    assert {row["role"] for row in found["enrollments"]} <= {"administrator", "proctor", "student", "teacher"}


def test_what_went_out_is_read_as_a_sheet_for_each_class(cast: Cast) -> None:
    book = read_book(made(cast), "roster.zip")
    [sheet] = book.sheets
    assert sheet.name == "Welders 2026 1"
    assert [row[:2] for row in sheet.rows[:3]] == [
        ("Student number", "Name"), ("26001", "陈雨桐"), ("26002", "林浩然"),
    ]  # fmt: skip


def test_a_package_is_tried_out_like_any_roster(cast: Cast, browse: Callable[[str], Client]) -> None:
    content = made(cast)
    users = part(content, "users").replace("林", "凌", 1)
    client = browse("coordinator")
    sent = client.post(
        reverse("sheets:upload", args=["lanchuan", "roster", cast.cohort.public_id]),
        {"file": SimpleUploadedFile("roster.zip", bent(content, users=users))},
    )
    assert sent.status_code == 302, sent.content.decode()[:300]
    page = client.get(sent["Location"], follow=True).content.decode()
    assert "凌浩然" in page


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda c: bent(c, users=None), "package_lacks"),
        (
            lambda c: bent(c, manifest=part(c, "manifest").replace("users,bulk", "users,delta")),
            "package_delta",
        ),
        (
            lambda c: bent(c, manifest=part(c, "manifest").replace("users,bulk", "users,absent")),
            "package_lacks",
        ),
        (lambda c: bent(c, manifest=part(c, "manifest").replace("1.2", "2.0")), "package_version"),
        (lambda c: bent(c, users=part(c, "users").replace("familyName", "x")), "package_heads"),
        (lambda c: bent(c, users=part(c, "users") + "x,y\r\n"), "package_width"),
        (
            lambda c: bent(c, users=part(c, "users") + part(c, "users").split("\r\n")[1] + "\r\n"),
            "package_twice",
        ),
        (
            lambda c: bent(c, enrollments=part(c, "enrollments") + "e9,,,a,b,c,student,,,\r\n"),
            "package_pointer",
        ),
        (lambda c: bent(c, users=part(c, "users") + '"'), "damaged"),
        (lambda c: bent(c, manifest=None), "package_lacks"),
        (lambda c: bent(c, orgs=None), "package_lacks"),
        (manifest("orgs,bulk", "orgs,absent"), "package_unnamed"),
        (manifest("orgs,bulk", "orgs,delta"), "package_delta"),
        (manifest("orgs,bulk", "orgs,whole"), "package_value"),
        (manifest("file.orgs,bulk", "file.users,bulk"), "package_twice"),
        (manifest("manifest.version,1.0", "manifest.version,2.0"), "package_value"),
        (manifest("oneroster.version,1.2", "oneroster.version,1.2.1"), "package_version"),
        (manifest("oneroster.version,1.2", "x,1.2"), "package_version"),
        (manifest("propertyName,value", "name,value"), "package_heads"),
        (cell("users", "enabledUser", "yes"), "package_value"),
        (cell("users", "enabledUser", "TRUE"), "package_value"),
        (cell("users", "sourcedId", "a b"), "package_value"),
        (cell("users", "sourcedId", ""), "package_value"),
        (cell("users", "sourcedId", "x" * 256), "package_value"),
        (cell("users", "familyName", " "), "package_value"),
        (cell("users", "status", "tobedeleted"), "package_value"),
        (cell("users", "primaryOrgSourcedId", "nowhere"), "package_pointer"),
        (cell("enrollments", "role", "pupil"), "package_value"),
        (cell("enrollments", "role", ""), "package_value"),
        (cell("enrollments", "role", "ext:"), "package_value"),
        (cell("enrollments", "primary", "1"), "package_value"),
        (cell("enrollments", "beginDate", "2026-02-30"), "package_value"),
        (cell("enrollments", "beginDate", "2026-9-1"), "package_value"),
        (cell("enrollments", "endDate", "20260901"), "package_value"),
        (cell("enrollments", "schoolSourcedId", "nowhere"), "package_pointer"),
        (cell("enrollments", "userSourcedId", "nobody"), "package_pointer"),
        (cell("classes", "classType", "lecture"), "package_value"),
        (cell("classes", "courseSourcedId", "nowhere"), "package_pointer"),
        (cell("classes", "termSourcedIds", "year-2026,nowhere"), "package_pointer"),
        (cell("classes", "termSourcedIds", "a b"), "package_value"),
        (cell("classes", "title", ""), "package_value"),
        (cell("orgs", "type", "college"), "package_value"),
        (cell("orgs", "parentSourcedId", "nowhere"), "package_pointer"),
        (cell("courses", "orgSourcedId", "nowhere"), "package_pointer"),
        (cell("academicSessions", "type", "year"), "package_value"),
        (cell("academicSessions", "schoolYear", "26"), "package_value"),
        (cell("academicSessions", "startDate", "soon"), "package_value"),
        (cell("roles", "roleType", "third"), "package_value"),
        (cell("roles", "role", "cook"), "package_value"),
        (cell("roles", "userSourcedId", "nobody"), "package_pointer"),
        (lambda c: bent(c, orgs="0" * 60_000_000), "packed_too_tight"),
        (lambda c: c[:-60], "damaged"),
    ],
)
def test_what_is_not_read(cast: Cast, change: Callable[[bytes], bytes], code: str) -> None:
    with pytest.raises(SheetRefused) as refused:
        read_book(change(made(cast)), "roster.zip")
    assert refused.value.code == f"sheet.{code}"
    assert refusal(refused.value)
