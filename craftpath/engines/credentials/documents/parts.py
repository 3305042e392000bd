"""Who issues, who holds, what was achieved: the parts of credentials in the words of Open Badges 3.0."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from craftpath.engines.credentials.types import Document


@dataclass(frozen=True, slots=True)
class Issuer:
    """An organisation that issues: `id` is its did:web, or its did:key."""

    id: str
    name: str
    url: str = ""
    email: str = ""
    image: str = ""

    def document(self) -> Document:
        """As a Profile."""
        return filled(
            {
                "id": self.id,
                "type": ["Profile"],
                "name": self.name,
                "url": self.url,
                "email": self.email,
                "image": image_of(self.image),
            }
        )


@dataclass(frozen=True, slots=True)
class Identifier:
    """Something that names a holder: its hash with a salt, or, `salt` being empty, the thing itself.

    `kind` is a word of Open Badges' list: name, emailAddress, nationalIdentityNumber, sourcedId, identifier …
    """

    value: str
    kind: str
    salt: str = ""

    def document(self) -> Document:
        """As an IdentityObject."""
        return filled(
            {
                "type": "IdentityObject",
                "hashed": bool(self.salt),
                "identityHash": hashed(self.value, self.salt) if self.salt else self.value,
                "identityType": self.kind,
                "salt": self.salt,
            }
        )


def hashed(value: str, salt: str) -> str:
    """A value so that whoever knows it recognises it, and nobody else can read it."""
    return "sha256$" + hashlib.sha256((value + salt).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Holder:
    """Whom a credential is about: an address of theirs where they have one, and what identifies them."""

    id: str = ""
    identifiers: tuple[Identifier, ...] = ()

    def document(self, kind: str) -> Document:
        """As the subject of a credential."""
        return filled(
            {
                "id": self.id,
                "type": [kind],
                "identifier": [one.document() for one in self.identifiers],
            }
        )


@dataclass(frozen=True, slots=True)
class Alignment:
    """What somebody else's framework calls the same: a skill of a standard, a level of a scheme."""

    url: str
    name: str
    code: str = ""
    framework: str = ""
    description: str = ""
    kind: str = ""  # of Open Badges' list, such as CFItem

    def document(self) -> Document:
        """As an Alignment."""
        return filled(
            {
                "type": ["Alignment"],
                "targetUrl": self.url,
                "targetName": self.name,
                "targetCode": self.code,
                "targetFramework": self.framework,
                "targetDescription": self.description,
                "targetType": self.kind,
            }
        )


@dataclass(frozen=True, slots=True)
class Step:
    """A level of a scheme."""

    id: str
    name: str
    level: str  # its place or its key in the scheme
    description: str = ""


@dataclass(frozen=True, slots=True)
class Scale:
    """Levels in their order, such as the five of vocational skill; `id` is an address, as every `id` here."""

    id: str
    name: str
    steps: tuple[Step, ...] = ()
    kind: str = "RubricCriterionLevel"  # of Open Badges' list: Percent, RawScore, LetterGrade, Status …
    low: str = ""
    high: str = ""
    required: str = ""

    def document(self) -> Document:
        """As a ResultDescription."""
        return filled(
            {
                "id": self.id,
                "type": ["ResultDescription"],
                "name": self.name,
                "resultType": self.kind,
                "valueMin": self.low,
                "valueMax": self.high,
                "requiredValue": self.required,
                "rubricCriterionLevel": [
                    filled(
                        {
                            "id": one.id,
                            "type": ["RubricCriterionLevel"],
                            "name": one.name,
                            "level": one.level,
                            "description": one.description,
                        }
                    )
                    for one in self.steps
                ],
            }
        )


@dataclass(frozen=True, slots=True)
class Result:
    """What this holder reached on a scale: the id of a step, or a value."""

    scale: str
    step: str = ""
    value: str = ""

    def document(self) -> Document:
        """As a Result."""
        return filled(
            {
                "type": ["Result"],
                "resultDescription": self.scale,
                "achievedLevel": self.step,
                "value": self.value,
            }
        )


@dataclass(frozen=True, slots=True)
class Achievement:
    """What was achieved: the same for all holders. `kind` is a word of Open Badges' list."""

    id: str
    name: str
    description: str
    criteria: str
    kind: str = "Certificate"
    criteria_url: str = ""
    code: str = ""
    language: str = ""
    version: str = ""
    image: str = ""
    tags: tuple[str, ...] = ()
    alignments: tuple[Alignment, ...] = ()
    scales: tuple[Scale, ...] = ()
    credits: float | None = None

    def document(self) -> Document:
        """As an Achievement."""
        return filled(
            {
                "id": self.id,
                "type": ["Achievement"],
                "achievementType": self.kind,
                "name": self.name,
                "description": self.description,
                "criteria": filled({"id": self.criteria_url, "narrative": self.criteria}),
                "humanCode": self.code,
                "inLanguage": self.language,
                "version": self.version,
                "image": image_of(self.image),
                "tag": list(self.tags),
                "alignment": [one.document() for one in self.alignments],
                "resultDescription": [one.document() for one in self.scales],
                "creditsAvailable": number(self.credits),
            }
        )


def number(value: float | None) -> float | None:
    """A number as every program writes it: 3 and 3.0 are signed as different words."""
    return int(value) if value is not None and value == int(value) else value


def image_of(url: str) -> Document:
    """A picture, where there is one."""
    return {"id": url, "type": "Image"} if url else {}


def filled(parts: dict[str, Any]) -> Document:
    """The parts that say something."""
    return {name: value for name, value in parts.items() if value is not None and value not in ("", [], {})}
