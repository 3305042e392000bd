"""Files of catalogues: kept, looked at, taken in whole or not at all, undone as a whole; codes held together."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from craftpath.domain.occupations import rules
from craftpath.domain.occupations.cataloguing import CatalogueSaid, changes, lay_in, take_out
from craftpath.domain.occupations.facts import CodesPaired, ImportMoved
from craftpath.domain.occupations.models import LAYOUTS, Catalogue, CatalogueEntry, CatalogueImport, CodePair
from craftpath.domain.occupations.states import IMPORT
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.files import keep
from craftpath.kernel.jobs import enqueue
from craftpath.kernel.organisations import Organisation
from craftpath.values.verdict import Refused, not_now, require

JOB = "catalogue"
AT_ONCE = 256 * 1024
"""Bytes up to which a file is looked at while somebody waits."""
MOST_FAULTS = 100


@action
def keep_import(
    *,
    content: bytes,
    name: str,
    layout: str,
    made_id: uuid.UUID,
    organisation: Organisation,
    by: Actor,
    at: datetime,
) -> CatalogueImport:
    """Keep an uploaded file; large ones are looked at by a worker. The same `made_id` again is the same import."""
    require(rules.may_import(by, organisation))
    if layout not in LAYOUTS:
        raise Refused(not_now("occupations.layout_unknown"))
    _one_at_a_time(organisation)
    known = CatalogueImport._base_manager.filter(made_id=made_id).first()
    if known is not None:
        if known.organisation_id != organisation.pk:
            raise Refused(not_now("occupations.form_used"))
        return known
    file = keep(content, name, organisation=organisation, by=by, at=at)
    row = CatalogueImport.objects.create(
        made_id=made_id, organisation=organisation, layout=layout, file=file, made_by=by.person,
        asked_in=by.organisation, made_at=at,
    )  # fmt: skip
    _told(row, by=by, at=at)
    if len(content) > AT_ONCE:
        enqueue(JOB, row.pk)
    return row


@action
def report_import(row: CatalogueImport, said: CatalogueSaid, *, by: Actor, at: datetime) -> CatalogueImport:
    """Write down what taking it in would change; nothing of it counts yet."""
    row = _held(row, by)
    catalogue = own_catalogue(row.organisation, said.key)
    counts = changes(said, catalogue).counts()
    row.report = {"counts": counts, "kinds": _kinds(said), "key": said.key, "version": said.version}
    return _moved(row, "report", by=by, at=at)


@action
def refuse_import(
    row: CatalogueImport, faults: Sequence[Mapping[str, Any]], *, more: int = 0, by: Actor, at: datetime
) -> CatalogueImport:
    """Write down why not: file, line and reason of each fault, and how many more there are."""
    row = _held(row, by)
    row.report = {"faults": [dict(one) for one in faults[:MOST_FAULTS]], "more": more}
    return _moved(row, "refuse", by=by, at=at)


@action
def begin_import(row: CatalogueImport, *, by: Actor, at: datetime) -> CatalogueImport:
    """Let it be taken in; large ones by a worker, the caller goes on with small ones at once."""
    row = _held(row, by)
    row = _moved(row, "begin", by=by, at=at)
    if row.file.size > AT_ONCE:
        enqueue(JOB, row.pk)
    return row


@action
def take_import(row: CatalogueImport, said: CatalogueSaid, *, by: Actor, at: datetime) -> CatalogueImport:
    """Take it in whole. A second time it says what is there already, and nothing changes."""
    _one_at_a_time(row.organisation)
    row = _held(row, by)
    after = IMPORT.after(row.state, "take")
    catalogue = own_catalogue(row.organisation, said.key) or Catalogue(
        organisation=row.organisation, key=said.key, made_at=at
    )
    catalogue.version, catalogue.name = said.version, said.name
    catalogue.source, catalogue.licence = said.source, said.licence
    catalogue.save()
    found = lay_in(said, catalogue, row)
    row.catalogue, row.taken_at, row.state = catalogue, at, after
    row.report = row.report | {"counts": found.counts(), "back": found.back}
    row.save()
    _told(row, by=by, at=at)
    return row


@action
def undo_import(row: CatalogueImport, *, by: Actor, at: datetime) -> CatalogueImport:
    """As it was before; refused once something else was taken into the same catalogue."""
    _one_at_a_time(row.organisation)
    row = _held(row, by)
    IMPORT.after(row.state, "undo")
    others = CatalogueImport._base_manager.filter(catalogue=row.catalogue, state="taken")
    require(rules.can_undo_import(row, others.order_by("-taken_at", "-pk").first()))
    take_out(row)
    return _moved(row, "undo", by=by, at=at)


@action
def drop_import(row: CatalogueImport, *, by: Actor, at: datetime) -> CatalogueImport:
    """Put away what was only looked at."""
    row = _held(row, by)
    return _moved(row, "drop", by=by, at=at)


def own_catalogue(organisation: Organisation, key: str) -> Catalogue | None:
    """The one that an organisation took in under a key."""
    return Catalogue._base_manager.filter(organisation=organisation, key=key).first()


@action
def pair_codes(
    organisation: Organisation, *, code_isco: str, code_cn: str, kind: str, by: Actor, at: datetime
) -> CodePair:
    """Hold a code of ISCO-08 against a Chinese one; the same two again are said anew."""
    require(rules.may_import(by, organisation))
    isco, cn = code_isco.strip(), code_cn.strip()
    known = {
        isco: _stands("isco-08", isco, organisation),
        cn: _stands("cn-2022", cn, organisation),
    }
    require(rules.can_pair(kind, isco, cn, known))
    row, new = CodePair._base_manager.get_or_create(
        organisation=organisation, code_isco=isco, code_cn=cn, defaults={"kind": kind}
    )
    if not new and row.kind == kind:
        return row
    row.kind = kind
    row.save(update_fields=["kind"])
    tell(CodesPaired(isco, cn, kind), by=by, at=at, organisation=organisation, subject=row.ref)
    return row


@action
def unpair_codes(pair: CodePair, *, by: Actor, at: datetime) -> None:
    """Hold them together no longer."""
    row = CodePair._base_manager.select_related("organisation").get(pk=pair.pk)
    require(rules.may_pair(by, row))
    told = CodesPaired(row.code_isco, row.code_cn, "")
    tell(told, by=by, at=at, organisation=row.organisation, subject=row.ref)
    row.delete()


def _stands(key: str, code: str, organisation: Organisation) -> bool:
    rows = CatalogueEntry.objects.filter(catalogue__key=key, code=code, gone_in__isnull=True)
    shared = rows.filter(catalogue__organisation__isnull=True)
    return shared.exists() or rows.filter(catalogue__organisation=organisation).exists()


def _one_at_a_time(organisation: Organisation) -> None:
    """Two files of one organisation go in one after the other."""
    Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=organisation.pk)


def _kinds(said: CatalogueSaid) -> dict[str, int]:
    found: dict[str, int] = {}
    for kind, _key in said.entries:
        found[kind] = found.get(kind, 0) + 1
    return found | ({"link": len(said.links)} if said.links else {})


def _held(row: CatalogueImport, by: Actor) -> CatalogueImport:
    rows = CatalogueImport._base_manager.select_for_update(of=("self",))
    held = rows.select_related("organisation", "file", "catalogue").get(pk=row.pk)
    require(rules.may_import(by, held.organisation))
    return held


def _moved(row: CatalogueImport, move: str, *, by: Actor, at: datetime) -> CatalogueImport:
    row.state = IMPORT.after(row.state, move)
    row.save()
    _told(row, by=by, at=at)
    return row


def _told(row: CatalogueImport, *, by: Actor, at: datetime) -> None:
    told = ImportMoved(row.state, row.layout, row.report.get("counts", {}))
    tell(told, by=by, at=at, organisation=row.organisation, subject=row.ref)
