"""How allauth behaves here: accounts are made by coordinators, never by sign-up, and it speaks in our words."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

_NO_FIT = _("The number and the password do not fit together. Check both; capitals count in the password.")

# allauth has a sentence for each event; those that only confirm what the page shows anyway stay unsaid.
SAID = {"account/messages/password_changed.txt": _("Your new password is set.")}


class LocalAccounts(DefaultAccountAdapter):
    """Closes sign-up, keeps a closed account out at the form, and words what can go wrong."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _(
            "This account is closed. A coordinator of your organisation can open it again."
        ),
        "email_password_mismatch": _NO_FIT,
        "username_password_mismatch": _NO_FIT,
        "too_many_login_attempts": _(
            "Too many attempts for this number. Wait five minutes, or ask a coordinator for a new slip."
        ),
        "enter_current_password": _("This is not your present password."),
        "incorrect_password": _("This is not your present password."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: an account comes with a roster or an invitation."""
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """Say on the form, to somebody who knows the password, that the account is closed."""
        person = super().authenticate(request, **credentials)
        if person is not None and not person.is_active:
            raise self.validation_error("account_inactive")
        return person

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Our sentence for the event, or none."""
        said = message or SAID.get(message_template or "")
        if said:
            super().add_message(request, level, message=str(said), extra_tags=extra_tags)
