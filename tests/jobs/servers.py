"""Mail servers that misbehave."""

from __future__ import annotations

from typing import Any

from django.core.mail.backends.base import BaseEmailBackend


class Down(BaseEmailBackend):
    """Nobody answers."""

    def send_messages(self, email_messages: Any) -> int:
        """Fail as a closed port does."""
        raise ConnectionRefusedError("nobody listens")
