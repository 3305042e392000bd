"""The tables of subsidies."""

from craftpath.domain.subsidies.models.claiming import ClaimedYear, IdentityKey
from craftpath.domain.subsidies.models.filing import (
    EXCLUSIONS,
    LEVELS,
    LONGEST_REASON,
    LONGEST_WORDS,
    OUTCOMES,
    SEVERITIES,
    Audit,
    FileEvent,
    FilePerson,
    SubsidyFile,
    SubsidyScheme,
)
from craftpath.domain.subsidies.models.findings import Finding
from craftpath.domain.subsidies.models.papers import FilePaper, Pack, PaperAsk

__all__ = [
    "Audit",
    "ClaimedYear",
    "EXCLUSIONS",
    "FileEvent",
    "FilePaper",
    "FilePerson",
    "Finding",
    "IdentityKey",
    "LEVELS",
    "LONGEST_REASON",
    "LONGEST_WORDS",
    "OUTCOMES",
    "Pack",
    "PaperAsk",
    "SEVERITIES",
    "SubsidyFile",
    "SubsidyScheme",
]
