"""Who comes from a platform: the message that says so, held against the standard row by row, and whom it means here.

A message is believed only from a registered platform, signed with its key, in answer to what this very browser asked a
moment ago, and once. Whom it means is never guessed from a name: the first time, somebody signs in here and says yes;
a mail address counts only where whoever administers has allowed it for this platform.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.core import signing
from django.utils.crypto import constant_time_compare
from django.utils.timezone import localdate

from craftpath.domain.lti import jwts, rules, wording
from craftpath.domain.lti.facts import IdentityJoined
from craftpath.domain.lti.models import Entry, Identity, Platform
from craftpath.domain.lti.once import use_once
from craftpath.domain.lti.plain import is_plain, own_id, plain
from craftpath.kernel.access import Actor, actor_in, memberships_on
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.organisations import Organisation, span
from craftpath.kernel.people import Person
from craftpath.values.verdict import Refused, may_not, not_now, require

SALT = "craftpath.lti.arrival"
ARRIVAL = 1800  # seconds to sign in, or to choose
TARGETS = ("course", "log")
LONGEST_DATA = 4000
LONGEST_MAIL = 254


@dataclass(frozen=True, slots=True)
class Launch:
    """What a message that holds says: by which entry somebody comes, as whom (None: a visitor), and what is asked."""

    platform: Platform
    subject: str | None
    entry: Entry | None
    target: str
    teaches: bool
    mail: str
    name: str
    settings: Mapping[str, Any]
    deployment: str

    @property
    def chooses(self) -> bool:
        """Whether somebody is to choose what a link opens."""
        return self.entry is None


def platform_for(issuer: str, client_id: str, deployment: str) -> Platform | None:
    """The serving platform that a login names; without a client id only where one answers to the rest."""
    rows = Platform._base_manager.filter(issuer=issuer, state="serving").select_related("organisation")
    if not is_plain(issuer + client_id + deployment):
        return None
    if client_id:
        return rows.filter(client_id=client_id).first()
    found = [one for one in rows if not deployment or deployment in one.deployments]
    return found[0] if len(found) == 1 else None


def platform_of(public_id: str) -> Platform | None:
    """The serving platform of an id that was sealed here."""
    rows = Platform._base_manager.filter(public_id=public_id, state="serving")
    return rows.select_related("organisation").first()


@action
def accept_launch(
    platform: Platform, token: str, keys: Mapping[str, Any], *, nonce: str, by: Actor, at: datetime
) -> Launch:
    """Hold a message against everything that the standard asks, note that it was used, and read it."""
    require(rules.can_serve(platform))
    claims = jwts.verified(token, keys, issuer=platform.issuer, audience=platform.client_id, at=at)
    said = claims.get("nonce")
    if not isinstance(said, str) or not said.isascii() or not nonce or not constant_time_compare(said, nonce):
        raise Refused(not_now("lti.wrong_nonce"))
    _standard(claims, platform)
    use_once("launch", platform.public_id, said, by=by, at=at)
    chooses = claims[wording.MESSAGE_TYPE] == wording.CHOOSE
    entry = None if chooses else _entry(platform, claims, at)
    return Launch(
        platform, claims.get("sub"), entry, entry.target if entry is not None else "",
        wording.teaches(claims[wording.ROLES]), _mail(claims), plain(claims.get("name"), rules.LONGEST_NAME),
        claims.get(wording.SETTINGS, {}), claims[wording.DEPLOYMENT],
    )  # fmt: skip


def _mail(claims: Mapping[str, Any]) -> str:
    """The address that a message names, unless the platform itself says that nobody has verified it."""
    mail = claims.get("email")
    fit = isinstance(mail, str) and len(mail) <= LONGEST_MAIL and mail.isascii() and mail.isprintable()
    return mail if isinstance(mail, str) and fit and claims.get("email_verified") is not False else ""


def _standard(claims: Mapping[str, Any], platform: Platform) -> None:
    """Everything that LTI 1.3 asks of a message besides its signature."""
    if claims.get(wording.LTI_VERSION) != wording.VERSION:
        raise Refused(not_now("lti.wrong_version"))
    kind = claims.get(wording.MESSAGE_TYPE)
    if not kind:
        raise Refused(not_now("lti.message_missing"))
    if kind not in (wording.LAUNCH, wording.CHOOSE):
        raise Refused(not_now("lti.message_unknown"))
    deployment = claims.get(wording.DEPLOYMENT)
    if not isinstance(deployment, str) or not deployment:
        raise Refused(not_now("lti.deployment_missing"))
    if deployment not in platform.deployments:
        raise Refused(not_now("lti.deployment_unknown"))
    roles = claims.get(wording.ROLES)
    if not isinstance(roles, list) or not all(isinstance(one, str) for one in roles):
        raise Refused(not_now("lti.roles_missing"))
    if "sub" in claims and not _an_id(claims["sub"]):
        raise Refused(not_now("lti.subject_unfit"))
    if kind == wording.LAUNCH:
        link = claims.get(wording.RESOURCE)
        if not isinstance(link, Mapping) or not _an_id(link.get("id")):
            raise Refused(not_now("lti.resource_missing"))
        if not isinstance(claims.get(wording.TARGET), str):
            raise Refused(not_now("lti.target_unknown"))
    else:
        _settings(claims)


def _settings(claims: Mapping[str, Any]) -> None:
    given = claims.get(wording.SETTINGS)
    back = given.get("deep_link_return_url") if isinstance(given, Mapping) else None
    if not isinstance(back, str) or not rules.can_reach(back):
        raise Refused(not_now("lti.settings_missing"))
    data = given.get("data", "") if isinstance(given, Mapping) else None
    if not isinstance(data, str) or len(data) > LONGEST_DATA or not is_plain(data):
        raise Refused(not_now("lti.settings_missing"))
    types = given.get("accept_types") if isinstance(given, Mapping) else None
    if not isinstance(types, list) or "ltiResourceLink" not in types:
        raise Refused(not_now("lti.choice_of_others"))
    if not wording.teaches(claims[wording.ROLES]):
        raise Refused(may_not("lti.not_teaching"))


def _an_id(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= rules.LONGEST_ID and value.isprintable()


def _entry(platform: Platform, claims: Mapping[str, Any], at: datetime) -> Entry:
    """The row of a link, with where it leads and which services it has as of now."""
    link, course = claims[wording.RESOURCE], claims.get(wording.CONTEXT)
    title = link.get("title") or (course.get("title") if isinstance(course, Mapping) else "")
    context = course.get("id") if isinstance(course, Mapping) else ""
    told = {
        "context": context if _an_id(context) else "",
        "title": plain(title, rules.LONGEST_NAME),
        "target": _target(claims),
        "item_address": _address(claims.get(wording.GRADES), "lineitem"),
        "members_address": _address(claims.get(wording.MEMBERS), "context_memberships_url"),
        "seen_at": at,
    }
    row, _ = Entry._base_manager.update_or_create(
        platform=platform, deployment=claims[wording.DEPLOYMENT], resource=link["id"], defaults=told
    )
    return row


def _address(claim: object, name: str) -> str:
    found = claim.get(name) if isinstance(claim, Mapping) else None
    return found if isinstance(found, str) and rules.is_address(found) else ""


def _target(claims: Mapping[str, Any]) -> str:
    """What a link names: a custom word `target`, or `?to=` in its address; "" where it names nothing."""
    custom = claims.get(wording.CUSTOM)
    said = custom.get("target") if isinstance(custom, Mapping) else None
    if not said:
        try:
            said = parse_qs(urlsplit(claims[wording.TARGET]).query).get("to", [""])[0]
        except ValueError:
            said = ""
    kind, _, public_id = str(said).partition("/")
    if kind == "course":
        return f"{kind}/{public_id}" if own_id(public_id) else ""
    return kind if kind in TARGETS else ""


# ---- Whom it means --------------------------------------------------------------------------------------


def known(platform: Platform, subject: str) -> Person | None:
    """The person here whom the platform calls so, wherever two records of one were merged meanwhile."""
    row = Identity._base_manager.filter(platform=platform, subject=subject).select_related("person").first()
    person = row.person if row is not None else None
    while person is not None and person.merged_into is not None:
        person = person.merged_into
    return person if person is not None and person.is_active else None


def seat(platform: Platform, person: Person, day: date) -> Organisation | None:
    """Where somebody is at home among those for whom a platform was registered: its organisation, or one below it."""
    here = platform.organisation
    if actor_in(person, here, day) is not None:
        return here
    rows = memberships_on(day).filter(
        person=person, person__is_active=True, organisation__path__range=span(here.path)
    )
    row = rows.order_by("organisation__path", "pk").first()
    return row.organisation if row is not None else None


def by_mail(launch: Launch, at: datetime) -> Person | None:
    """The one member, there or below, with the platform's mail address, where that address is believed."""
    if not launch.platform.by_mail or not launch.mail:
        return None
    rows = list(Person.objects.filter(email__iexact=launch.mail, is_active=True, merged_into=None)[:2])
    # databases fold letters further than mail does: "ı" is no "i" of an address
    if len(rows) != 1 or (rows[0].email or "").lower() != launch.mail.lower():
        return None
    return rows[0] if seat(launch.platform, rows[0], localdate(at)) is not None else None


