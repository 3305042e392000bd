"""Which columns name a person, and what export and erasure do with them (see `kernel/personal.py`).

Everybody gets what is the own: registration, presence, questions, cases and certificate. That somebody has voted is
known, what was voted is not. Who planned, moderated or issued stays in the record and in nobody else's file.
"""

from __future__ import annotations

_KEPT = (True, "keep")
_OWN = (False, "keep")
_BLANK = (True, "blank")
PERSONAL: dict[str, dict[str, tuple[bool, str]]] = {
    "Workshop": {"made_by": _KEPT},
    "Speaker": {"person": _KEPT, "name": _KEPT, "organisation_name": _KEPT, "bio": _BLANK, "pictures": _KEPT},
    "Registration": {
        "person": _KEPT,
        "name": _KEPT,
        "organisation_name": _KEPT,
        "kind": _KEPT,
        "city": _KEPT,
        "way": _KEPT,
        "email": _BLANK,
        "phone": _BLANK,
        "needs": _BLANK,
        "gender": _BLANK,
        "pictures": _KEPT,
        "notice_version": _KEPT,
        "badge": _OWN,
        "state": _KEPT,
        "made_by": _OWN,
        "made_at": _KEPT,
        "confirmed_at": _KEPT,
        "thanked_at": _KEPT,
    },
    "Presence": {
        "registration": _KEPT,
        "way": _KEPT,
        "how": _KEPT,
        "minutes": _KEPT,
        "first_at": _KEPT,
        "last_at": _KEPT,
        "noted_by": _OWN,
    },
    "Certificate": {
        "registration": _KEPT,
        "number": _KEPT,
        "code": _KEPT,
        "minutes": _KEPT,
        "days": _KEPT,
        "record": _KEPT,
        "issued_by": _OWN,
        "issued_at": _KEPT,
        "revoked_at": _KEPT,
        "because": _KEPT,
    },
    "LiveQuestion": {
        "registration": _KEPT,
        "words": _KEPT,
        "named": _KEPT,
        "at": _KEPT,
        "state": _KEPT,
        "because": _KEPT,
        "moderated_by": _OWN,
    },
    "Poll": {"made_by": _OWN},
    "Case": {
        "registration": _KEPT,
        "title": _KEPT,
        "organisation_name": _KEPT,
        "kind": _KEPT,
        "city": _KEPT,
        "country": _KEPT,
        "skill": _KEPT,
        "step": _KEPT,
        "for_whom": _KEPT,
        "shelf": _KEPT,
        "remark": _KEPT,
        "situation": _KEPT,
        "done": _KEPT,
        "result": _KEPT,
        "lessons": _KEPT,
        "licence": _KEPT,
        "consent": _KEPT,
        "state": _KEPT,
        "sent_at": _KEPT,
        "reviewed_by": _OWN,
    },
    "CaseFile": {"file": _KEPT, "media_type": _KEPT},
    "Support": {"registration": _KEPT},
    "Voter": {"registration": _KEPT},
}
