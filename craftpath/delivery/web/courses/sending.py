"""What was sent, as a file on the disk: large ones lie there already, and a folder becomes the zip that it could be."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile


@contextmanager
def on_disk(sent: UploadedFile) -> Iterator[Path]:
    """Where a file that was sent lies on the disk: large ones are there already, small ones are put there."""
    if isinstance(sent, TemporaryUploadedFile):
        yield Path(sent.temporary_file_path())
        return
    with tempfile.NamedTemporaryFile() as made:
        for piece in sent.chunks():
            made.write(piece)
        made.flush()
        yield Path(made.name)


@contextmanager
def as_zip(sent: Sequence[UploadedFile], paths: Sequence[str]) -> Iterator[Path]:
    """A folder that was chosen, as the zip that it could have been; names are judged when it is read."""
    with tempfile.NamedTemporaryFile(suffix=".zip") as made:
        with zipfile.ZipFile(made, "w") as archive:
            for n, one in enumerate(sent):
                name = paths[n] if n < len(paths) and paths[n] else one.name or str(n)
                with archive.open(name, "w") as member:
                    for piece in one.chunks():
                        member.write(piece)
        made.flush()
        yield Path(made.name)
