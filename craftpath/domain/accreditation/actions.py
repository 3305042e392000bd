"""Writing the register: the enterprise, the city, the places; each in a room of its own."""

from __future__ import annotations

from craftpath.domain.accreditation.applying import (
    Wanted,
    apply_for_places,
    decline_application,
    grant_application,
    withdraw_application,
)
from craftpath.domain.accreditation.checking import (
    accept_open_lines,
    check_line,
    check_registration,
    expire_registration,
    invite_first,
    note_visit,
    register_enterprise,
    resume_registration,
    return_registration,
    suspend_registration,
)
from craftpath.domain.accreditation.placing import (
    Room,
    accredit_place,
    end_place,
    renew_place,
    resume_place,
    set_rule,
    suspend_place,
)
from craftpath.domain.accreditation.registering import (
    Contact,
    Told,
    draft_registration,
    give_evidence,
    submit_registration,
    take_back_evidence,
    withdraw_registration,
    write_registration,
)

__all__ = [
    "Contact",
    "Room",
    "Told",
    "Wanted",
    "accept_open_lines",
    "accredit_place",
    "apply_for_places",
    "check_line",
    "check_registration",
    "decline_application",
    "draft_registration",
    "end_place",
    "expire_registration",
    "give_evidence",
    "grant_application",
    "invite_first",
    "note_visit",
    "register_enterprise",
    "renew_place",
    "resume_place",
    "resume_registration",
    "return_registration",
    "set_rule",
    "submit_registration",
    "suspend_place",
    "suspend_registration",
    "take_back_evidence",
    "withdraw_application",
    "withdraw_registration",
    "write_registration",
]
