"""A hand-over is read back by whoever reads lakes, names nobody, and its pseudonyms cannot be turned round."""

from __future__ import annotations

import hashlib
import re
import uuid
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pyarrow.parquet as pq
import pytest
from django.core.management import CommandError, call_command

from craftpath.delivery.exchange.insight.handing import carry_out, write_star
from craftpath.delivery.exchange.lake.reading import read_lake
from craftpath.delivery.jobs.figures import handover as job
from craftpath.domain.insight import handing
from craftpath.domain.insight.actions import ask_handover, city_keys, make_handover, set_county
from craftpath.domain.insight.models import Handover, LakeKey, Slice
from craftpath.engines.indicators import STAR
from craftpath.kernel.access import system
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import everywhere
from craftpath.values.verdict import Refused
from tests.cast import AT, Cast
from tests.domain.insight.world import keep_up, star
from tests.house.furnishing import furnish

pytestmark = pytest.mark.django_db
HANGZHOU = "330100"


@pytest.fixture
def city(cast: Cast) -> Cast:
    with everywhere("a test acts"):
        set_county(cast.city, HANGZHOU, {"zh": "澜川市"}, by=cast.actor("officer", cast.city), at=AT)
    return cast


def asked(cast: Cast, **more: Any) -> Handover:
    given = {"receiver": "省人社厅", "purpose": "全省学徒制监测", "made_id": uuid.uuid4()} | more
    with everywhere("a test acts"):
        return ask_handover(cast.city, **given, by=cast.actor("officer", cast.city), at=AT)


def test_what_is_handed_over_is_read_back_whole(city: Cast, tmp_path: Path) -> None:
    furnish(city)
    with everywhere("a test acts"):
        written = write_star(city.city, tmp_path / "lake", by=system(city.city), at=AT)
    lake = read_lake(tmp_path / "lake", AT)
    assert [one for one in lake.faults if not one.kept] == []
    rows = star()
    assert lake.rows == {table: len(some) for table, some in rows.items() if some}
    assert written.rows == sum(lake.rows.values())
    manifest = (tmp_path / "lake" / "manifests" / f"city={HANGZHOU}" / "manifest.json").read_bytes()
    assert written.digest == hashlib.sha256(manifest).hexdigest()


def test_no_file_names_anybody_and_no_key_leaves(city: Cast, tmp_path: Path) -> None:
    furnish(city)
    with everywhere("a test acts"):
        write_star(city.city, tmp_path / "lake", by=system(city.city), at=AT)
    people = set(Person.objects.values_list("name", "username", "name_latin", "public_id"))
    told = {word for row in people for word in row if len(word) > 1}
    told |= set(Organisation.objects.filter(kind="enterprise").values_list("public_id", flat=True))
    told |= {row.public_id for row in city.enrolments.values()}
    told |= set(city.enrolments)
    key = LakeKey.objects.get(organisation=city.city)
    told |= {key.secret, key.signs}
    seen = 0
    for path in (tmp_path / "lake").rglob("*"):
        if path.suffix == ".parquet":
            table = pq.read_table(path)
            cells = {str(cell) for column in table.columns for cell in column.to_pylist()}
            star_table = STAR[path.relative_to(tmp_path / "lake").parts[0]]
            for column in star_table.columns:
                if column.kind == "key":
                    for cell in table[column.name].to_pylist():
                        assert re.fullmatch(r"-|[0-9a-f]{32}", cell)
                        seen += 1
            assert not cells & told, path
        elif path.is_file():
            text = path.read_text()  # digits of a number may stand by chance within those of a hash
            apart = r"(?<![0-9a-f])(?:{})(?![0-9a-f])"
            assert not re.findall(apart.format("|".join(map(re.escape, told))), text)
    assert seen > 50


def test_a_pseudonym_is_a_keyed_hash_that_nobody_makes_without_the_secret(city: Cast) -> None:
    officer = city.actor("officer", city.city)
    with everywhere("a test acts"):
        keys = city_keys(city.city, by=officer, at=AT)
        again = city_keys(city.city, by=officer, at=AT)
        set_county(city.college, "330106", {}, by=system(city.college), at=AT)
        other = city_keys(city.college, by=system(city.college), at=AT)
    one = city.enrolments["26001"].public_id
    assert keys.pseudonym("person", one) == again.pseudonym("person", one)  # cohorts can be followed
    assert keys.pseudonym("person", one) != other.pseudonym("person", one)  # cities cannot be joined
    assert keys.pseudonym("person", one) != keys.pseudonym(
        "mentor", one
    )  # nor tables of one city by another key
    plain = {hashlib.sha256(text.encode()).hexdigest()[:32] for text in (one, f"person:{one}")}
    assert keys.pseudonym("person", one) not in plain
    kept = LakeKey.objects.get(organisation=city.city)
    assert keys.secret.hex() not in kept.secret
    assert keys.signs.private_bytes_raw().hex() not in kept.signs


