"""Everything that can be done with a record."""

from craftpath.domain.passport.arriving import (
    accept_arrival,
    bring_record,
    refuse_arrival,
    remove_arrival,
    replace_arrival,
)
from craftpath.domain.passport.carrying import carry_record
from craftpath.domain.passport.sharing import open_share, revoke_share, share_record

__all__ = [
    "accept_arrival",
    "bring_record",
    "carry_record",
    "open_share",
    "refuse_arrival",
    "remove_arrival",
    "replace_arrival",
    "revoke_share",
    "share_record",
]
