"""Resources with their versions, marks and uses; and what comes from catalogues elsewhere."""

from craftpath.domain.resources.models.elsewhere import Source, Suggestion
from craftpath.domain.resources.models.library import (
    LONGEST_ABSTRACT,
    LONGEST_LINE,
    LONGEST_LINK,
    LONGEST_REASON,
    LONGEST_TITLE,
    Band,
    Pair,
    Resource,
    Review,
    Star,
    TitleBand,
    Use,
    Version,
)

__all__ = [
    "LONGEST_ABSTRACT",
    "LONGEST_LINE",
    "LONGEST_LINK",
    "LONGEST_REASON",
    "LONGEST_TITLE",
    "Band",
    "Pair",
    "Resource",
    "Review",
    "Source",
    "Star",
    "Suggestion",
    "TitleBand",
    "Use",
    "Version",
]
