"""A copy of all public pages of certificates as plain files, for any web server, for years.

It lies as the addresses do: put the folder where the site was, and every square on every paper leads to its page. A
file is written where its bytes have changed, whole and in one step; none is ever taken away: what was revoked says so.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from craftpath.delivery.exchange.certified import credential_file
from craftpath.delivery.exchange.certified_badge import badge
from craftpath.delivery.exchange.certified_page import Frame, Links, certificate_html, framed, today_of
from craftpath.domain.certificates import listing

if TYPE_CHECKING:
    from craftpath.domain.certificates.models import Certificate

SHEETS = ("tokens.css", "verify.css")
SPOKEN = {"zh": "zh-hans", "en": "en"}
AT_ONCE = 500


@dataclass(slots=True)
class Copied:
    """How many certificates there are, and how many files were written and left as they were."""

    certificates: int = 0
    written: int = 0
    same: int = 0


def copy_everything(folder: Path, sheets: Path, at: datetime) -> Copied:
    """Write the copy; `sheets` is where the site's own style sheets lie. What was there and is the same stays."""
    done = Copied()
    for name in SHEETS:
        _write(folder / "c" / name, (sheets / name).read_bytes(), done)
    for row in listing.everything().iterator(chunk_size=AT_ONCE):
        done.certificates += 1
        for path, content in _files(row, at):
            _write(folder / "c" / row.public_id / path, content, done)
    for path, content in _documents():
        _write(folder / path, content, done)
    for language, name in _names():
        with translation.override(language):
            _write(folder / "c" / name, _front(done.certificates, at), done)
    return done


def _names() -> list[tuple[str, str]]:
    """The language of the site has the plain name, the other one its own."""
    own = "zh" if settings.LANGUAGE_CODE.startswith("zh") else "en"
    return [(SPOKEN[key], "index.html" if key == own else f"{key}.html") for key in SPOKEN]


def _frame(depth: str, as_of: str) -> Frame:
    return Frame(
        styles=tuple(f"{depth}{name}" for name in SHEETS),
        languages=tuple((code[:2], name) for code, name in _names()),
        last=(as_of, _("This is a copy: when it was made")) if as_of else ("", ""),
    )


def _files(row: Certificate, at: datetime) -> Iterator[tuple[str, bytes]]:
    today, newer, key = today_of(row, at), getattr(row, "replaced_by", None), row.organisation.key
    for language, name in _names():
        with translation.override(language):
            links = Links(
                credential="credential.json",
                token="credential.jwt",  # noqa: S106  (the name of a file)
                badge="badge.svg",
                status=f"../status/{key}/{row.status_list.number}.json",
                keys=f"../../at/{key}/did.json",
                newer=f"../{newer.public_id}/{name}" if newer else "",
                older=f"../{row.replaces.public_id}/{name}" if row.replaces else "",
            )
            yield name, certificate_html(row, today, links, _frame("../", f"../{name}"))
    yield "credential.json", credential_file(row)
    yield "badge.svg", badge(row)
    yield "credential.jwt", row.token.encode()


def _documents() -> Iterator[tuple[str, bytes]]:
    """Lists of what does not hold any more, and the keys of every issuer."""
    for key, number in listing.list_names():
        content = listing.signed_list(key, number)
        if content is not None:
            yield f"c/status/{key}/{number}.json", content
    for key in listing.issuers():
        content = listing.keys_of_organisation(key)
        if content is not None:
            yield f"at/{key}/did.json", content
    content = listing.keys_of_site()
    if content is not None:
        yield ".well-known/did.json", content


def _front(count: int, at: datetime) -> bytes:
    """What stands at the door of the copy: how old it is, and how one reads it. It also keeps ids from being listed."""
    made = date_format(localdate(at), "DATE_FORMAT")
    lines = [
        ngettext("%(count)s certificate, as on %(day)s.", "%(count)s certificates, as on %(day)s.", count)
        % {"count": count, "day": made},
        _(
            "What was revoked or replaced after that day is not in it yet. A last day counts whatever the page says."
        ),
        _("Scan the square on a paper, or type the address that stands under it."),
    ]
    heading = _("A copy of certificates")
    content = f"<h1>{escape(heading)}</h1>" + "".join(f"<p>{escape(line)}</p>" for line in lines)
    return framed(pgettext("to be checked", "Certificates"), content, _frame("", ""))


def _write(path: Path, content: bytes, done: Copied) -> None:
    """Put a file there in one step, unless it is there already."""
    if path.is_file() and path.read_bytes() == content:
        done.same += 1
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    fresh.write_bytes(content)
    fresh.replace(path)
    done.written += 1
