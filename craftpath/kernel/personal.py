"""Which columns of the kernel name a person, and what export and erasure do with them.

Each entry: table → column → (export, erase). `erase` is one of `blank`, `keep` (a record that the law
or somebody else's record needs, pointing at a person who is then nameless) or `delete`.
"""

from __future__ import annotations

PERSONAL: dict[str, dict[str, tuple[bool, str]]] = {
    "Person": {
        "username": (True, "blank"),
        "email": (True, "blank"),
        "phone": (True, "blank"),
        "name": (True, "blank"),
        "name_latin": (True, "blank"),
        "birth_date": (True, "blank"),
        "password": (False, "blank"),
        "language": (True, "blank"),
        "time_zone": (True, "blank"),
        "theme": (True, "blank"),
        "last_login": (True, "blank"),
        "date_joined": (True, "keep"),
        "must_change_password": (False, "blank"),
    },
    "Membership": {
        "role": (True, "keep"),
        "starts_on": (True, "keep"),
        "ends_on": (True, "keep"),
        "person": (True, "keep"),
        "ends_because": (True, "keep"),
    },
    "Invitation": {
        "role": (True, "keep"),
        "starts_on": (True, "keep"),
        "ends_on": (True, "keep"),
        "state": (True, "keep"),
        "made_at": (True, "keep"),
        "ended_at": (True, "keep"),
        "person": (True, "keep"),
        "name": (True, "blank"),
        "contact": (True, "blank"),
        "made_by": (True, "keep"),
        "accepted_by": (True, "keep"),
        "secret_hash": (False, "keep"),
    },
    "CalendarAddress": {"person": (True, "delete"), "secret_hash": (False, "delete")},
    "AuditEntry": {
        "at": (True, "keep"),
        "fact": (True, "keep"),
        "subject": (True, "keep"),
        "person": (True, "keep"),
        "payload": (True, "keep"),
    },
    "KeptFile": {"kept_by": (True, "keep"), "name": (True, "keep"), "content": (False, "keep")},
    "SheetImport": {
        "made_by": (True, "keep"),
        "ended_by": (True, "keep"),
        "undone_by": (True, "keep"),
        "reading": (False, "keep"),
        "trace": (False, "delete"),
    },
    # What was signed is kept whole: it is as much the other parties' record.
    "Document": {"content": (True, "keep"), "text": (True, "keep"), "made_by": (True, "keep")},
    "SigningParty": {"person": (True, "keep"), "name": (True, "keep")},
    "Signature": {"person": (True, "keep"), "name": (True, "keep"), "at": (True, "keep")},
    "SignedLink": {
        "person": (True, "keep"),
        "name": (True, "blank"),
        "made_by": (True, "keep"),
        "secret_hash": (False, "keep"),
        "code_hash": (False, "keep"),
    },
    "Receipt": {"at": (True, "keep"), "person": (True, "keep"), "outcome": (False, "delete")},
    "Notice": {"published_by": (True, "keep")},
    "NoticeRead": {"person": (True, "keep"), "notice": (True, "keep"), "at": (True, "keep")},
    "ConsentEvent": {
        "person": (True, "keep"),
        "purpose": (True, "keep"),
        "purpose_version": (True, "keep"),
        "given": (True, "keep"),
        "notice": (True, "keep"),
        "guardian": (True, "blank"),
        "said_by": (True, "keep"),
        "at": (True, "keep"),
    },
    "SheetWork": {"asked_by": (True, "keep")},
    "Layout": {"tried_by": (True, "keep"), "kept_by": (True, "keep"), "removed_by": (True, "keep")},
}
