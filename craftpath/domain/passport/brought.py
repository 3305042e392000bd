"""A record of another site as it is read: who signed it, whose it is, and its entries as plain values.

Whatever stands in the file was written by somebody else: every text is cut to a length, everything else left out.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from craftpath.domain.passport.limits import LARGEST
from craftpath.domain.passport.record import KIND, PLACE, SECTIONS, STATE, Entry, Line, Origin
from craftpath.domain.passport.wording import NUMBER, STATES, known
from craftpath.engines.credentials import Check, check, documents
from craftpath.values.text import Text
from craftpath.values.verdict import Refused, Verdict, not_now

if TYPE_CHECKING:
    from craftpath.domain.passport.models import Arrival
    from craftpath.kernel.people import Person

MOST_ENTRIES, MOST_LINES, LONGEST = 400, 60, 300
FIRST_YEAR = 1900
ENVELOPED = "EnvelopedVerifiableCredential"
_UNSEEN = ("Cc", "Cf", "Cs")
_JOINERS = "\u200c\u200d"
"""Signs without a width that some scripts cannot do without; all others may only deceive."""
Known = Callable[[str], str | None]
"""Id of a verification method → its key, where an office here knows its issuer."""
_STATES = {said.both(): key for key, said in STATES.items()}


@dataclass(frozen=True, slots=True)
class Brought:
    """A file that was read. `verdict` is one of `models.arriving.VERDICTS`; `content` is what is kept of it."""

    digest: str
    source: str
    issuer: str
    issuer_name: str
    issued_at: datetime
    verdict: str
    names: tuple[str, ...]
    mails: tuple[tuple[str, str], ...]
    content: list[dict[str, Any]]

    def fits(self, person: Person) -> bool:
        """Whether it is this person's by name or by mail."""
        own = {plain(name) for name in (person.name, person.name_latin) if name}
        if own & {plain(name) for name in self.names}:
            return True
        mail = (person.email or "").lower()
        return bool(mail) and any(documents.hashed(mail, salt) == found for found, salt in self.mails)


def plain(name: str) -> str:
    """A name without what people write differently: width, case, spaces, points between its parts."""
    kept = unicodedata.normalize("NFKC", name).casefold()
    return "".join(letter for letter in kept if letter.isalnum())


