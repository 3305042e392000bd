"""Tables of the credit bank."""

from craftpath.domain.credits.models.accounts import ENTRY_KINDS, Account, Entry
from craftpath.domain.credits.models.asking import (
    REQUEST_KINDS,
    VERDICTS,
    Request,
    RequestFile,
    RequestLine,
)
from craftpath.domain.credits.models.earning import OUTCOMES, Area, EarningRule
from craftpath.domain.credits.models.goals import ConversionRule, Diploma, DiplomaArea, Minimum, Offer

__all__ = [
    "ENTRY_KINDS",
    "OUTCOMES",
    "REQUEST_KINDS",
    "VERDICTS",
    "Account",
    "Area",
    "ConversionRule",
    "Diploma",
    "DiplomaArea",
    "EarningRule",
    "Entry",
    "Minimum",
    "Offer",
    "Request",
    "RequestFile",
    "RequestLine",
]
