"""Labels, phrases for what is asked often, and one sentence for each reason code."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

REASONS = {
    "claims.not_yours": _("Everybody claims the own certificates."),
    "claims.own": _("Nobody verifies the own certificate. Ask a colleague."),
    "claims.incomplete": _(
        "Say what the certificate is called, who issued it and its number, as they are printed."
    ),
    "claims.level_unknown": _("Choose a level of the list."),
    "claims.not_issued_yet": _("The day of issue lies ahead. Look at the certificate again."),
    "claims.days_unclear": _("The last day comes after the day of issue."),
    "claims.expired": _("The certificate ended on %(on)s. What has expired does not count."),
    "claims.no_evidence": _("Add a photo, a PDF or the file of a digital credential: one at least."),
    "claims.too_many": _("At most %(most)s files fit. Take one out first."),
    "claims.claimed_already": _("You have claimed this certificate already."),
    "claims.not_open": _("This claim is not open any more."),
    "claims.changed_since": _("The claim has changed since you opened it. Read it again."),
    "claims.say_how": _("Say how you verified it."),
    "claims.say_why": _("Choose a reason or write one, in at most %(most)s characters."),
    "claims.too_long": _("At most %(most)s characters fit."),
    "claims.look_at_doubles": _(
        "Somebody else claims this number as well. Look at both claims, then tick that you have."
    ),
    "claims.held_by_another": _(
        "This number of this issuing body is verified for somebody else. One certificate has one holder: "
        "take the other verification back first if it was wrong."
    ),
    "claims.wrong_evidence": _("Photos, PDF and digital credentials (JSON, JWT, badge as PNG) are taken."),
    "claims.issuer_unclear": _("Say the name of the issuer and its DID, such as did:web:example.cn."),
    "claims.issuer_known": _("This issuer is among the trusted ones already."),
}

STATES = {
    "claimed": pgettext_lazy("a claim", "Waiting"),
    "returned": pgettext_lazy("a claim", "Returned"),
    "verified": pgettext_lazy("a claim", "Verified"),
    "refused": pgettext_lazy("a claim", "Refused"),
    "withdrawn": pgettext_lazy("a claim", "Withdrawn"),
    "revoked": pgettext_lazy("a claim", "Verification taken back"),
}

HOW = {
    "register": _("Looked up in the public register"),
    "original": _("Saw the original"),
    "issuer": _("Asked the issuing body"),
    "signature": _("Checked the digital signature"),
}

OUTCOMES = {
    "verified": pgettext_lazy("what an officer did", "verified"),
    "returned": pgettext_lazy("what an officer did", "returned"),
    "refused": pgettext_lazy("what an officer did", "refused"),
    "revoked": pgettext_lazy("what an officer did", "took the verification back"),
}

RETURNING = {
    "unreadable": _("The picture cannot be read. Please take it again in good light."),
    "missing_page": _("A page is missing: please add the one with number and seal."),
    "number_differs": _("The number in the picture is another one than you wrote."),
    "name_differs": _("The name on the certificate is not yours. Please explain it or add a proof."),
    "wrong_level": _("The level is of another scheme. Please choose it again."),
    "bring_original": _("Please show the original at the office."),
}

REFUSING = {
    "not_found": _("The register does not know this number."),
    "other_person": _("The register names another holder."),
    "no_longer_valid": _("The issuing body has withdrawn it."),
    "not_a_certificate": _("This proves attendance, not a level."),
}
