"""Every environment variable that `project/settings.py` reads, found in its source."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.core.management.base import CommandError

from craftpath.delivery.commands.reference import marking

WHAT = (
    "A site is set up through environment variables. Each is read once, in `craftpath/project/settings.py`; without\n"
    "any of them the site runs on this machine with SQLite in `var/`. The default is what the source says.\n"
    "`craftpath evaluate` reads only the locale (`LC_ALL`, `LC_MESSAGES`, `LANG`), for the language of its messages."
)

# A variable that is read and not explained here stops the command.
MEANINGS = {
    "CRAFTPATH_VAR": "folder of what the site writes (`VAR` below): database, kept files, static files, secret key",
    "CRAFTPATH_DEMO": "a demo site: made-up people, sign-in by one click; never on a site with real people",
    "CRAFTPATH_DEBUG": "for developers: faults are shown with their source, templates are read anew each time",
    "CRAFTPATH_SECRET_KEY": "signs sessions; if it is not given, one is made and kept in the file",
    "CRAFTPATH_HOSTS": "names under which the site answers, with commas between them",
    "CRAFTPATH_ORIGINS": "origins (`https://…`) whose forms are accepted, where a proxy changes them",
    "CRAFTPATH_ADDRESS": "where the site lives for good; stands in statements and papers, which outlive a machine",
    "CRAFTPATH_CONTENT_ADDRESS": "origin that plays packages of courses, never the site's own; `serve` starts one",
    "CRAFTPATH_HTTPS": "the site is reached by HTTPS only: secure cookies, HSTS, and the proxy's word on the scheme",
    "CRAFTPATH_DATABASE_URL": "`postgres://user:password@host:port/name` or `sqlite:///path`; else SQLite in `VAR`",
    "CRAFTPATH_REPLICA_URLS": "replicas (`postgres://…`) that pages are read from, with commas between them",
    "CRAFTPATH_REPLICA_LAG": "seconds that a replica may be behind; one that is further behind is left aside",
    "CRAFTPATH_API_A_MINUTE": "requests that a token of the API may send in a minute",
    "CRAFTPATH_LEASE": "seconds without a sign of life after which another worker takes over what one was doing",
    "CRAFTPATH_XAPI_LIMIT": "megabytes that one request to the learning record store may bring, attachments included",
    "CRAFTPATH_PROXIES": "number of proxies before the site, so that sign-in limits count the real caller",
    "CRAFTPATH_OIDC_SERVER": "OpenID Connect provider (`https://…`) that people may sign in with; else there is none",
    "CRAFTPATH_OIDC_CLIENT_ID": "what the provider calls this site",
    "CRAFTPATH_OIDC_SECRET": "what this site proves itself with to the provider",
    "CRAFTPATH_OIDC_NAME": "what the button of the sign-in page calls the provider; else its host",
    "CRAFTPATH_OIDC_CLAIM": "claim that holds the sign-in name; else an e-mail that the provider verified decides",
    "CRAFTPATH_FONT": "a whole Chinese font file for papers, perhaps with `#face`; else the one of Debian",
    "CRAFTPATH_MAIL": "mail server: `smtp://user:password@host:587/?from=address`; without it no mail is sent",
    "CRAFTPATH_CONTACT": "e-mail address to which catalogues that read this one write; else the sender of mail",
    "CRAFTPATH_HOOK_HOSTS": (
        "hosts of web hooks, tools and account services that may lie inside the network and need no encryption; "
        "usually none"
    ),
    "CRAFTPATH_DIGEST_HOUR": "hour of the day, by an organisation's own clock, from which the daily digest goes out",
    "CRAFTPATH_LANGUAGE": "language where neither person nor browser asks for one: `zh-hans` or `en`",
    "CRAFTPATH_TIME_ZONE": "time zone where a person has chosen none",
}
KINDS = {
    "flag": "yes/no",
    "number": "whole number",
    "word": "text",
    "words": "list",
    "kept_secret": "text",
}


@dataclass(frozen=True, slots=True)
class Variable:
    """One reading: what kind of value, what stands in the source as its default, which setting it makes."""

    name: str
    kind: str
    default: str
    setting: str


def page() -> str:
    """The page; `CommandError` names a variable without a meaning, or a meaning without a variable."""
    found = list(variables((settings.PACKAGE / "project" / "settings.py").read_text("utf-8")))
    unexplained = {variable.name for variable in found} ^ set(MEANINGS)
    if unexplained:
        raise CommandError(f"explain in {__name__}.MEANINGS, or remove: {', '.join(sorted(unexplained))}")
    rows = [
        [
            marking.code(variable.name),
            variable.kind,
            marking.code(variable.default) or "–",
            marking.code(variable.setting),
            MEANINGS[variable.name],
        ]
        for variable in found
    ]
    head = ["variable", "kind", "default", "setting", "meaning"]
    return marking.page("Settings", WHAT, marking.table(head, rows))


def variables(source: str) -> Iterator[Variable]:
    """Each `env.<kind>("NAME", default)` in the order of the source."""
    for statement in ast.parse(source).body:
        if not isinstance(statement, ast.Assign):
            continue
        setting = ast.unparse(statement.targets[0])
        for node in ast.walk(statement.value):
            match node:
                case ast.Call(
                    func=ast.Attribute(value=ast.Name(id="env"), attr=kind),
                    args=[ast.Constant(value=str(name)), *rest],
                ):
                    yield Variable(name, KINDS[kind], _default(rest), setting)


def _default(rest: list[ast.expr]) -> str:
    """The second argument as the source writes it, without the quotes of a plain text."""
    if not rest:
        return ""
    match rest[0]:
        case ast.Constant(value=str(text)):
            return text
        case other:
            return ast.unparse(other)
