"""Everything that can be done with a record."""

from craftpath.domain.passport.sharing import open_share, revoke_share, share_record

__all__ = ["open_share", "revoke_share", "share_record"]
