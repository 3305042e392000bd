"""Credentials as they are written: one achievement, a whole record, a list of places, and an issuer's keys."""

from craftpath.engines.credentials.documents.achievements import achievement, status_entry
from craftpath.engines.credentials.documents.issuers import did_document, method_of
from craftpath.engines.credentials.documents.lists import status_list
from craftpath.engines.credentials.documents.parts import (
    Achievement,
    Alignment,
    Holder,
    Identifier,
    Issuer,
    Result,
    Scale,
    Step,
    hashed,
)
from craftpath.engines.credentials.documents.records import Association, record

__all__ = [
    "Achievement",
    "Alignment",
    "Association",
    "Holder",
    "Identifier",
    "Issuer",
    "Result",
    "Scale",
    "Step",
    "achievement",
    "did_document",
    "hashed",
    "method_of",
    "record",
    "status_entry",
    "status_list",
]