def read_record(content: bytes, *, at: datetime, trusted: Known) -> Brought:
    """Read and check a file; refused with the reason if it is no record, was changed, or is not in force."""
    if len(content) > LARGEST:
        raise Refused(not_now("passport.file_too_large", megabytes=LARGEST // 2**20))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(not_now("passport.no_record")) from None
    report = check(text, at=at, keys=lambda method: trusted(method) or _in_its_name(method))
    document = report.credential
    for one in report.checks:
        if one.ok is False:
            raise Refused(_faulty(one))
    if document is None or "ClrCredential" not in _list(document.get("type")):
        raise Refused(not_now("passport.no_record"))
    if report["proof"].ok is None:
        raise Refused(not_now("passport.not_signed"))
    subject = _mapping(document.get("credentialSubject"))
    issuer = document.get("issuer")
    profile = issuer if isinstance(issuer, dict) else {"id": issuer}
    identities = _identities(subject)
    names = _names(identities)
    if not _short(document.get("id")):
        raise Refused(not_now("passport.no_record"))
    if any(some and not some & {plain(name) for name in names} for some in _named_inside(subject)):
        raise Refused(not_now("passport.of_two_persons"))
    return Brought(
        digest=hashlib.sha256(content).hexdigest(),
        source=_short(document.get("id")),
        issuer=_short(profile.get("id")),
        issuer_name=_short(profile.get("name")) or _short(profile.get("id")),
        issued_at=_moment(document.get("validFrom")),
        verdict=_verdict(document, _short(profile.get("id")), trusted),
        names=names,
        mails=tuple(
            (_short(one.get("identityHash")), _short(one.get("salt")))
            for one in identities
            if one.get("identityType") == "emailAddress" and one.get("hashed") is True
        ),
        content=list(_entries(subject)),
    )


def _identities(subject: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [one for one in _list(subject.get("identifier")) if isinstance(one, dict)]


def _names(identities: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    some = (one for one in identities if one.get("identityType") == "name" and not one.get("hashed"))
    return tuple(_short(one.get("identityHash")) for one in some)


def _named_inside(subject: Mapping[str, Any]) -> Iterator[set[str]]:
    """Whom each credential in a record names: a certificate of somebody else is no part of it."""
    for one in _list(subject.get("verifiableCredential")):
        if isinstance(one, dict):
            found = _names(_identities(_mapping(one.get("credentialSubject"))))
            yield {plain(name) for name in found}


def _in_its_name(method: str) -> str | None:
    """The key that stands at the end of a method's own address: enough to find a change, not to know whose it is."""
    end = method.rpartition("#")[2]
    return end if end.startswith("z6Mk") else None


def _verdict(document: Mapping[str, Any], issuer: str, trusted: Known) -> str:
    """valid: by a key that an office here knows. key_only: whole, and whose key it is, nobody here has said."""
    proofs = [one for one in _list(document.get("proof")) if isinstance(one, dict)]
    methods = [str(one.get("verificationMethod")) for one in proofs]
    own = bool(methods) and all(trusted(one) and one.partition("#")[0] == issuer for one in methods)
    return "valid" if own else "key_only"


_FAULTS = {
    "proof_broken": "file_changed",
    "proof_inside": "file_changed",
    "terms_disguised": "file_changed",
    "issuer_other": "file_of_another",
    "proof_missing": "not_signed",
    "proof_unknown": "not_signed",
    "proof_expired": "file_over",
    "expired": "file_over",
    "not_yet": "file_of_tomorrow",
    "not_json": "file_cut",
    "too_large": "file_tangled",
    "too_deep": "file_tangled",
    "too_tangled": "file_tangled",
    "said_twice": "file_tangled",
}
"""What a check found → why nothing is kept; whatever is none of these is no record."""


def _faulty(one: Check) -> Verdict:
    return not_now(f"passport.{_FAULTS.get(one.code, 'no_record')}")


def _entries(subject: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for credential in _list(subject.get("verifiableCredential"))[:MOST_ENTRIES]:
        # What stands beside a token in its envelope nobody has signed.
        if isinstance(credential, dict) and ENVELOPED not in _list(credential.get("type")):
            found = _entry(credential)
            if found["title"]:
                yield found


def _entry(credential: Mapping[str, Any]) -> dict[str, Any]:
    subject = _mapping(credential.get("credentialSubject"))
    what = _mapping(subject.get("achievement"))
    section = str(what.get("achievementType", "")).removeprefix(KIND)
    own = section in SECTIONS
    names = {
        _short(one.get("id")): _short(one.get("name"))
        for one in _list(what.get("resultDescription"))
        if isinstance(one, dict)
    }
    entry: dict[str, Any] = {
        "section": section if own else "certificates",
        "title": _short(what.get("name")),
        "first": _day(subject.get("activityStartDate") if own else credential.get("validFrom")),
        "last": _day(subject.get("activityEndDate") if own else credential.get("validUntil")),
        "where": "",
        "state": "",
        "lines": [],
    }
    for one in _list(subject.get("result"))[:MOST_LINES]:
        if isinstance(one, dict):
            _put(entry, _short(one.get("resultDescription")), _short(one.get("value")), names)
    if not own:
        issuer = credential.get("issuer")
        entry["where"] = _short(issuer.get("name") if isinstance(issuer, dict) else issuer)
        if number := _short(subject.get("licenseNumber")):
            entry["lines"].insert(0, [NUMBER.as_json(), number])
    return entry


def _put(entry: dict[str, Any], address: str, value: str, names: Mapping[str, str]) -> None:
    end = address.rpartition("#")[2]
    if end == PLACE:
        entry["where"] = value
    elif end == STATE:
        entry["state"] = _STATES.get(value, "")
    elif value and names.get(address):
        entry["lines"].append([known(names[address]).as_json(), value])


def entries_of(arrival: Arrival, today: date) -> Iterator[tuple[str, Entry]]:
    """(section, entry) of a record that is kept, each with its origin."""
    origin = Origin(Text.of(arrival.issuer_name), arrival.issued_at.date(), arrival.verdict)
    for one in arrival.content:
        first, last = (date.fromisoformat(one[key]) if one[key] else None for key in ("first", "last"))
        state = one["state"]
        if one["section"] == "certificates" and last is not None and last < today:
            state = "expired"
        yield one["section"], Entry(
            Text.of(one["title"]), first, last, (Text.of(one["where"]),) if one["where"] else (),
            tuple(Line(Text.of(label), known(value)) for label, value in one["lines"]), state, origin=origin,
        )  # fmt: skip


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _mapping(value: object) -> Mapping[str, Any]:
    """A part that may stand alone or in a list of one."""
    found = value[0] if isinstance(value, list) and value else value
    return found if isinstance(found, dict) else {}


def _short(value: object) -> str:
    """One line of a text without signs that nobody sees: such could turn round, hide or move what stands beside."""
    line = " ".join(value.split()) if isinstance(value, str) else ""
    text = "".join(sign for sign in line if unicodedata.category(sign) not in _UNSEEN or sign in _JOINERS)
    text = text.strip()
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _day(value: object) -> str:
    try:
        found = date.fromisoformat(str(value)[:10])
    except ValueError:
        return ""
    return found.isoformat() if found.year >= FIRST_YEAR else ""


def _moment(value: object) -> datetime:
    try:
        found = datetime.fromisoformat(str(value))
    except ValueError:
        found = None
    if found is None or found.tzinfo is None or found.year < FIRST_YEAR:
        raise Refused(not_now("passport.no_record"))
    return found
