"""Writing plans and hours; each in a room of its own."""

from __future__ import annotations

from craftpath.domain.training.hours import Posting, post_hours, reverse_hours

__all__ = ["Posting", "post_hours", "reverse_hours"]
