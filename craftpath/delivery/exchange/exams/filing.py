"""One door for the file of an exam: decided by its content, whatever it is called."""

from __future__ import annotations

from craftpath.delivery.exchange import limits
from craftpath.delivery.exchange.authored.docx import Found
from craftpath.delivery.exchange.exams.bounds import MEGABYTE, opened
from craftpath.delivery.exchange.exams.table import text_of
from craftpath.delivery.exchange.exams.word import read_word
from craftpath.delivery.exchange.plain_text import decoded
from craftpath.delivery.exchange.reading import read_book
from craftpath.values.verdict import Refused, not_now

_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_FOREIGN = {b"%PDF": "PDF", b"\x89PNG": "PNG", b"\xff\xd8\xff": "JPEG", b"{\\rtf": "RTF", b"Rar!": "RAR"}


def read_file(content: bytes, filename: str) -> Found:
    """The text of an exam's file, with its pictures; `Refused` with the reason for anything else."""
    if not content.strip():
        raise Refused(not_now("exam.empty"))
    if len(content) > limits.BYTES:
        facts = {"megabytes": -(-len(content) // MEGABYTE), "limit": limits.BYTES // MEGABYTE}
        raise Refused(not_now("exam.too_big", **facts))
    if content.startswith(_COMPOUND):
        raise Refused(not_now("exam.password" if _ENCRYPTED in content else "exam.old_word"))
    for magic, kind in _FOREIGN.items():
        if content.startswith(magic):
            raise Refused(not_now("exam.other_kind", kind=kind))
    if content.startswith(b"PK\x03\x04"):
        return _from_archive(content, filename)
    if filename.lower().endswith((".csv", ".tsv")):
        return Found(text_of(read_book(content, filename)))
    return Found(_decoded(content))


def _from_archive(content: bytes, filename: str) -> Found:
    with opened(content) as archive:
        names = set(archive.namelist())
    if "word/document.xml" in names:
        return read_word(content)
    if "xl/workbook.xml" in names:
        return Found(text_of(read_book(content, filename)))
    raise Refused(not_now("exam.other_kind", kind="QTI" if "imsmanifest.xml" in names else "ZIP"))


def _decoded(content: bytes) -> str:
    found = decoded(content)
    if found is None:
        raise Refused(not_now("exam.encoding"))
    return found[0]
