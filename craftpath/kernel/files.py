"""Kept files: what was uploaded, byte for byte, with who and when; read only through a view that asks who."""

from __future__ import annotations

import hashlib
import logging
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile, File
from django.db import models, transaction

from craftpath.kernel.access import Actor
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped, below
from craftpath.values.verdict import Refused, not_now

_log = logging.getLogger(__name__)


def _place(row: KeptFile, _name: str) -> str:
    # The stored name tells nothing of the sender's file name, so no name can reach outside the folder.
    return f"{row.kept_at:%Y/%m}/{row.public_id}"


class KeptFile(Scoped):
    """A file as it came in; `sha256` is of its bytes."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kept_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    kept_at = models.DateTimeField()
    name = models.CharField(max_length=255, help_text="as the sender called it")
    size = models.PositiveBigIntegerField(help_text="bytes")
    sha256 = models.CharField(max_length=64)
    content = models.FileField(upload_to=_place, max_length=255)

    class Meta:
        app_label = "kernel"

    def __str__(self) -> str:
        return self.name

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Files of one's organisations, or one's own."""
        own = models.Q(kept_by_id=scope.person_id)
        return own | below(scope, "organisation")

    def opened(self) -> Any:
        """The content to be read in parts; refused as `bytes` is. Whoever opens it closes it."""
        try:
            return self.content.open("rb")
        except OSError as fault:
            _log.error("kept file %s cannot be read: %s", self.public_id, fault)
            raise Refused(not_now("kernel.file_lost", name=self.name)) from fault

    def bytes(self) -> bytes:
        """The whole content; refused with a clear reason if the disk has lost it."""
        try:
            with self.content.open("rb") as stream:
                return stream.read()  # type: ignore[no-any-return]
        except OSError as fault:
            _log.error("kept file %s cannot be read: %s", self.public_id, fault)
            raise Refused(not_now("kernel.file_lost", name=self.name)) from fault


def keep(content: bytes, name: str, *, organisation: Organisation, by: Actor, at: datetime) -> KeptFile:
    """Store a file whole or not at all; the caller has checked its size."""
    row = KeptFile(
        organisation=organisation,
        kept_by=by.person,
        kept_at=at,
        name=_own_name(name),
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
    )
    return _stored(row, ContentFile(content))


def keep_file(path: Path, name: str, *, organisation: Organisation, by: Actor, at: datetime) -> KeptFile:
    """The same of a file on the disk, which is read in parts and stays where it is."""
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
        stream.seek(0)
        row = KeptFile(
            organisation=organisation,
            kept_by=by.person,
            kept_at=at,
            name=_own_name(name),
            size=path.stat().st_size,
            sha256=digest,
        )
        return _stored(row, File(stream))


def drop(row: KeptFile) -> None:
    """Forget a file that was kept for a time only: its row now, its bytes once the open transaction is through."""
    storage, place = row.content.storage, row.content.name
    row.delete()
    transaction.on_commit(lambda: _let_go(storage, place))


def _let_go(storage: Any, place: str) -> None:
    try:
        storage.delete(place)
    except OSError as fault:
        _log.error("a file that was forgotten is still on the disk (%s): %s", place, fault)


def _own_name(name: str) -> str:
    return name.replace("\\", "/").rsplit("/", 1)[-1][-255:]


def _stored(row: KeptFile, content: Any) -> KeptFile:
    try:
        row.content.save(row.public_id, content, save=False)
    except OSError as fault:  # a full disk leaves a part of the file behind
        _log.error("a file of %s bytes cannot be kept: %s", row.size, fault)
        with suppress(OSError):
            row.content.storage.delete(_place(row, ""))
        raise Refused(not_now("kernel.file_not_kept")) from fault
    row.save()
    return row
