"""Tables of certificates."""

from craftpath.domain.certificates.models.issuing import Batch, Certificate, Counter, Planned
from craftpath.domain.certificates.models.keys import IssuerKey, StatusList
from craftpath.domain.certificates.models.kinds import FOR, Kind

__all__ = ["FOR", "Batch", "Certificate", "Counter", "IssuerKey", "Kind", "Planned", "StatusList"]
