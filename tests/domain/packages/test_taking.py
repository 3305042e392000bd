"""Packages taken in: read once, kept as they came, refused in words, retired without losing what was done."""

from __future__ import annotations

import io
import json
import uuid
import zipfile
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings

from craftpath.delivery.exchange.courses import shelf, taking_in
from craftpath.domain.packages import actions, queries
from craftpath.domain.packages.models import Attempt, Package
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.files import KeptFile
from craftpath.kernel.tenancy import looking_for
from craftpath.values.ref import Ref
from craftpath.values.text import Text
from craftpath.values.verdict import Refused, not_now
from tests.cast import AT, Cast
from tests.domain.lti.world import tool
from tests.domain.packages.world import FILES, core, saved, taken
from tests.exchange.courses.made import cartridge, cmi5, h5p, packed, unit, words

pytestmark = pytest.mark.usefixtures("all_rows")


def test_a_package_is_read_and_lies_on_the_shelf(cast: Cast) -> None:
    row = taken(cast)
    assert (row.state, row.kind, row.plays, row.files) == ("ready", "scorm12", True, 2)
    assert row.title == {"en": "Turning"}
    assert [(one["title"], one["depth"], one.get("key")) for one in row.entries] == [
        ("Chapter", 0, None), ("One", 1, "1"), ("Two", 1, "2"),
    ]  # fmt: skip
    assert row.parts["1"] == {
        "key": "1", "title": "One", "depth": 1, "file": "a.html", "reports": True, "mastery": "60",
    }  # fmt: skip
    assert {one.name for one in shelf.place(row.public_id).iterdir()} == {"a.html", "imsmanifest.xml"}
    assert queries.playable(row.ref) == row
    assert queries.playable(Ref("packages", "package", "nothing")) is None


def test_pressed_twice_it_is_one_package_and_one_file(cast: Cast) -> None:
    made, before = uuid.uuid4(), KeptFile._base_manager.count()
    assert taken(cast, made_id=made) == taken(cast, made_id=made)
    assert KeptFile._base_manager.count() == before + 1
    with pytest.raises(Refused, match=r"^packages\.form_used$"):
        taken(cast, made_id=made, by=cast.actor("coordinator"))


def test_a_job_that_runs_again_changes_nothing(cast: Cast) -> None:
    row = taken(cast)
    before = AuditEntry.objects.count()
    taking_in.carry_out(row, by=cast.actor("trainer"), at=AT)
    actions.refuse_package(row, not_now("packages.failed"), by=cast.actor("trainer"), at=AT)
    assert (row.state, AuditEntry.objects.count()) == ("ready", before)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"no zip", "course.not_a_package"),
        (packed({"../x": b"x"}), "course.name_leads_out"),
        (packed({"a.docx": b"x"}), "course.other_kind"),
    ],
)
def test_what_is_no_package_is_refused_and_nothing_of_it_stays(
    cast: Cast, content: bytes, reason: str
) -> None:
    before = KeptFile._base_manager.count()
    row = taken(cast, content)
    assert (row.state, row.refusal["reason"], row.file) == ("refused", reason, None)
    assert not shelf.place(row.public_id).exists()
    assert KeptFile._base_manager.count() == before


def test_cmi5_is_kept_with_all_that_a_launch_needs(cast: Cast) -> None:
    attributes = 'moveOn="CompletedAndPassed" masteryScore="0.90" launchMethod="OwnWindow"'
    inside = "<launchParameters> a b </launchParameters><entitlementKey>key</entitlementKey>"
    one = unit("u1", "a.html?level=2", inside=inside, attributes=attributes)
    block = f'<block id="https://example.org/b1">{words("Block")}{one}</block>'
    kept = taken(cast, {"cmi5.xml": cmi5(block + unit("u2")), "a.html": "x"})
    assert (kept.state, kept.kind, kept.plays) == ("ready", "cmi5", True)
    assert kept.course_id == "https://example.org/course"
    assert kept.entries[0] == {
        "title": "Block", "titles": {"en": "Block"}, "depth": 0, "id": "https://example.org/b1", "block": "block-1",
    }  # fmt: skip
    assert kept.parts["1"] == {
        "key": "1", "title": "Unit", "titles": {"en": "Unit"}, "depth": 1, "file": "a.html", "tail": "?level=2",
        "id": "https://example.org/u1", "move_on": "CompletedAndPassed", "mastery": "0.90", "method": "OwnWindow",
        "parameters": "a b", "entitlement": "key",
    }  # fmt: skip
    assert (kept.parts["2"]["move_on"], kept.parts["2"]["method"]) == ("NotApplicable", "AnyWindow")
    assert (shelf.place(kept.public_id) / "a.html").is_file()


