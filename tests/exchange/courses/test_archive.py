"""Packages opened: what could lead out of them, fill a disk or lie about itself is refused, with its name."""

from __future__ import annotations

import io
import stat
import struct
import unicodedata
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from craftpath.delivery.exchange.courses.archive import MEGABYTE, Bounds, into
from craftpath.delivery.exchange.courses.texts import REASONS
from craftpath.values.verdict import Refused
from tests.exchange.courses.made import answered, large_form, opened, packed

SMALL = Bounds(files=50, unpacked=2 * MEGABYTE, one=MEGABYTE)


def refusal(content: bytes, bounds: Bounds | None = None) -> tuple[str, str]:
    """Code and name of what refuses a package."""
    with pytest.raises(Refused) as caught:
        opened(content, bounds)
    verdict = caught.value.verdict
    return verdict.reason.removeprefix("course."), verdict.facts.get("name", "")


@pytest.mark.parametrize(
    "name",
    ["../a.html", "a/../../b", "/etc/passwd", "\\windows\\a", "..\\a.html", "a\\..\\..\\b", "C:\\a.html", "c:a.html",
     "//server/share", "\\\\server\\share\\a", "a/..", ".."],
)  # fmt: skip
def test_a_name_that_leads_out_is_refused(name: str) -> None:
    code, shown = refusal(packed({"index.html": "x", name: "x"}))
    assert code == "name_leads_out"
    assert shown


@pytest.mark.parametrize(
    "name",
    ["con", "AUX.html", "a/nul.txt", "COM1", "lpt9.js", "a.", "a ", "dir./a", "a\tb", "a|b", 'a"b', "x" * 241,
     "/".join("d" * 41), "a\u202egpj.exe", "a//b", "b/./c", "ab:stream"],
)  # fmt: skip
def test_a_name_that_no_disk_keeps_is_refused(name: str) -> None:
    assert refusal(packed({"index.html": "x", name: "x"}))[0] == "name_unfit"


@pytest.mark.parametrize(
    "name", ["console.js", "auxiliary/com10.html", ".htaccess", "a b.html", "…/x", "a..b"]
)
def test_a_name_that_only_looks_like_one_is_taken(name: str) -> None:
    with opened({name: "x"}) as archive:
        assert list(archive.members) == [name]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A.html", "a.html"),
        ("é.html", unicodedata.normalize("NFD", "é.html")),
        ("straße.html", "STRASSE.html"),
        ("a/b.html", "a\\b.html"),
        ("a", "a/b.html"),
        ("A/x/y", "a/x"),
    ],
)
def test_two_names_for_one_file_are_refused(one: str, other: str) -> None:
    assert refusal(packed({one: "1", other: "2"}))[0] == "name_twice"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_the_same_name_twice_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.html", "1")
        archive.writestr("a.html", "2")
    assert refusal(out.getvalue()) == ("name_twice", "a.html")


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR, stat.S_IFSOCK])
def test_links_and_devices_are_refused(kind: int) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        info = zipfile.ZipInfo("go")
        info.create_system, info.external_attr = 3, (kind | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
    assert refusal(out.getvalue()) == ("file_is_link", "go")


def flagged(content: bytes, *, flags: int = 0, method: int | None = None) -> bytes:
    """The same with these bits in the list of contents and beside each file."""
    changed = bytearray(content)
    for sign, at in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        place = changed.find(sign)
        while place >= 0:
            held = struct.unpack_from("<H", changed, place + at)[0]
            struct.pack_into("<H", changed, place + at, held | flags)
            if method is not None:
                struct.pack_into("<H", changed, place + at + 2, method)
            place = changed.find(sign, place + 4)
    return bytes(changed)


def test_what_is_locked_or_packed_in_another_way_is_refused() -> None:
    assert refusal(flagged(packed({"a.html": "x"}), flags=1)) == ("password", "a.html")
    assert refusal(flagged(packed({"a.html": "x"}), method=14)) == ("packed_otherwise", "a.html")


def test_bombs_are_refused_before_anything_is_unpacked() -> None:
    assert refusal(packed({"a.bin": bytes(11 * MEGABYTE)}))[0] == "packed_too_tight"
    assert refusal(packed({f"{n}.txt": "x" for n in range(51)}), SMALL)[0] == "too_many_files"
    assert refusal(packed({"a.bin": bytes(MEGABYTE + 1)}), SMALL) == ("file_too_big", "a.bin")
    three = {f"{n}.bin": bytes(MEGABYTE) for n in range(3)}
    assert refusal(packed(three, store=True), SMALL)[0] == "unpacks_too_big"


def test_the_form_for_large_packages_is_refused() -> None:
    assert refusal(large_form(packed({"a.txt": "x"})))[0] == "large_form"


def test_members_that_share_their_bytes_are_refused() -> None:
    whole = packed({f"{n}.bin": bytes(range(256)) * 40 for n in range(2)}, store=True)
    start = whole.find(b"PK\x01\x02")
    entry = whole[start : whole.find(b"PK\x01\x02", start + 4)]
    entries = b"".join(entry.replace(b"0.bin", f"{n}.bin".encode()) for n in range(5))
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 5, 5, len(entries), start, 0)
    assert refusal(whole[:start] + entries + end)[0] == "damaged"


