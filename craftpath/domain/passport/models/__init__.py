"""Tables of shares and of records that were brought along; the record itself is gathered and never kept."""

from craftpath.domain.passport.models.arriving import Arrival
from craftpath.domain.passport.models.sharing import Look, Share

__all__ = ["Arrival", "Look", "Share"]
