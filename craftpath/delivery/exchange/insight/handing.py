"""Writing what a city hands over: its star as signed, pseudonymised Parquet, in a folder or packed for the page."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4
from zipfile import ZIP_STORED, ZipFile

from django.conf import settings

from craftpath.delivery.exchange.lake.layout import MANIFEST, MANIFESTS, city_folder
from craftpath.delivery.exchange.lake.writing import write_hand_over
from craftpath.domain.insight import actions
from craftpath.engines.indicators import STAR
from craftpath.kernel.access import Actor
from craftpath.kernel.organisations import Organisation
from craftpath.values.verdict import Refused, not_now

if TYPE_CHECKING:
    from craftpath.domain.insight.models import Handover

DIGEST = "sha256"


@dataclass(frozen=True, slots=True)
class Written:
    """What lies in the folder: the digest of its manifest, and how much it lists."""

    digest: str
    files: int
    rows: int


def write_star(organisation: Organisation, folder: Path, *, by: Actor, at: datetime) -> Written:
    """Write the star of an organisation into a folder that is not there yet: all of it or nothing.

    Refused where nobody has said in which county it lies, and where there is nothing to hand over.
    """
    code = actions.city_code(organisation)
    keys = actions.city_keys(organisation, by=by, at=at)
    name = {language: text for language, text in organisation.name.items() if text}
    write_hand_over(folder, code, name, _arrow(organisation, keys, at), keys.signs, at)
    manifest = (folder / MANIFESTS / city_folder(code) / MANIFEST).read_bytes()
    files = json.loads(manifest)["files"]
    if not files:
        shutil.rmtree(folder)
        raise Refused(not_now("insight.nothing_to_hand_over"))
    rows = sum(int(one["rows"]) for one in files)
    return Written(hashlib.new(DIGEST, manifest).hexdigest(), len(files), rows)


def _arrow(organisation: Organisation, keys: actions.CityKeys, at: datetime) -> Iterator[tuple[str, Any]]:
    import pyarrow as pa  # noqa: PLC0415  (slow to import)

    for table, columns in actions.star_of(organisation, keys, at):
        schema = STAR[table].schema()
        yield table, pa.table([pa.array(columns[one.name], one.type) for one in schema], schema=schema)


def hand_to_folder(
    organisation: Organisation, folder: Path, *, receiver: str, purpose: str, by: Actor, at: datetime
) -> Written:
    """The same for whoever sits at the machine: written into a folder, and kept as a record without an archive."""
    asked = actions.ask_handover(
        organisation, made_id=uuid4(), receiver=receiver, purpose=purpose, later=False, by=by, at=at
    )
    try:
        written = write_star(organisation, folder, by=by, at=at)
    except Refused as refused:
        actions.refuse_handover(asked, refused.verdict, by=by, at=at)
        raise
    except Exception:
        actions.refuse_handover(asked, not_now("insight.handover_failed"), by=by, at=at)
        raise
    actions.make_handover(asked, actions.Packed(written.digest, written.files, written.rows), by=by, at=at)
    return written


def carry_out(handover: Handover, *, by: Actor, at: datetime) -> None:
    """Make what was asked for, unless it was made; a refusal is kept for whoever asked."""
    if handover.state != "asked":
        return
    place = Path(settings.VAR) / "printing" / f"handover-{handover.public_id}"
    shutil.rmtree(place, ignore_errors=True)
    try:
        place.mkdir(parents=True)
        written = write_star(handover.organisation, place / "lake", by=by, at=at)
        archive = _zipped(place / "lake", place / "lake.zip")
        name = f"lake-{handover.city}-{at:%Y%m%d}.zip"
        packed = actions.Packed(written.digest, written.files, written.rows, archive, name)
        actions.make_handover(handover, packed, by=by, at=at)
    except Refused as refused:
        actions.refuse_handover(handover, refused.verdict, by=by, at=at)
    except Exception:  # the page must not wait for ever; the job fails as well, where it is looked after
        actions.refuse_handover(handover, not_now("insight.handover_failed"), by=by, at=at)
        raise
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _zipped(folder: Path, target: Path) -> Path:
    """The folder as one file, its members in order; Parquet is packed already."""
    with ZipFile(target, "w", ZIP_STORED) as made:
        for path in sorted(one for one in folder.rglob("*") if one.is_file()):
            made.write(path, path.relative_to(folder).as_posix())
    return target
