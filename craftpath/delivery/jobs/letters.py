"""What is said of a link by mail or in a chat: who asks, what for, until when, and how to know that it is genuine.

The code is in neither: it goes by another way. What it is about stands behind the code, so no name of an apprentice
and no word of an agreement is written here.
"""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from craftpath.kernel.links import Purpose, SignedLink

NO_SERVER = {"console", "dummy"}


def mails() -> bool:
    """Whether this site has a mail server."""
    return settings.EMAIL_BACKEND.split(".")[-2] not in NO_SERVER


def languages() -> list[tuple[str, str]]:
    """In what a letter can be written, each by its own name."""
    return [(code, str(name)) for code, name in settings.LANGUAGES]


def language_of(link: SignedLink) -> str:
    """The reader's language as far as it is known, else the one in use now."""
    known = link.person.language if link.person is not None else ""
    return known or translation.get_language() or settings.LANGUAGE_CODE


def for_chat(link: SignedLink, address: str, language: str) -> str:
    """A message to paste into a chat."""
    with translation.override(language):
        said = _(
            "%(name)s, %(place)s asks you to %(what)s. Please tap: %(address)s – good until %(day)s. "
            "I tell you the code by telephone; without it the link shows nothing."
        )
        return said % {**_facts(link, language), "address": address}


def for_mail(link: SignedLink, address: str, language: str) -> EmailMessage:
    """The whole letter, in one language."""
    with translation.override(language):
        facts = {**_facts(link, language), "address": address}
        parts = [
            _("%(name)s,") % facts,
            _("%(place)s asks you to %(what)s. It was sent by %(maker)s.") % facts,
            _("Open this link by %(day)s:") % facts + f"\n{address}",
            _(
                "It asks for a code of six digits. %(maker)s tells you the code by telephone, on paper or in person; "
                "it is not in this mail. Without the code the link shows nothing, so do not send the two on together."
            )
            % facts,
            _(
                "How to know that this mail is genuine: nobody asks you for money, a password or the code by mail. "
                "If you do not expect this, ring %(place)s at a number that you know before you open the link."
            )
            % facts,
        ]
        subject = _("%(place)s asks you to %(what)s") % facts
    return EmailMessage(subject, "\n\n".join(parts), to=[link.mail_to])


def _facts(link: SignedLink, language: str) -> dict[str, str]:
    what = {
        Purpose.SIGN: _("read a text and sign it"),
        Purpose.CONFIRM: _("answer the logs of your apprentices"),
        Purpose.CONSENT: _("say, as a guardian, what may be done with the data of your child"),
        Purpose.REGISTER: _("go on with the registration of your enterprise"),
        Purpose.REPLY: _("answer about what your enterprise asked the service desk for"),
    }
    return {
        "name": link.name,
        "place": link.organisation.title.say(language),
        "maker": link.made_by.name if link.made_by is not None else link.organisation.title.say(language),
        "what": what[Purpose(link.purpose)],
        "day": date_format(timezone.localtime(link.expires_at), "DATE_FORMAT"),
    }