def test_a_list_of_contents_that_never_ends_is_not_read() -> None:
    whole = packed({"a": "x"})
    start, end = whole.find(b"PK\x01\x02"), whole.find(b"PK\x05\x06")
    entries = whole[start:end] * 2_000
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 2_000, 2_000, len(entries), start, 0)
    assert refusal(whole[:start] + entries + tail, SMALL)[0] == "damaged"


def test_a_zip_in_the_package_is_a_file_like_any_other() -> None:
    inner = packed({"../../out": "x"})
    with opened({"index.html": "x", "download.zip": inner}) as archive:
        member = archive.find("download.zip")
        assert member is not None
        assert archive.read(member, MEGABYTE) == inner


def test_a_wrong_checksum_names_the_file(tmp_path: Path) -> None:
    whole = packed({"index.html": "fine", "film.mp4": "the film itself"}, store=True)
    with (
        opened(whole.replace(b"the film itself", b"the film itslef")) as archive,
        pytest.raises(Refused) as caught,
    ):
        archive.pour(into(tmp_path))
    assert caught.value.verdict.reason == "course.file_damaged"
    assert caught.value.verdict.facts == {"name": "film.mp4"}


def test_a_size_that_is_a_lie_names_the_file() -> None:
    whole = bytearray(packed({"a.html": "x" * 1000}))
    for sign, at in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        struct.pack_into("<L", whole, whole.find(sign) + at, 10)
    with opened(bytes(whole)) as archive, pytest.raises(Refused) as caught:
        list(archive.pieces(archive.members["a.html"]))
    assert caught.value.verdict.facts == {"name": "a.html"}


@pytest.mark.parametrize(
    ("raw", "name"),
    [("课件/首页.html".encode("gbk"), "课件/首页.html"), ("课件/首页.html".encode(), "课件/首页.html"),
     (b"caf\x82\xff.html", "café\u00a0.html")],
    ids=["GBK", "UTF-8 that does not say so", "cp437"],
)  # fmt: skip
def test_names_are_read_in_the_letters_that_they_were_written_in(raw: bytes, name: str) -> None:
    holder = "x" * len(raw)
    with opened(packed({holder: "x"}).replace(holder.encode(), raw)) as archive:
        assert list(archive.members) == [name]
        assert b"".join(archive.pieces(archive.members[name])) == b"x"


def test_what_systems_leave_behind_is_not_taken() -> None:
    files = {
        "index.html": "x",
        "__MACOSX/._index.html": "x",
        "img/.DS_Store": "x",
        "img/Thumbs.db": "x",
        "img/": "",
    }
    with opened(files) as archive:
        assert list(archive.members) == ["index.html"]


