"""Whatever an apprentice or a mentor types or bends, a page of ours answers."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.cast import Cast
from tests.house.furnishing import furnish
from tests.house.hostile import ANSWERS, JUNK, quoted
from tests.house.visitors import undone

ASKED = ("from", "entry", "page")
POSTED = (
    "made_id", "base", "text", "hours", "skill", "on", "place", "bucket", "unit", "do", "entry", "revision", "phrase",
    "words", "outcome", "writes",
)  # fmt: skip


@pytest.mark.parametrize(("who", "place"), [("apprentice", "lanchuan"), ("mentor", "jinheng")])
def test_junk_breaks_no_page(browse: Callable[[str], Client], cast: Cast, who: str, place: str) -> None:
    """The room is furnished once; what one kind of junk wrote is undone before the next."""
    ids, client = furnish(cast), browse(who)
    for kind, junk in JUNK.items():
        text = quoted(junk)
        query, body = ("&".join(f"{name}={text}" for name in names) for names in (ASKED, POSTED))
        for page in (
            "log/", "log/team/", "log/team/confirm/", f"log/{ids['entry']}/back/", f"log/{ids['entry']}/talk/",
            f"log/versions/{ids['version']}/", f"log/files/{ids['file']}/", f"log/files/{text[:300]}/", "sync/",
        ):  # fmt: skip
            address = f"/o/{place}/{page}"
            with undone(client):
                assert client.get(f"{address}?{query}").status_code in ANSWERS, (kind, page)
                sent = client.post(address, data=body, content_type="application/x-www-form-urlencoded")
                assert sent.status_code in ANSWERS, (kind, page)
