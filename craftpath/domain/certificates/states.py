"""What can become of kinds of certificates, of certificates, of batches and of keys."""

from craftpath.values.flow import Flow

KIND = Flow(
    key="certificates.kind",
    start="draft",
    moves={"activate": {"draft": "active"}, "retire": {"active": "retired"}},
)
CERTIFICATE = Flow(
    key="certificates.certificate",
    start="issued",
    moves={"replace": {"issued": "replaced"}, "revoke": {"issued": "revoked"}},
)
BATCH = Flow(
    key="certificates.batch",
    start="planned",
    moves={
        "issue": {"planned": "issuing"},
        "finish": {"issuing": "done"},
        "cancel": {"planned": "cancelled", "issuing": "cancelled"},
    },
)
KEY = Flow(
    key="certificates.key",
    start="active",
    moves={"retire": {"active": "retired"}, "revoke": {"active": "revoked", "retired": "revoked"}},
)
