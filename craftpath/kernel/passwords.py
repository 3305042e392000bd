"""The cost of a password hash, chosen by measurement; `docs/decisions/0013-password-cost.md` has the figures."""

from __future__ import annotations

from django.contrib.auth.hashers import Argon2PasswordHasher


class MeasuredArgon2(Argon2PasswordHasher):
    """argon2id, 19 MiB, two passes, one lane: the least that current guidance accepts, a burst of sign-ins bears it."""

    time_cost = 2
    memory_cost = 19 * 1024  # KiB
    parallelism = 1