def test_an_officer_asks_a_worker_makes_and_the_record_stays(city: Cast) -> None:
    row = asked(city, later=False)
    assert (row.state, row.city) == ("asked", HANGZHOU)
    job.func(row.pk)
    job.func(row.pk)  # a killed worker's job is run again
    row = Handover._base_manager.get()
    assert (row.state, row.schema, row.signer) == ("made", 1, LakeKey.objects.get().public)
    assert row.kept is not None
    with ZipFile(BytesIO(row.kept.bytes())) as archive:
        names = archive.namelist()
        manifest = archive.read(f"manifests/city={HANGZHOU}/manifest.json")
    assert {"cities.json", f"manifests/city={HANGZHOU}/manifest.sig"} <= set(names)
    assert hashlib.sha256(manifest).hexdigest() == row.digest
    told = AuditEntry._base_manager.filter(fact__startswith="insight.handover").order_by("pk")
    assert [(one.fact, one.organisation) for one in told] == [
        ("insight.handover_asked", city.city),
        ("insight.handover_made", city.city),
    ]
    assert told[0].payload == {"receiver": "省人社厅", "purpose": "全省学徒制监测"}


def test_asked_twice_by_one_press_it_is_made_once(city: Cast) -> None:
    name = uuid.uuid4()
    assert asked(city, made_id=name).pk == asked(city, made_id=name).pk


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"receiver": " "}, "insight.say_to_whom"),
        ({"receiver": "x" * 121}, "insight.say_to_whom"),
        ({"purpose": ""}, "insight.say_what_for"),
        ({"purpose": "x" * 401}, "insight.say_what_for"),
    ],
)
def test_it_says_to_whom_and_what_for(city: Cast, given: dict[str, str], reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        asked(city, **given)


def test_it_needs_an_officer_and_a_county(cast: Cast) -> None:
    with pytest.raises(Refused, match="insight.no_county"):
        asked(cast)
    with everywhere("a test acts"):
        for name in ("coordinator", "trainer", "auditor"):
            actor = cast.actor(name, cast.city if name == "auditor" else cast.college)
            given = {"made_id": uuid.uuid4(), "receiver": "x", "purpose": "x"}
            with pytest.raises(Refused, match="kernel.role_lacks"):
                ask_handover(actor.organisation, **given, by=actor, at=AT)  # type: ignore[arg-type]
        with pytest.raises(Refused, match="insight.wrong_county"):
            set_county(cast.city, "33010", {}, by=cast.actor("officer", cast.city), at=AT)
    assert Handover._base_manager.count() == 0


def test_whoever_lost_the_role_hands_nothing_over(city: Cast) -> None:
    row = asked(city, later=False)
    with everywhere("a test acts"):
        for held in city.people["officer"].memberships.all():
            held.ends_on = held.starts_on
            held.save(update_fields=["ends_on"])
    job.func(row.pk)
    row.refresh_from_db()
    assert (row.state, row.reason) == ("refused", "insight.handover_without_role")


def test_what_fails_is_told_and_leaves_no_folder(
    city: Cast, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    row = asked(city, later=False)

    def broken(*_: Any, **__: Any) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("craftpath.delivery.exchange.insight.handing.write_hand_over", broken)
    with everywhere("a test acts"), pytest.raises(OSError, match="disk full"):
        carry_out(row, by=city.actor("officer", city.city), at=AT)
    row.refresh_from_db()
    assert (row.state, row.reason) == ("refused", "insight.handover_failed")
    assert not list((Path(settings.VAR) / "printing").glob("handover-*"))
    with everywhere("a test acts"):  # and another press of the worker changes nothing
        make_handover(row, handing.Packed("0" * 64, 1, 1), by=city.actor("officer", city.city), at=AT)
    row.refresh_from_db()
    assert row.state == "refused"


def test_with_another_site_key_the_citys_keys_stay_closed(city: Cast, settings: Any) -> None:
    officer = city.actor("officer", city.city)
    with everywhere("a test acts"):
        city_keys(city.city, by=officer, at=AT)
        settings.SECRET_KEY = "another"
        with pytest.raises(Refused, match="insight.keys_not_opened"):
            city_keys(city.city, by=officer, at=AT)


def test_the_command_writes_a_folder_and_keeps_the_record(city: Cast, tmp_path: Path) -> None:
    out = StringIO()
    given = {"of": city.city.key, "out": tmp_path / "lake", "receiver": "省厅", "purpose": "监测"}
    call_command("handover", **given, stdout=out)
    row = Handover._base_manager.get()
    assert (row.state, row.kept, row.digest in out.getvalue()) == ("made", None, True)
    with pytest.raises(CommandError, match="not empty"):
        call_command("handover", **given)
    with pytest.raises(CommandError, match="nobody"):
        call_command("handover", **{**given, "of": "nobody"})
    with pytest.raises(CommandError):
        call_command("handover", **{**given, "of": city.neighbour.key, "out": tmp_path / "other"})
    assert not (tmp_path / "other").exists()


def test_a_county_sorts_every_figure_anew(city: Cast) -> None:
    keep_up()
    before = Slice.objects.filter(table="apprenticeship").get().marks
    officer = city.actor("officer", city.city)
    with everywhere("a test acts"):
        set_county(city.city, HANGZHOU, {"zh": "澜川"}, by=officer, at=AT)
        assert Slice.objects.filter(table="apprenticeship").get().marks == before  # only the name is another
        set_county(city.city, "330200", {"zh": "澜川"}, by=officer, at=AT)
    assert Slice.objects.filter(table="apprenticeship").get().marks == before + 1
