"""A coordinator at the import pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from craftpath.kernel.sheets import SheetImport
from craftpath.kernel.tenancy import everywhere
from tests.cast import Cast
from tests.web.sheets import offices

Upload = Callable[..., Any]


@pytest.fixture
def coordinator(browse: Callable[[str], Client]) -> Client:
    return browse("coordinator")


@pytest.fixture
def at(cast: Cast) -> Callable[..., str]:
    """The address of an import page of the college."""
    return lambda name, *rest: reverse(f"sheets:{name}", args=[cast.college.key, *rest])


@pytest.fixture
def upload(cast: Cast, coordinator: Client, at: Callable[..., str]) -> Upload:
    """Send a file; gives the page that answers, redirects followed."""

    def send(kind: str, content: bytes, name: str = "sheet.xlsx", client: Client | None = None) -> Any:
        target = cast.cohort.public_id if kind == "roster" else cast.evaluation.public_id
        page = (client or coordinator).post(
            at("upload", kind, target), offices.posted(content, name), follow=True
        )
        return page

    return send


def newest() -> SheetImport:
    """The import uploaded last."""
    with everywhere("a test looks at what came in"):
        return SheetImport.objects.select_related("file").order_by("-pk")[0]
