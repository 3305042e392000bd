"""Contents of attachments: each once, however many statements name it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from craftpath.domain.activity.examining import Batch, named_in
from craftpath.domain.activity.models import Attachment
from craftpath.kernel.access import Actor
from craftpath.kernel.files import keep_file
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.rows import insert_objects


def keep_contents(batch: Batch, *, organisation: Organisation, by: Actor, at: datetime) -> None:
    """Keep what came along with a batch and is not here yet."""
    if not batch.parts:
        return
    kinds = dict(pair for said in batch.statements for pair in named_in(said))
    here = contents_of(organisation, batch.parts)
    new = [
        Attachment(
            organisation=organisation,
            sha2=sha2,
            content_type=kinds[sha2][:200],
            file=keep_file(part.path, f"{sha2[:16]}.attachment", organisation=organisation, by=by, at=at),
        )
        for sha2, part in batch.parts.items()
        if sha2 not in here
    ]
    insert_objects(new)


def contents_of(organisation: Organisation, hashes: Iterable[str]) -> dict[str, Attachment]:
    """The contents with these hashes, with their files."""
    rows = Attachment._base_manager.filter(organisation=organisation, sha2__in=list(hashes))
    return {row.sha2: row for row in rows.select_related("file")}
