"""Until when everything that was stored can be read: a transaction that is still storing is waited for."""

from __future__ import annotations

import threading
from datetime import datetime

import pytest
from django.db import connection, transaction

from craftpath.domain.activity.storing import begin_storing, stored_through


@pytest.mark.django_db(transaction=True)
def test_what_is_still_being_stored_is_not_passed_over() -> None:
    if connection.vendor != "postgresql":
        first = stored_through()
        with transaction.atomic():
            assert first <= begin_storing()
        return
    began, done = threading.Event(), threading.Event()
    told: list[datetime] = []

    def store() -> None:
        with transaction.atomic():
            told.append(begin_storing())
            began.set()
            done.wait(20)
        connection.close()

    other = threading.Thread(target=store)
    other.start()
    assert began.wait(20)
    assert stored_through() < told[0]
    done.set()
    other.join()
    assert stored_through() > told[0]
