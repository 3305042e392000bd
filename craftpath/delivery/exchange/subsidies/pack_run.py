"""The worker's part of an archive: read the file as whoever asked sees it, write the zip, keep it."""

from __future__ import annotations

import shutil
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import translation
from django.utils.timezone import localdate

from craftpath.delivery.exchange.printouts.naming import safe
from craftpath.delivery.exchange.subsidies.archive import Contents, write
from craftpath.delivery.exchange.subsidies.recognising import in_record
from craftpath.domain.subsidies import actions, papering, queries
from craftpath.domain.subsidies.texts import LEVELS
from craftpath.kernel import progress
from craftpath.kernel.access import Actor
from craftpath.values.text import Text
from craftpath.values.verdict import Refused, not_now

if TYPE_CHECKING:
    from craftpath.domain.subsidies.models import Pack, SubsidyFile


def carry_out(pack: Pack, *, by: Actor, at: datetime) -> None:
    """Make the archive that was asked for, unless it was made; a refusal is kept for whoever asked."""
    if pack.state != "asked":
        return
    place = Path(settings.VAR) / "printing" / f"pack-{pack.public_id}"
    shutil.rmtree(place, ignore_errors=True)
    try:
        with progress.counting(pack.public_id, "pack"), translation.override(pack.language):
            place.mkdir(parents=True)
            actions.finish_pack(pack, _packed(pack, place, localdate(at)), by=by, at=at)
    except Refused as refused:
        actions.refuse_pack(pack, refused.verdict, by=by, at=at)
    except Exception:  # the page must not wait for ever; the job fails as well, where it is looked after
        actions.refuse_pack(pack, not_now("subsidies.pack_failed"), by=by, at=at)
        raise
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _packed(pack: Pack, place: Path, today: date) -> actions.Packed:
    file = queries.files().filter(pk=pack.file_id).first()
    if file is None:  # whoever asked does not see it any more
        raise Refused(not_now("subsidies.pack_without_role"))
    contents = contents_of(file, today)
    total = len(contents.papers) + 1
    done = 0
    for done in write(contents, place / "pack.zip"):
        progress.step("gathering", done, total)
    progress.step("packing", 0, 1)
    return actions.Packed(place / "pack.zip", f"{safe(contents.title)}.zip", done, _missing(contents))


def _missing(contents: Contents) -> int:
    """How many papers are missing, however many people lack one: as the page counts them."""
    return len({(one.step, one.paper) for one in contents.meter.missing})


def contents_of(file: SubsidyFile, today: date) -> Contents:
    """Everything of a file, as the open scope sees it."""
    from craftpath.engines.allowances.subsidies import Present  # noqa: PLC0415 - brings NumPy along

    people, papers = queries.people_of(file), queries.papers_of(file)
    known = in_record(file, people, today)
    present = [Present(paper, subject) for paper, subject in known]
    meter = papering.meter(file, people, [*papering.uploaded(papers), *present])
    return Contents(file, people, queries.events_of(file), papers, known, meter, title_of(file))


def title_of(file: SubsidyFile) -> str:
    """The class and the level that it aims at, in the open language."""
    name = Text.of(file.name).say(translation.get_language() or "zh-hans")
    return f"{name} {LEVELS[file.level]}"
