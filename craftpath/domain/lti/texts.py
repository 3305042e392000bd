"""Labels, and one sentence for each reason code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

STATES: dict[str, StrPromise] = {
    "serving": pgettext_lazy("of a tool or platform", "in use"),
    "stopped": pgettext_lazy("of a tool or platform", "stopped"),
}
KEYS: dict[str, StrPromise] = {
    "active": pgettext_lazy("of a key", "signs"),
    "retired": pgettext_lazy("of a key", "followed by another"),
    "revoked": pgettext_lazy("of a key", "revoked"),
}
TELLS: dict[str, StrPromise] = {
    "nothing": _("nothing: everybody comes as a visitor"),
    "number": _("a number that means nothing elsewhere"),
    "name": _("the number and the name"),
    "mail": _("the number, the name and the mail address"),
}
SERVICES: dict[str, StrPromise] = {
    "grades": _("say how somebody did"),
    "members": _("read who takes part"),
}
RETURNS: dict[str, StrPromise] = {
    "came": pgettext_lazy("of a grade", "none yet"),
    "waiting": pgettext_lazy("of a grade", "on its way"),
    "sent": pgettext_lazy("of a grade", "arrived"),
    "failed": pgettext_lazy("of a grade", "not taken"),
}

REASONS: dict[str, StrPromise] = {
    "lti.stopped": _("This connection was stopped. Ask a coordinator of your organisation."),
    "lti.unnamed": _("It has a name of at most %(most)s characters."),
    "lti.address_unclear": _(
        "This is no web address. Copy the whole one, beginning with https://, without “#”."
    ),
    "lti.address_open": _(
        "Messages to %(host)s would go in the clear. Give an address that begins with https://; one inside your own "
        "network has to be allowed by whoever runs the site (CRAFTPATH_HOOK_HOSTS)."
    ),
    "lti.service_unknown": _("There is no such service. Open the page anew."),
    "lti.services_need_a_number": _(
        "A tool that hears nothing of a person cannot say how somebody did, nor who takes part. Give it a number at "
        "least."
    ),
    "lti.without_keys": _(
        "Give the address of its public keys, or the keys themselves as a JSON Web Key Set with RSA keys of at least "
        "2048 bits."
    ),
    "lti.without_redirect": _("Name at least one address to which messages may go, and at most %(most)s."),
    "lti.custom_unfit": _(
        "Custom words are at most %(most)s, each name up to 60 and each value up to 500 characters."
    ),
    "lti.too_many": _("An organisation has at most %(most)s of them."),
    "lti.form_used": _("This form was sent before, for something else. Open it anew."),
    "lti.maximum_unfit": _("The highest score is above 0 and at most 100,000."),
    "lti.platform_twice": _("A platform with this issuer and this client id is registered already."),
    "lti.without_deployment": _(
        "Name at least one deployment id, and at most %(most)s, each up to 255 characters."
    ),
    "lti.key_not_opened": _(
        "The key of your organisation cannot be opened with this site's secret. Follow it by a new one, then try again."
    ),
    "lti.unreadable": _("The message cannot be read. Go back to the platform and open the link once more."),
    "lti.wrong_algorithm": _("The message is not signed with RS256, which the standard asks for."),
    "lti.wrong_signature": _(
        "The signature of the message does not hold: somebody else wrote it, or it was changed."
    ),
    "lti.key_unknown": _("The message is signed with a key that its sender does not publish."),
    "lti.key_unfit": _(
        "The key that its sender publishes cannot be used: it is no RSA key of at least 2048 bits."
    ),
    "lti.keys_unread": _(
        "The public keys of the sender cannot be read at the moment. Try again in a minute."
    ),
    "lti.wrong_issuer": _("The message does not come from the platform that it was asked of."),
    "lti.wrong_audience": _("The message is meant for somebody else."),
    "lti.without_times": _("The message does not say when it was made and when it ends."),
    "lti.expired": _("The message is too old. Go back to the platform and open the link once more."),
    "lti.not_yet": _("The message says that it was made in the future: a clock is wrong."),
    "lti.wrong_nonce": _("This message does not answer what this browser asked. Open the link once more."),
    "lti.used": _("This message was used before. Go back to the platform and open the link once more."),
    "lti.wrong_state": _(
        "This browser did not ask for this message, or it keeps no cookies. Open the link once more, in a window of "
        "its own."
    ),
    "lti.platform_refused": _(
        "The platform did not say who comes. Sign in there and open the link once more."
    ),
    "lti.platform_unknown": _("No organisation here has registered this platform."),
    "lti.deployment_missing": _("The message does not say by which deployment it comes."),
    "lti.deployment_unknown": _("This deployment of the platform is not registered here."),
    "lti.wrong_version": _("The message is not of LTI 1.3.0."),
    "lti.message_missing": _("The message does not say of what kind it is."),
    "lti.message_unknown": _("Messages of this kind are not known here."),
    "lti.resource_missing": _("The message does not say by which link somebody comes."),
    "lti.roles_missing": _("The message does not say in which roles somebody comes."),
    "lti.subject_unfit": _("The message names somebody in a way that the standard does not know."),
    "lti.settings_missing": _("The message does not say where a choice is to be sent."),
    "lti.choice_of_others": _(
        "The platform takes no links to courses here, and courses are all there is to choose."
    ),
    "lti.target_unknown": _("The link leads to nothing that is here, or that still runs."),
    "lti.not_teaching": _("Only somebody who teaches on the platform chooses what a link opens."),
    "lti.joined_already": _("This account of the platform belongs to somebody else here. Ask a coordinator."),
    "lti.not_a_member": _("Sign in as somebody of the organisation that registered the platform."),
    "lti.arrival_over": _("Too much time has passed. Go back to the platform and open the link once more."),
    "lti.choice_unreadable": _(
        "What the tool sent back cannot be used. Nothing was added; choose once more."
    ),
    "lti.choice_failed": _("The tool says that something went wrong: %(said)s"),
    "lti.choice_too_many": _("The tool sent back more than %(most)s links at once. Nothing was added."),
    "lti.request_unfit": _("The tool asks in a way that the standard does not know (%(part)s)."),
    "lti.item_unfit": _("A line item needs a label and a highest score above 0 (%(part)s)."),
    "lti.items_too_many": _("A tool keeps at most %(most)s line items in one course."),
    "lti.item_gone": _("This line item was taken away meanwhile."),
    "lti.item_coupled": _("This line item belongs to a link of the course and stays with it."),
    "lti.score_unfit": _("The score cannot be read (%(part)s)."),
    "lti.score_ahead": _("The time of the score lies in the future: a clock is wrong."),
    "lti.score_older": _("A newer score of this person is known already."),
    "lti.person_unknown": _("Nobody of this course has this number."),
    "lti.no_service": _("The platform does not offer this service for the link."),
    "lti.service_refused": _("The platform refused (status %(status)s)."),
    "lti.service_unread": _("The answer of the platform cannot be read."),
}