@action
def join_identity(
    platform: Platform, subject: str, person: Person, *, how: str, by: Actor, at: datetime
) -> Identity:
    """Whoever the platform calls so is this person from now on. Once more changes nothing; it never changes hands."""
    require(rules.can_serve(platform))
    if seat(platform, person, localdate(at)) is None:
        raise Refused(may_not("lti.not_a_member"))
    row, fresh = Identity._base_manager.get_or_create(
        platform=platform, subject=subject, defaults={"person": person, "how": how, "made_at": at}
    )
    if row.person_id != person.pk:
        raise Refused(may_not("lti.joined_already"))
    if fresh:
        fact = IdentityJoined(person.public_id, platform.name, how)
        tell(fact, by=by, at=at, organisation=platform.organisation, subject=platform.ref)
    return row


def sealed_arrival(launch: Launch) -> str:
    """What is carried from a launch to the page on which somebody signs in or chooses."""
    told = {
        "platform": launch.platform.public_id, "subject": launch.subject, "name": launch.name, "target": launch.target,
        "settings": {
            name: launch.settings[name] for name in ("deep_link_return_url", "data") if name in launch.settings
        },
        "deployment": launch.deployment, "chooses": launch.chooses,
        "entry": launch.entry.public_id if launch.entry is not None else "",
    }  # fmt: skip
    return signing.dumps(told, salt=SALT, compress=True)


def opened_arrival(text: str) -> dict[str, Any]:
    """The same read back; Refused after half an hour, or where it was not sealed here."""
    try:
        return dict(signing.loads(text, salt=SALT, max_age=ARRIVAL))
    except signing.BadSignature:
        raise Refused(not_now("lti.arrival_over")) from None
