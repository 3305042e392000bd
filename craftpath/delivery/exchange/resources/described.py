"""A resource as catalogues speak of it: plain values, made of rows for going out, and of XML for coming in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings

from craftpath.delivery.exchange.plain_text import has_chinese
from craftpath.delivery.exchange.resources.forms import FORMS
from craftpath.delivery.exchange.resources.guessing import licence_in
from craftpath.domain.resources.states import LICENCES
from craftpath.domain.standards.queries import skills_by_key
from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.domain.resources.models import Resource

_PARTED = re.compile(r"\s*[;；、]\s*")
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
LONGEST = {
    "title": 200, "abstract": 2000, "authors": 200, "keywords": 200, "address": 500, "audience": 200, "rights": 200,
}  # fmt: skip


@dataclass(slots=True)
class Description:
    """What is said of a resource; `subjects` are names of its occupation and skills, which only go out."""

    identifier: str = ""
    title: dict[str, str] = field(default_factory=dict)
    abstract: dict[str, str] = field(default_factory=dict)
    authors: str = ""
    keywords: str = ""
    language: str = ""
    kind: str = ""
    media_type: str = ""
    size: int = 0
    licence: str = ""
    rights: str = ""
    address: str = ""
    audience: str = ""
    subjects: list[dict[str, str]] = field(default_factory=list)
    made_at: datetime | None = None

    def record(self) -> dict[str, Any]:
        """What a suggestion keeps of it, each as long as a row has room for."""
        said = asdict(self)
        for name in ("subjects", "made_at", "size"):
            del said[name]
        for name, most in LONGEST.items():
            value = said[name]
            said[name] = (
                {key: words[:most] for key, words in value.items()}
                if isinstance(value, dict)
                else value[:most]
            )
        return {name: value for name, value in said.items() if value}


def parted(words: str) -> list[str]:
    """Names or words that stand in one line, parted by semicolons."""
    return [one for one in _PARTED.split(words.strip()) if one]


def joined(words: Iterable[str]) -> str:
    """Such a line again."""
    return "; ".join(dict.fromkeys(one.strip() for one in words if one.strip()))


def languages(language: str) -> list[str]:
    """Codes of the languages in which something is."""
    return {"zh": ["zh"], "en": ["en"], "both": ["zh", "en"]}.get(language, [])


def language_said(codes: Iterable[str]) -> str:
    """The language of a resource, by the codes that a catalogue gives; "" where it gives none."""
    known = {"zh" if one.lower().startswith(("zh", "chi", "zho")) else "en" for one in codes
        if one.lower().startswith(("zh", "chi", "zho", "en"))}  # fmt: skip
    if not known:
        return ""
    return "both" if len(known) == 2 else known.pop()


def spoken(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """(code, words) as a text; what comes without a code goes by its script, and the first of a language counts."""
    found: dict[str, str] = {}
    for code, words in pairs:
        said = words.strip()
        if said:
            key = "zh" if code.lower().startswith("zh") or (not code and has_chinese(said)) else "en"
            found.setdefault(key, said)
    return Text.of(found).as_json()


def clean(words: str) -> str:
    """Without what no XML may hold."""
    return _NO_XML.sub("", words)


def licence_of(rights: Iterable[str]) -> tuple[str, str]:
    """(key, words) of what a catalogue says of rights; no key where it names no licence that is known."""
    said = [one.strip() for one in rights if one.strip()]
    by_address = {one.address: key for key, one in LICENCES.items() if one.address}
    key = next((by_address[one] for one in said if one in by_address), "") or licence_in(" ".join(said))
    return key, "; ".join(one for one in said if one not in by_address)[:200]


def descriptions(rows: Sequence[Resource]) -> list[Description]:
    """Resources for catalogues; one query for the names of all skills."""
    names = skills_by_key({key for row in rows for key in row.skills})
    return [_description(row, names) for row in rows]


def description(row: Resource) -> Description:
    """One of them."""
    return descriptions([row])[0]


def _description(row: Resource, names: Any) -> Description:
    current = row.current
    form = FORMS.get(current.form) if current is not None else None
    file = current.file if current is not None else None
    known = LICENCES.get(row.licence)
    subjects = [row.occupation.name] if row.occupation is not None else []
    return Description(
        identifier=row.public_id,
        title=row.title,
        abstract=row.abstract,
        authors=joined(parted(row.authors)),
        keywords=joined(parted(row.keywords)),
        language=row.language,
        kind=row.kind,
        media_type=form.media_type if form is not None else "",
        size=file.size if file is not None else 0,
        licence=row.licence,
        rights=row.licence_words if known is not None else "",
        address=current.link if current is not None and current.link else address_of(row),
        audience=row.audience,
        subjects=[*subjects, *(names[key].name for key in row.skills if key in names)],
        made_at=row.made_at,
    )


def address_of(row: Resource) -> str:
    """The page of a resource at its organisation."""
    return f"{settings.ADDRESS}/o/{row.organisation.key}/resources/{row.public_id}/"
