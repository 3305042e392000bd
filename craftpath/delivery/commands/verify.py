"""`craftpath verify`: is this credential whole, in force, not revoked, well formed, and of whom it says? No network."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from craftpath.delivery.commands.complaints import BadInput, Complaint
from craftpath.delivery.commands.files import file_trouble
from craftpath.delivery.commands.speech import Sentences, language, say

if TYPE_CHECKING:
    from craftpath.engines.credentials import Check, Report

VERIFYING: Sentences = {
    "key_form": (
        "a key is written as ADDRESS#NAME=z6Mk…, and this is {given}",
        "密钥须写成 地址#名称=z6Mk…，这里是 {given}",
    ),
    "moment_form": (
        "a date is written as 2026-11-30 or 2026-11-30T08:00:00Z, and this is {given}",
        "日期须写成 2026-11-30 或 2026-11-30T08:00:00Z，这里是 {given}",
    ),
    "fetch_keys": (
        "Fetch {url} yourself and give it with --did.",
        "请自行获取 {url}，并用 --did 给出。",
    ),
    "fetch_list": (
        "Fetch it and give it with --status-list.",
        "请获取该名单，并用 --status-list 给出。",
    ),
    "not_did": ("holds no document with keys", "文件中没有密钥文档"),
    "not_list": ("holds no list of statuses: {why}", "文件中没有状态名单：{why}"),
}


def add_to(commands: Any) -> None:
    """Register the command and its arguments."""
    parser = commands.add_parser("verify", help="check a credential", description=__doc__)
    parser.add_argument(
        "file", type=Path, metavar="FILE", help="a document, a token, or a PNG or SVG with one inside"
    )
    parser.add_argument(
        "--key", action="append", default=[], metavar="ADDRESS#NAME=KEY", help="a key that you know, as z6Mk…"
    )
    parser.add_argument(
        "--did",
        action="append",
        default=[],
        type=Path,
        metavar="did.json",
        help="an issuer's own document of keys",
    )
    parser.add_argument(
        "--status-list",
        action="append",
        default=[],
        type=Path,
        metavar="list.json",
        help="an issuer's signed list",
    )
    parser.add_argument("--at", metavar="DATE", help="as of another day; now if left out")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Check, and say what was found; raises `BadInput`."""
    from craftpath.engines.credentials import check  # noqa: PLC0415  (slow to import)
    from craftpath.engines.credentials.baked import credential_in  # noqa: PLC0415
    from craftpath.engines.credentials.types import Check, Refusal, Report  # noqa: PLC0415

    at = _moment(arguments.at) if arguments.at else datetime.now(UTC)
    keys = dict(_given_key(one) for one in arguments.key)
    for path in arguments.did:
        keys |= _keys_of(path)
    lists = dict(_list(path) for path in arguments.status_list)
    data = _bytes(arguments.file)
    try:
        report = check(credential_in(data), at=at, keys=keys.get, status=_lookup(lists))
    except Refusal as refused:
        unread = [Check(name, None, "not_checked") for name in ("dates", "status", "schema", "issuer")]
        report = Report(False, (Check("proof", False, refused.code, refused.facts), *unread))
    sys.stdout.write(json.dumps(_shown(report), ensure_ascii=False, indent=1) + "\n")
    return 0 if report.valid else 1


def _shown(report: Report) -> dict[str, Any]:
    reader = language()
    return {
        "valid": report.valid,
        "checks": [
            {"name": one.name, "ok": one.ok, "why": one.why_in(reader) + _what_to_do(one)}
            for one in report.checks
        ],
    }


def _what_to_do(one: Check) -> str:
    """What somebody can fetch who wants to know what was left open."""
    space = "" if language().startswith("zh") else " "
    url = _keys_at(one.facts.get("method", "")) if one.code == "key_unknown" else ""
    if url:
        return space + say(VERIFYING, "fetch_keys", url=url)
    return space + say(VERIFYING, "fetch_list") if one.code == "not_looked_up" else ""


def _keys_at(method: str) -> str:
    """Where the document of keys of a `did:web` lies."""
    controller = method.partition("#")[0]
    host, *path = controller.removeprefix("did:web:").split(":")
    if not controller.startswith("did:web:") or not host:
        return ""
    return f"https://{unquote(host)}/{'/'.join(map(unquote, path)) or '.well-known'}/did.json"


def _lookup(lists: dict[str, Any]) -> Callable[[dict[str, Any]], Any]:
    """By its address: of the list itself, or, in 1EdTech's form, of the entry."""
    return lambda entry: lists.get(str(entry.get("statusListCredential", entry.get("id"))))


def _given_key(text: str) -> tuple[str, str]:
    from craftpath.engines.credentials.multikey import ed25519_bytes  # noqa: PLC0415

    method, _, key = text.rpartition("=")
    if ":" not in method or ed25519_bytes(key) is None:
        raise BadInput([Complaint("--key", 1, "key", say(VERIFYING, "key_form", given=text))])
    return method, key


def _keys_of(path: Path) -> dict[str, str]:
    """The keys of an issuer's document that may sign statements."""
    from craftpath.engines.credentials.keyring import keys_of  # noqa: PLC0415
    from craftpath.engines.credentials.reading import parsed  # noqa: PLC0415
    from craftpath.engines.credentials.types import Refusal  # noqa: PLC0415

    try:
        found = keys_of(parsed(_text(path)))
    except Refusal:
        found = {}
    if not found:
        raise BadInput([Complaint(str(path), 1, "file", say(VERIFYING, "not_did"))])
    return found


def _list(path: Path) -> tuple[str, Any]:
    """A list with its address; a list may come as a token, too."""
    from craftpath.engines.credentials.reading import parsed  # noqa: PLC0415
    from craftpath.engines.credentials.tokens import read_token  # noqa: PLC0415
    from craftpath.engines.credentials.types import Refusal  # noqa: PLC0415

    text = _text(path).strip()
    try:
        found = parsed(text) if text.startswith("{") else read_token(text, lambda _: None)[0]
    except Refusal as refused:
        raise BadInput(
            [Complaint(str(path), 1, "file", say(VERIFYING, "not_list", why=str(refused)))]
        ) from None
    return str(found.get("id")), text if not text.startswith("{") else found


def _moment(text: str) -> datetime:
    try:
        if len(text) == len("2026-11-30"):
            return datetime.combine(date.fromisoformat(text), time(12), UTC)
        found = datetime.fromisoformat(text)
    except ValueError:
        raise BadInput([Complaint("--at", 1, "date", say(VERIFYING, "moment_form", given=text))]) from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _text(path: Path) -> str:
    return _bytes(path).decode("utf-8-sig", errors="replace")


def _bytes(path: Path) -> bytes:
    """What a file begins with: enough to see that it is larger than a credential may be, and no more."""
    from craftpath.engines.credentials.baked import BIGGEST  # noqa: PLC0415

    with file_trouble(path, "unreadable"), path.open("rb") as file:
        return file.read(BIGGEST + 1)