def test_cmi5_that_breaks_a_rule_is_not_taken_and_a_description_alone_is(cast: Cast) -> None:
    broken = taken(cast, {"cmi5.xml": cmi5(unit(url="lost.html") + unit(url="lost.html")), "a.html": "x"})
    assert (broken.state, broken.refusal["reason"]) == ("refused", "packages.cmi5_unfit")
    assert {code for _, _, code, _ in broken.notes["faults"]} == {
        "course.file_missing",
        "course.identifier_twice",
    }
    assert (broken.file, shelf.place(broken.public_id).exists()) == (None, False)
    for mark in ("", "\ufeff"):
        alone = taken(cast, (mark + cmi5(unit(url="https://units.example/1"))).encode())
        assert (alone.state, alone.kind, alone.plays, alone.files) == ("ready", "cmi5", True, 0)
    assert alone.parts["1"]["address"] == "https://units.example/1"
    assert taking_in.lay_out_missing() == 0
    elsewhere = taken(cast, cmi5(unit()).encode())
    assert {code for _, _, code, _ in elsewhere.notes["faults"]} == {"course.address_without_package"}


def test_a_package_of_the_large_kind_is_read_like_any_other(cast: Cast) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as archive:
        for name, content in (("cmi5.xml", cmi5(unit())), ("a.html", "<p>")):
            with archive.open(name, "w", force_zip64=True) as member:
                member.write(content.encode())
    kept = taken(cast, made.getvalue())
    assert (kept.state, kept.plays) == ("ready", True)


def test_h5p_without_a_library_is_told(cast: Cast) -> None:
    whole = taken(cast, h5p())
    assert (whole.kind, whole.plays, list(whole.parts)) == ("h5p", True, ["1"])
    broken = taken(cast, {**h5p(), "h5p.json": json.dumps({"title": "x", "mainLibrary": "H5P.Gone"})})
    assert (broken.state, broken.plays) == ("ready", False)
    assert "course.h5p_no_main" in {code for _, _, code, _ in broken.notes["faults"]}
    assert not shelf.place(broken.public_id).exists()


def test_what_was_unpacked_may_be_lost(cast: Cast) -> None:
    row = taken(cast)
    shelf.take_away(row.public_id)
    (Path(settings.VAR) / "packages" / f".{row.public_id}").mkdir()  # a worker died in the middle
    assert taking_in.lay_out_missing() == 1
    assert (shelf.place(row.public_id) / "a.html").read_bytes() == FILES["a.html"]
    assert taking_in.lay_out_missing() == 0


def test_named_and_retired_by_those_who_keep_packages(cast: Cast) -> None:
    row = taken(cast)
    keeper = {"by": cast.actor("trainer"), "at": AT}
    for act in (actions.retire_package, actions.restore_package):
        with pytest.raises(Refused, match=r"^kernel\.role_lacks$"):
            act(row, by=cast.actor("apprentice"), at=AT)
    with pytest.raises(Refused, match=r"^packages\.untitled$"):
        actions.change_package(row, title=Text(), skills=[], **keeper)
    with pytest.raises(Refused, match=r"^packages\.skill_unknown$"):
        actions.change_package(row, title=Text("车削"), skills=["nothing"], **keeper)
    actions.change_package(row, title=Text("车削"), skills=[], **keeper)
    actions.save_attempt(row, saved(), by=cast.actor("apprentice"), at=AT)
    row = actions.retire_package(row, **keeper)
    assert (row.title, row.state, queries.playable(row.ref)) == ({"zh": "车削"}, "retired", None)
    # Who had begun may save; nobody begins.
    actions.save_attempt(row, saved(revision=2, data=core("completed")), by=cast.actor("apprentice"), at=AT)
    assert Attempt.objects.get().state == "completed"
    with pytest.raises(Refused, match=r"^packages\.not_played$"):
        actions.save_attempt(row, saved(), by=cast.actor("classmate"), at=AT)
    assert actions.restore_package(row, **keeper).state == "ready"


def test_another_college_sees_neither_package_nor_attempt(cast: Cast) -> None:
    row = taken(cast)
    actions.save_attempt(row, saved(), by=cast.actor("apprentice"), at=AT)
    for who, sees in (("apprentice", (1, 1)), ("classmate", (1, 0)), ("trainer", (1, 1))):
        with looking_for(cast.actor(who).scope):
            assert (Package.objects.count(), Attempt.objects.count()) == sees, who


def test_tools_of_a_cartridge_say_which_registered_one_they_are(cast: Cast) -> None:
    made = tool(cast)
    host = urlsplit(made.launch_address).netloc
    links = {f"{n}.xml": f"<cartridge_basiclti_link><launch_url>https://{where}/x</launch_url></cartridge_basiclti_link>"
             for n, where in enumerate((host, "elsewhere.example"))}  # fmt: skip
    items = "".join(
        f'<item identifier="i{n}" identifierref="r{n}"><title>T{n}</title></item>' for n in range(2)
    )
    listed = "".join(
        f'<resource identifier="r{n}" type="imsbasiclti_xmlv1p0"><file href="{n}.xml"/></resource>'
        for n in range(2)
    )
    page = '<resource identifier="p" type="webcontent" href="a.html"><file href="a.html"/></resource>'
    row = taken(cast, packed({"imsmanifest.xml": cartridge(items, listed + page), "a.html": "x", **links}))
    told = {given: (code, facts) for _, given, code, facts in row.notes["remarks"]}
    assert told["T0"] == ("course.tool_known", {"address": f"https://{host}/x", "tool": made.name})
    assert told["T1"] == ("course.tool_not_taken", {"address": "https://elsewhere.example/x"})
