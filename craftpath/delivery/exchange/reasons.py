"""Why something is refused, as one sentence in the open language; every door asks here.

Each noun's `texts.py` brings its own sentences; those of the kernel stand here.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from craftpath.values.verdict import Verdict

REASONS: dict[str, Any] = {
    "kernel.role_lacks": _("Your role does not include this. Ask a coordinator of your organisation."),
    "kernel.belongs_to_another": _(
        "This belongs to another organisation; you may look at it, not change it."
    ),
    "kernel.sheet_ended": _("This import has ended. Upload the sheet again if something is still to come."),
    "kernel.sheet_not_committed": _("Only an import that was taken in can be undone."),
    "kernel.sheet_undo_too_late": _(
        "An import can be undone for %(hours)s hours, and this one is older. Upload a sheet with the right values "
        "instead: every earlier value stays in the history."
    ),
    "kernel.work_without_role": _(
        "Whoever asked for this has no role here any more. Nothing was imported; start it again yourself."
    ),
    "kernel.work_failed": _(
        "Something went wrong while this was worked on, and nothing was imported. Try again; if it happens twice, "
        "tell whoever runs this site."
    ),
    "kernel.file_lost": _(
        "The file “%(name)s” is not where it was kept. Tell whoever runs this site; what was imported stands."
    ),
    "kernel.file_not_kept": _(
        "The file cannot be stored at the moment, and nothing was changed. Tell whoever runs this site, then try again."
    ),
    "kernel.not_a_picture": _("This file is no picture that can be read: use JPEG, PNG or WebP."),
    "kernel.not_a_recording": _("This file is no recording that can be read."),
    "kernel.file_not_known": _(
        "This kind of file is not taken. Photos (JPEG, PNG, WebP), videos (MP4, WebM), PDF, DXF, plain text and "
        "office files without macros are."
    ),
    "kernel.file_too_large": _("The file is larger than %(megabytes)s MB."),
    "kernel.notice_without_text": _(
        "A notice has words in at least one language, at most %(longest)s characters."
    ),
    "kernel.calendar_twice": _("%(on)s stands twice in this calendar. A day is free or worked, not both."),
    "kernel.calendar_works_already": _(
        "%(on)s is a workday anyway. Only a day of the weekend can be swapped for one."
    ),
    "kernel.calendar_outside": _("%(on)s does not lie in this year."),
    "kernel.calendar_year_unknown": _(
        "A calendar is for a year from 2000 to 2099 with at least one workday a week."
    ),
    "kernel.calendar_country_unknown": _("The public holidays of “%(country)s” are not known here."),
    "kernel.calendar_days_unclear": _(
        "The last day does not lie before the first one, and both lie in the same year."
    ),
    "kernel.calendar_free_already": _("%(on)s is free anyway: nobody works on it."),
    "kernel.topic_unknown": _("Choose at least one topic of the list."),
    "kernel.hook_twice": _("This address is among your web hooks already."),
    "kernel.hooks_too_many": _("An organisation has at most %(most)s web hooks. Remove one first."),
    "kernel.hook_not_https": _("The address begins with https://. Anything else could be read on its way."),
    "kernel.hook_address_unclear": _(
        "This is no address of a bot. Copy the whole address that the group chat shows, without spaces."
    ),
    "kernel.hook_host_unknown": _("There is no “%(host)s”. Look for a slip in the address."),
    "kernel.hook_inside": _(
        "“%(host)s” leads inside the network of this site, and messages only go out of it. "
        "Whoever runs the site can allow single hosts."
    ),
    "kernel.hook_slow": _("No answer within %(seconds)s seconds."),
    "kernel.hook_closed": _("“%(host)s” does not take connections."),
    "kernel.hook_certificate": _("“%(host)s” does not prove who it is: its certificate is not valid."),
    "kernel.hook_broke_off": _("The connection broke off before there was an answer."),
    "kernel.hook_redirects": _("The address sends on to another one (%(status)s), which is not followed."),
    "kernel.hook_answered": _("The other side answered with status %(status)s."),
    "kernel.hook_answered_otherwise": _("The answer is not one of such a bot. Is the kind of bot right?"),
    "kernel.hook_bot_refused": _(
        "The bot refused the message (code %(status)s): its address may have been withdrawn, or it asks for a keyword."
    ),
    "kernel.hook_is_off": _("The web hook was switched off before the message could go."),
    "kernel.hook_secret_lost": _(
        "The signing secret cannot be opened any more, so nothing was sent unsigned. Make a new secret."
    ),
    "kernel.client_scope_lacks": _("This token may not be used for that; it lacks the scope “%(scope)s”."),
    "kernel.client_makes_none": _("Tokens are made and named by people at a page, never by another token."),
    "kernel.client_needs_person": _(
        "Only somebody's own token does this: a service token acts for nobody who could answer for it."
    ),
    "kernel.client_no_role": _("You have no role there, so a token would open nothing."),
    "kernel.client_without_role": _("A service token has at least one role of the list."),
    "kernel.client_role_above": _("You can give a service token only roles of offices that you could give."),
    "kernel.client_without_name": _("Give the token a name by which you will know it again."),
    "kernel.client_scope_unknown": _("Choose at least one use of the list."),
    "kernel.client_life": _("A token ends on a day that lies ahead, within a year."),
    "kernel.clients_too_many": _("At most %(most)s tokens serve at a time. Revoke one first."),
    "kernel.directory_name_taken": _("“%(name)s” is in the directory already."),
    "kernel.directory_name_length": _("A name has at least one and at most %(most)s characters."),
    "kernel.directory_gone": _("The directory does not know this any more."),
    "kernel.directory_member_unknown": _(
        "Nobody of this directory has the id “%(id)s”; groups within groups are not taken."
    ),
    "kernel.directory_role_unknown": _("There is no such role."),
    "kernel.directory_by_hand": _("What a group means is decided by people at a page, never by a token."),
    "kernel.directory_by_service": _("SCIM takes a service token of the organisation, nobody's own."),
    "kernel.directory_not_as_seen": _(
        "Since you looked, somebody came into the group or left it. Look again, then decide."
    ),
    "kernel.sign_on_by_hand": _("Ways to sign in are kept by people at a page, never by a token."),
    "kernel.sign_ons_too_many": _("An organisation has at most %(most)s ways to sign in. Remove one first."),
    "kernel.sign_on_without_secret": _("Enter the secret that the other side gave to this site."),
    "kernel.sign_on_without_claim": _("Say which claim holds the number."),
    "kernel.sign_on_unclear": _("A name, what the other side calls this site, and its address belong to it."),
    "kernel.sign_on_groups_too_many": _("At most %(most)s groups can mean something."),
    "kernel.sign_on_is_off": _("This way to sign in is switched off."),
    "kernel.sign_on_unknown": _(
        "You are signed in there, but nobody of this organisation is known under that account. Ask a coordinator to "
        "enter the same e-mail or number here, or to invite you."
    ),
    "kernel.sign_on_closed": _(
        "This account is closed. A coordinator of your organisation can open it again."
    ),
    "kernel.sign_on_taken": _(
        "Your account here is linked to another account there. A coordinator ends that link with a new slip."
    ),
    "kernel.sign_on_elsewhere": _(
        "You have a role at another organisation too, and one organisation's account opens no other. Sign in with "
        "your password, then link the account under Settings."
    ),
    "kernel.sign_on_unfit": _(
        "The answer of the sign-in service does not fit what was asked. Begin again from the sign-in page."
    ),
    "kernel.sign_on_not_yours": _(
        "You have no role at this organisation, so its account is not linked to yours here."
    ),
    "kernel.sign_on_encrypted": _(
        "The sign-in service encrypts its answer, and this site takes signed answers that are not encrypted. Whoever "
        "runs the service switches the encryption of assertions off for this site."
    ),
    "kernel.sign_on_stopped": _("You stopped the sign-in there. Nothing was changed."),
    "kernel.sign_on_silent": _("The sign-in service does not answer. Try again later, or use your password."),
    "kernel.consent_not_asked": _("For this purpose no consent is asked: contract or law require it."),
    "kernel.consent_is_ones_own": _(
        "Everybody answers for oneself; a guardian's answer is noted with the name."
    ),
    "kernel.consent_missing": _(
        "This needs a consent that was not given. It stands under Privacy in the settings."
    ),
    "kernel.consent_withdrawn": _("The consent for this was withdrawn. It can be given again under Privacy."),
    "flow.not_now": _("This is not possible any more: somebody was quicker, or the step is done."),
}


def learn_reasons(reasons: dict[str, Any]) -> None:
    """Add a noun's sentences; a code has one sentence."""
    REASONS.update(reasons)


def sentence(verdict: Verdict) -> str:
    """The reason in the open language, with its facts; the bare code if a sentence is missing."""
    text = REASONS.get(verdict.reason)
    if text is None:
        return verdict.reason
    said = {
        name: date_format(value, "DATE_FORMAT") if isinstance(value, date) else value
        for name, value in verdict.facts.items()
    }
    return str(text) % said
