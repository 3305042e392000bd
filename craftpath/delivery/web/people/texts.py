"""Why somebody gets no slip, role or invitation here, in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

REASONS = {
    "kernel.password_own": _("This is you. Change your own password in the settings."),
    "kernel.person_of_another": _("This person has no role at your organisation."),
    "kernel.person_elsewhere": _(
        "This person has a role at another organisation too. Somebody who looks after both makes the slip."
    ),
    "kernel.person_inactive": _("This person no longer signs in."),
    "kernel.role_own": _("These are your own roles. Somebody else who looks after people changes them."),
    "kernel.role_above_own": _(
        "This role may do more than yours does. An administrator of your organisation gives or ends it."
    ),
    "kernel.role_by_roster": _("Apprentices come with a roster; import it under Imports."),
    "kernel.role_of_record": _(
        "An apprentice's role stays, so that one's own record stays readable. End the enrolment in the cohort."
    ),
    "kernel.role_ended": _("This role has ended already. Invite the person anew if it should go on."),
    "kernel.role_last": _(
        "After %(name)s nobody would be left for this work at the organisation. Give the role to somebody else first."
    ),
    "kernel.role_held_again": _("This person was given the same role again; end that one first."),
    "kernel.end_in_the_past": _("The end must lie after today and after the beginning."),
    "kernel.end_without_reason": _("Say why the role ends; the history keeps it."),
    "kernel.invitation_accepted": _(
        "This invitation was accepted already. Sign in with the account it was for."
    ),
    "kernel.invitation_withdrawn": _(
        "This invitation was withdrawn. Ask whoever gave it to you for a new one."
    ),
    "kernel.invitation_expired": _(
        "This invitation has run out; it is good for two weeks. Ask whoever gave it to you for a new one."
    ),
    "kernel.invitation_unknown": _(
        "This link leads to no invitation. Check that it is whole, or ask whoever gave it to you for a new one."
    ),
    "kernel.invitation_void": _(
        "Whoever sent this invitation may no longer give the role. Ask a coordinator of the organisation."
    ),
    "kernel.invitation_for_another": _(
        "This invitation is for somebody else. Sign out if another account of yours is meant, or give it back."
    ),
    "kernel.invitation_sign_in": _(
        "You have an account here already. Sign in with it, then open the link again."
    ),
}
