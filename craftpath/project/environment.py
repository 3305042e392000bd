"""Typed readers of environment variables; every variable is read once, in `settings.py`."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit


def flag(name: str, *, default: bool = False) -> bool:
    """Read yes or no; anything but 1/true/yes/on is no."""
    value = os.environ.get(name)
    return default if value is None else value.strip().lower() in {"1", "true", "yes", "on"}


def number(name: str, default: int) -> int:
    """Read a whole number; ValueError names the variable."""
    value = os.environ.get(name, "")
    try:
        return int(value) if value else default
    except ValueError as fault:
        raise ValueError(f"{name} must be a whole number, not {value!r}") from fault


def word(name: str, default: str = "") -> str:
    """Read a text."""
    return os.environ.get(name, default)


def words(name: str, default: str = "") -> list[str]:
    """Read a comma-separated list."""
    return [part.strip() for part in word(name, default).split(",") if part.strip()]


def kept_secret(name: str, file: Path) -> str:
    """Read a secret, or make one that stays in a file readable by its owner only."""
    value = os.environ.get(name)
    if value:
        return value
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        made = secrets.token_urlsafe(48)
        partial = file.with_suffix(f".{os.getpid()}")
        partial.touch(mode=0o600)
        partial.write_text(made, encoding="ascii")
        try:
            os.link(partial, file)  # two processes starting at once agree on one secret
        except FileExistsError:
            pass
        finally:
            partial.unlink()
    return file.read_text(encoding="ascii")


def database(url: str, folder: Path) -> dict[str, object]:
    """Read a database address; without one, SQLite in `folder`.

    `postgres://user:password@host:port/name` and `sqlite:///path` are understood; after `?` stand
    `host=/folder` for a socket, `sslmode=…` and the like.
    """
    if not url or url.startswith("sqlite:"):
        path = url.removeprefix("sqlite:///") if url else str(folder / "craftpath.sqlite3")
        pragmas = (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; "
            "PRAGMA cache_size=-64000; PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY;"
        )
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": path,
            "CONN_MAX_AGE": None,  # opening the file anew for every request costs more than most queries
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": pragmas},
        }
    parts = urlsplit(url)
    options: dict[str, object] = dict(parse_qsl(parts.query))  # such as sslmode
    host = parts.hostname or str(options.pop("host", ""))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "OPTIONS": {**options, "pool": {"min_size": 1, "max_size": 8}},
    }


def replicas(urls: list[str], primary: dict[str, object]) -> dict[str, dict[str, object]]:
    """Read the addresses of copies of the database, by alias; ValueError where the site itself is not on PostgreSQL.

    A copy that is away must not keep a page waiting: hence no pool, which would wait for it, and short limits.
    """
    found: dict[str, dict[str, object]] = {}
    for number, url in enumerate(urls, start=1):
        read = database(url, Path())
        if not primary["ENGINE"] == read["ENGINE"] == "django.db.backends.postgresql":
            raise ValueError("CRAFTPATH_REPLICA_URLS needs PostgreSQL on both sides (postgres://…)")
        options = {name: value for name, value in dict(read["OPTIONS"]).items() if name != "pool"}  # type: ignore[call-overload]
        waiting = {"connect_timeout": "2", "tcp_user_timeout": "5000"}
        found[f"replica{number}"] = {
            **read,
            "OPTIONS": waiting | options,
            "CONN_MAX_AGE": None,
            "CONN_HEALTH_CHECKS": True,
            "TEST": {"MIRROR": "default"},
        }
    return found


def mail(url: str) -> dict[str, object]:
    """Read a mail server's address as Django's mail settings; without one, mail is only printed to the log.

    `smtp://user:password@host:587/?from=office@college.example` starts with STARTTLS, `smtps://…:465` is encrypted
    throughout, and `smtp+plain://` is not encrypted at all, for a server on the same machine.
    """
    if not url:
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    if parts.scheme not in {"smtp", "smtps", "smtp+plain"} or not parts.hostname:
        raise ValueError("the address of the mail server begins with smtp://, smtps:// or smtp+plain://")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp",
        "EMAIL_TIMEOUT": 10,
        "DEFAULT_FROM_EMAIL": options.get("from", f"craftpath@{parts.hostname}"),
    }


def openid(server: str, client: str, secret: str, name: str) -> dict[str, object]:
    """Read one OpenID Connect provider as allauth's settings; without a server there is none."""
    if not server:
        return {}
    if not client:
        raise ValueError("an OpenID Connect provider needs CRAFTPATH_OIDC_CLIENT_ID too")
    app = {
        "provider_id": "college",
        "name": name or urlsplit(server).hostname or server,
        "client_id": client,
        "secret": secret,
        # What counts is the signed token; a second source could contradict it.
        "settings": {"server_url": server, "fetch_userinfo": False, "oauth_pkce_enabled": True},
    }
    return {"openid_connect": {"APPS": [app]}}
