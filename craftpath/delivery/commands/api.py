"""`craftpath api`: ask the REST API of a site from a script; pages are followed, one JSON object a line.

Exit 0: done. Exit 2: it was refused, with the reason on standard error.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from craftpath.client.transport import Failed, Problem, Transport
from craftpath.delivery.commands.complaints import BadInput, Complaint
from craftpath.delivery.commands.files import file_complaint, file_trouble
from craftpath.delivery.commands.speech import Sentences, language, say

METHODS = ("GET", "POST", "PUT")
ASKING: Sentences = {
    "pair_form": (
        "a filter is written as name=value, and this is {given}",
        "筛选条件须写成 名称=值，这里是 {given}",
    ),
    "not_json": ("holds no JSON", "文件中没有 JSON"),
    "no_token": ("holds no token", "文件中没有令牌"),
    "path_form": (
        "an address begins with / and stands behind /api/v1, and this is {given}",
        "地址须以 / 开头，位于 /api/v1 之后，这里是 {given}",
    ),
}


def add_to(commands: Any) -> None:
    """Register the command and its arguments."""
    parser = commands.add_parser("api", help="ask the API of a site", description=__doc__)
    parser.add_argument("method", choices=METHODS, help="what to do")
    parser.add_argument("path", metavar="/PATH", help="what stands behind /api/v1, such as /log/entries")
    parser.add_argument("filters", nargs="*", metavar="NAME=VALUE", help="filters of a list")
    parser.add_argument("--site", default="http://127.0.0.1:8000", metavar="URL", help="address of the site")
    parser.add_argument(
        "--token-file", type=Path, metavar="FILE", help="file with the token, which others cannot read"
    )
    parser.add_argument("--body", type=Path, metavar="FILE", help="JSON to send; - reads standard input")
    parser.add_argument("--key", metavar="KEY", help="names a write, so that sending it twice does it once")
    parser.add_argument("--most", type=int, default=0, metavar="N", help="stop after so many items of a list")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Ask and print; raises `BadInput`."""
    site = Transport(arguments.site, _token(arguments.token_file), language())
    if not arguments.path.startswith("/"):
        raise BadInput([_complaint("/PATH", "path_form", given=arguments.path)])
    query = dict(_pair(one) for one in arguments.filters)
    body = _json(arguments.body) if arguments.body is not None else None
    try:
        if arguments.method == "GET":
            _print_all(site, arguments.path, query, arguments.most)
        else:
            headers = {"Idempotency-Key": arguments.key} if arguments.key else {}
            found = site.send(arguments.method, arguments.path, query=query, body=body, headers=headers)
            _print(found.content)
    except Problem as refused:
        lines = [f"{refused.status} {refused.code}: {refused.detail}"]
        lines += [f"  {wrong['at']}: {wrong['detail']}" for wrong in refused.errors]
        sys.stderr.write("\n".join(lines) + "\n")
        return 2
    except Failed as failed:
        sys.stderr.write(f"{failed}\n")
        return 2
    return 0


def _print_all(site: Transport, path: str, query: dict[str, str], most: int) -> None:
    """One thing as it is; of a list all pages, one item a line, each as soon as it is there."""
    first = site.send("GET", path, query=query).content
    if not (isinstance(first, dict) and "items" in first and "next" in first):
        _print(first)
        return
    items = site.pages(path, query | ({"limit": str(min(most, 200))} if most else {}))
    for number, item in enumerate(items, start=1):
        _print(item)
        if number == most:
            return


def _print(content: Any) -> None:
    if content is not None:
        sys.stdout.write(json.dumps(content, ensure_ascii=False) + "\n")
        sys.stdout.flush()


def _token(path: Path | None) -> str:
    """The file may hold the token alone, or after `token=`; no token asks for what needs none."""
    if path is None:
        return ""
    text = _read(path).strip().removeprefix("token=").strip()
    if not text or not text.isascii() or not text.isprintable():
        raise BadInput([_complaint(str(path), "no_token")])
    return text


def _json(path: Path) -> Any:
    try:
        return json.loads(sys.stdin.read() if str(path) == "-" else _read(path))
    except ValueError:
        raise BadInput([_complaint(str(path), "not_json")]) from None


def _read(path: Path) -> str:
    with file_trouble(path, "unreadable"):
        content = path.read_bytes()
    try:
        return content.decode()
    except UnicodeDecodeError:
        raise BadInput([file_complaint(path, 1, "not_utf8")]) from None


def _pair(given: str) -> tuple[str, str]:
    name, mark, value = given.partition("=")
    if not (mark and name):
        raise BadInput([_complaint("NAME=VALUE", "pair_form", given=given)])
    return name, value


def _complaint(where: str, code: str, **facts: str) -> Complaint:
    return Complaint(where, 1, "argument", say(ASKING, code, **facts))