def test_a_package_is_poured_where_it_belongs(tmp_path: Path) -> None:
    files = {"index.html": "one", "img\\a.txt": "two", "音频/说明.txt": "三"}
    with opened(files) as archive:
        assert archive.pour(into(tmp_path)) == 9
        assert archive.find("IMG/A.TXT") == archive.members["img/a.txt"]
        assert archive.find("img") is None
    assert {str(p.relative_to(tmp_path)): p.read_text("utf-8") for p in tmp_path.rglob("*") if p.is_file()} == {
        "index.html": "one", "img/a.txt": "two", "音频/说明.txt": "三",
    }  # fmt: skip


def test_what_is_poured_is_counted_once_more(tmp_path: Path) -> None:
    with opened({"a": bytes(600), "b": bytes(600)}) as archive:
        archive.bounds = Bounds(unpacked=1_000)
        with pytest.raises(Refused) as caught:
            archive.pour(into(tmp_path))
    assert caught.value.verdict.reason == "course.unpacks_too_big"


@pytest.mark.parametrize("content", [b"", b"PK", b"PK\x03\x04", b"<html>", b"\x1f\x8b\x08", b"%PDF-1.7"])
def test_what_is_no_package_is_refused(content: bytes) -> None:
    assert refusal(content)[0] in ("not_a_package", "damaged")


def test_an_empty_package_is_refused() -> None:
    assert refusal(packed({}))[0] == "empty"


NAMES = st.one_of(
    st.text(min_size=1, max_size=20),
    st.lists(
        st.sampled_from(
            ["..", ".", "", "a", "B", "con", "é", "e\u0301", "c:", "\\", "~", "a.", "\x00", "\u202e"]
        ),
        min_size=1,
        max_size=6,
    ).flatmap(lambda parts: st.sampled_from(["/".join(parts), "\\".join(parts)])),
)


def poured(content: bytes, folder: Path | None) -> None:
    """Open a package and pour it into a folder, or nowhere."""
    with opened(content) as package:
        package.pour(into(folder) if folder else lambda _name: io.BytesIO())


@pytest.mark.filterwarnings("ignore:Duplicate name")
@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.lists(NAMES, min_size=1, max_size=5), content=st.binary(max_size=40))
def test_no_names_write_outside(
    tmp_path_factory: pytest.TempPathFactory, names: list[str], content: bytes
) -> None:
    out = io.BytesIO()
    try:
        with zipfile.ZipFile(out, "w") as archive:
            for name in names:
                archive.writestr(zipfile.ZipInfo(name), content)
    except UnicodeEncodeError:  # half a character: no zip can hold such a name
        return
    folder = tmp_path_factory.mktemp("poured")
    inside = folder / "inside"
    inside.mkdir()
    _, refusal = answered(lambda: poured(out.getvalue(), inside))
    assert refusal is None or refusal.reason in REASONS
    assert [path for path in folder.iterdir() if path != inside] == []
    assert all(not path.is_symlink() for path in inside.rglob("*"))


WHOLE = packed({"imsmanifest.xml": "<manifest/>", "a/b.html": "x" * 300})


@settings(max_examples=300, deadline=None)
@given(
    content=st.one_of(
        st.binary(max_size=200),
        st.binary(max_size=200).map(lambda tail: b"PK\x03\x04" + tail),
        st.tuples(st.integers(0, len(WHOLE) - 1), st.binary(min_size=1, max_size=8)).map(
            lambda cut: WHOLE[: cut[0]] + cut[1] + WHOLE[cut[0] + len(cut[1]) :]
        ),
        st.integers(0, len(WHOLE)).map(lambda cut: WHOLE[:cut]),
    )
)
def test_any_bytes_are_refused_or_read(content: bytes) -> None:
    _, refusal = answered(lambda: poured(content, None))
    assert refusal is None or refusal.reason in REASONS
