"""Whatever an apprentice or a mentor types or bends, a page of ours answers."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.cast import Cast
from tests.house.furnishing import furnish
from tests.house.hostile import ANSWERS, JUNK, quoted

ASKED = ("from", "entry", "page")
POSTED = (
    "made_id", "base", "text", "hours", "skill", "on", "place", "bucket", "unit", "do", "entry", "revision", "phrase",
    "words", "outcome", "writes",
)  # fmt: skip


@pytest.mark.parametrize("junk", list(JUNK))
@pytest.mark.parametrize(("who", "place"), [("apprentice", "lanchuan"), ("mentor", "jinheng")])
def test_junk_breaks_no_page(
    browse: Callable[[str], Client], cast: Cast, junk: str, who: str, place: str
) -> None:
    ids = furnish(cast)
    client, text = browse(who), quoted(JUNK[junk])
    query, body = ("&".join(f"{name}={text}" for name in names) for names in (ASKED, POSTED))
    for page in (
        "log/", "log/team/", "log/team/confirm/", f"log/{ids['entry']}/back/", f"log/{ids['entry']}/talk/",
        f"log/versions/{ids['version']}/", f"log/files/{ids['file']}/", f"log/files/{text[:300]}/", "sync/",
    ):  # fmt: skip
        address = f"/o/{place}/{page}"
        assert client.get(f"{address}?{query}").status_code in ANSWERS, page
        sent = client.post(address, data=body, content_type="application/x-www-form-urlencoded")
        assert sent.status_code in ANSWERS, page
