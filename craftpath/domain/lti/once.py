"""What serves once: ids of messages, as hashes, kept until the message would be refused as stale anyway."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from craftpath.domain.lti.models import Once
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.values.verdict import Refused, not_now

KEPT = timedelta(days=2)  # longer than any message lives


@action
def use_once(kind: str, whose: str, value: str, *, by: Actor, at: datetime) -> None:
    """Note that an id was used; Refused if it was before."""
    found = hashlib.sha256(f"{kind}\n{whose}\n{value}".encode("utf-8", "surrogatepass")).hexdigest()
    try:
        with transaction.atomic():
            Once.objects.create(hash=found, until=at + KEPT)
    except IntegrityError:
        raise Refused(not_now("lti.used")) from None


@action
def forget_used(*, by: Actor, at: datetime) -> int:
    """Forget what is stale; once a day is enough."""
    return Once.objects.filter(until__lt=at).delete()[0]
