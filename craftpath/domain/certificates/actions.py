"""Writing about certificates."""

from craftpath.domain.certificates.batching import (
    cancel_batch,
    carry_out,
    finish_batch,
    issue_portion,
    plan_batch,
    refuse_batch,
    start_batch,
)
from craftpath.domain.certificates.content import preview
from craftpath.domain.certificates.ending import replace_certificate, revoke_certificate
from craftpath.domain.certificates.issuing import Look, NotIssued, issue_certificates, overview
from craftpath.domain.certificates.keys import revoke_key, rotate_key, signing_key
from craftpath.domain.certificates.kinding import (
    Words,
    activate_kind,
    change_kind,
    draft_kind,
    follow_kind,
    retire_kind,
)

__all__ = [
    "Look",
    "NotIssued",
    "Words",
    "activate_kind",
    "cancel_batch",
    "carry_out",
    "change_kind",
    "draft_kind",
    "finish_batch",
    "follow_kind",
    "issue_certificates",
    "issue_portion",
    "overview",
    "plan_batch",
    "preview",
    "refuse_batch",
    "replace_certificate",
    "retire_kind",
    "revoke_certificate",
    "revoke_key",
    "rotate_key",
    "signing_key",
    "start_batch",
]
