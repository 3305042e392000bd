"""The tables of occupations."""

from craftpath.domain.occupations.models.catalogues import (
    KINDS,
    LAYOUTS,
    LINKS,
    MATCHES,
    Catalogue,
    CatalogueEntry,
    CatalogueImport,
    CodePair,
    EntryBefore,
    EntryLink,
)
from craftpath.domain.occupations.models.charts import (
    LISTS,
    LONGEST_NAME,
    LONGEST_WORDS,
    Chart,
    Duty,
    Occupation,
    Panellist,
    Step,
    Task,
)
from craftpath.domain.occupations.models.verifying import GROUPS, Answer, Asked, Verification

__all__ = [
    "GROUPS",
    "KINDS",
    "LAYOUTS",
    "LINKS",
    "LISTS",
    "LONGEST_NAME",
    "LONGEST_WORDS",
    "MATCHES",
    "Answer",
    "Asked",
    "Catalogue",
    "CatalogueEntry",
    "CatalogueImport",
    "Chart",
    "CodePair",
    "Duty",
    "EntryBefore",
    "EntryLink",
    "Occupation",
    "Panellist",
    "Step",
    "Task",
    "Verification",
]
