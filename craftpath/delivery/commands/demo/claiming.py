"""Outside certificates in the demo: in every state, one number claimed by two, one as a digital credential."""

from __future__ import annotations

import io
import json
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.timezone import localdate
from PIL import Image, ImageDraw, ImageFont

from craftpath.delivery.commands.demo.places import Places, Staff
from craftpath.delivery.exchange.fonts import font_file
from craftpath.domain.apprenticeships.queries import enrolments
from craftpath.domain.claims import actions
from craftpath.engines.credentials import SigningKey, documents, sign
from craftpath.kernel.access import Actor
from craftpath.kernel.people import DEMO_PREFIX, Person
from craftpath.kernel.roles import Role

if TYPE_CHECKING:
    from craftpath.domain.claims.models import Claim
    from craftpath.kernel.organisations import Organisation

SPACE = uuid.UUID("5b1d7a60-0f5e-4c1c-9d0b-6f3f5a3c2e11")
DAY = timedelta(days=1)
CENTRE, ALLIANCE = "澜川市职业技能鉴定指导中心", "江海职业教育评价组织"
SCHOOL = "澜川理工大学"
WORKER = "职业技能等级证书"


@dataclass(frozen=True)
class Paper:
    """A certificate as somebody brings it: issued and claimed so many days ago."""

    title: str
    scheme: str
    level: str
    issuer: str
    number: str
    issued: int
    claimed: int
    lasts: int | None = None  # days from the day of issue on


TURNER = Paper(f"{WORKER}（车工）", "cn5", "5", CENTRE, "Y002 7032 0105 4417", 420, 61)
MILLING = Paper("数控车铣加工职业技能等级证书", "onex", "junior", ALLIANCE, "X320-2026-01187", 150, 2)
SIGNED = Paper("数控车铣加工职业技能等级证书", "onex", "intermediate", ALLIANCE, "X320-2026-02046", 90, 3)
TWICE = Paper(f"{WORKER}（焊工）", "cn5", "4", CENTRE, "Y002 7032 0104 2290", 300, 5)
PERMIT = Paper("特种作业操作证（低压电工作业）", "", "", "澜川市应急管理局", "T320611200511", 700, 12, 2190)
NOT_FOUND = Paper(f"{WORKER}（钳工）", "cn5", "3", "速成技能网", "SC-88-2026", 40, 20)
TAKEN_BACK = Paper(f"{WORKER}（车工）", "cn5", "4", CENTRE, "Y002 7032 0104 8815", 500, 90)
MISTAKEN = Paper("安全培训结业证", "", "", "金恒机械", "AQ-0311", 200, 30)
ENDS_SOON = Paper("特种作业操作证（熔化焊接）", "", "", "澜川市应急管理局", "T320611200634", 1071, 200, 1096)
ENDED = Paper("起重机司机证", "", "", "澜川市市场监督管理局", "TS6H-3206-19", 1500, 420, 1461)
MASTER = Paper(f"{WORKER}（车工）", "cn8", "senior_technician", CENTRE, "Y002 7032 0101 0036", 2200, 9)
CRAFT = Paper(f"{WORKER}（电工）", "cn5", "2", CENTRE, "Y002 7032 0102 0571", 1800, 45)
DEGREE = Paper("毕业证书（机械工程）", "diploma", "bachelor", SCHOOL, "1132 0120 1805 0042 17", 3100, 120)


def claim_certificates(places: Places, staff: Staff, *, at: datetime) -> None:
    """More than a dozen, of apprentices, mentors and a trainer."""
    _Desk(places, staff, at).fill()


class _Desk:
    """Who claims and who verifies."""

    def __init__(self, places: Places, staff: Staff, at: datetime) -> None:
        self.places, self.staff, self.at = places, staff, at
        own = enrolments().get(person__username=f"{DEMO_PREFIX}apprentice")
        mates = enrolments().filter(cohort=own.cohort_id, state="active").exclude(pk=own.pk)
        self.own = own.person
        self.mates = [row.person for row in mates.select_related("person").order_by("number")[:9]]
        self.office = Actor(places.college, staff.coordinator, frozenset({Role.COORDINATOR}))
        officer = Person.objects.get(username=f"{DEMO_PREFIX}{Role.OFFICER}")
        self.city = Actor(places.city, officer, frozenset({Role.OFFICER}))

    def fill(self) -> None:
        """Every state."""
        key = SigningKey.of(uuid.uuid5(SPACE, "alliance").bytes * 2)
        actions.trust_issuer(
            self.places.city, did=key.did_key, name=ALLIANCE, by=self.city, at=self.at - 100 * DAY
        )
        self._verify(self._claim(self.own, TURNER), "register", "鉴定中心官网可查，姓名、编号一致。")
        self._claim(self.own, MILLING)
        self._claim(self.mates[0], SIGNED, key)
        for mate in self.mates[1:3]:
            self._claim(mate, TWICE)
        self._back("return", self._claim(self.mates[3], PERMIT), "unreadable", "请把编号和有效期拍清楚。")
        self._back("refuse", self._claim(self.mates[4], NOT_FOUND), "not_found", "")
        row = self._verify(self._claim(self.mates[5], TAKEN_BACK), "register", "")
        self._back("revoke", row, "no_longer_valid", "鉴定中心来函：该批证书因考务问题作废。")
        mistaken = self._claim(self.mates[6], MISTAKEN)
        who = self._actor(self.mates[6], self.places.college, Role.APPRENTICE)
        actions.withdraw_claim(mistaken, by=who, at=mistaken.claimed_at + DAY)
        self._verify(self._claim(self.mates[7], ENDS_SOON), "register", "")
        self._verify(self._claim(self.mates[8], ENDED), "original", "")
        self._claim(self.staff.mentors["jinheng"][1], MASTER, place=self.places.jinheng, role=Role.MENTOR)
        row = self._claim(self.staff.mentors["qinghe"][1], CRAFT, place=self.places.qinghe, role=Role.MENTOR)
        self._verify(row, "issuer", "电话核实，经办人已登记。", by=self.city)
        self._verify(self._claim(self.staff.trainer, DEGREE, role=Role.TRAINER), "original", "已核对原件。")

    def _actor(self, person: Person, place: Organisation, role: Role) -> Actor:
        return Actor(place, person, frozenset({role}))

    def _claim(
        self,
        person: Person,
        paper: Paper,
        key: SigningKey | None = None,
        *,
        place: Organisation | None = None,
        role: Role = Role.APPRENTICE,
    ) -> Claim:
        issued = localdate(self.at - paper.issued * DAY)
        until = issued + paper.lasts * DAY if paper.lasts else None
        told = actions.Told(paper.title, paper.issuer, paper.number, issued, until, paper.scheme, paper.level)
        file = (
            (_credential(person, paper, key, self.at), "badge.json")
            if key
            else (_photo(person, paper, until), "证书.jpg")
        )
        return actions.claim_certificate(
            place or self.places.college, told, [file], made_id=uuid.uuid5(SPACE, f"{person.pk} {paper.number}"),
            by=self._actor(person, place or self.places.college, role), at=self.at - paper.claimed * DAY,
        )  # fmt: skip

    def _verify(self, row: Claim, how: str, words: str, *, by: Actor | None = None) -> Claim:
        when = row.claimed_at + 2 * DAY
        return actions.verify_claim(
            row, revision=row.revision, how=how, words=words, by=by or self.office, at=when
        )

    def _back(self, move: str, row: Claim, phrase: str, words: str) -> None:
        act = {"return": actions.return_claim, "refuse": actions.refuse_claim, "revoke": actions.revoke_claim}
        act[move](
            row,
            revision=row.revision,
            phrase=phrase,
            words=words,
            by=self.office,
            at=row.claimed_at + 4 * DAY,
        )


def _credential(person: Person, paper: Paper, key: SigningKey, at: datetime) -> bytes:
    """The same as the issuer signs it for a wallet."""
    document = documents.achievement(
        id="https://pingjia.example.cn/credentials/2046",
        issuer=documents.Issuer(key.did_key, paper.issuer),
        holder=documents.Holder(identifiers=(documents.Identifier(person.name, "name"),)),
        what=documents.Achievement(
            "https://pingjia.example.cn/achievements/milling-2", paper.title, "1+X 中级", "理论与实操均达到 60 分。"
        ),
        valid_from=at - paper.issued * DAY,
        licence=paper.number,
    )  # fmt: skip
    signed = sign(document, key, method=key.did_key_method, created=at - paper.issued * DAY)
    return json.dumps(signed, ensure_ascii=False, indent=1).encode()


def _photo(person: Person, paper: Paper, until: object) -> bytes:
    """A certificate as a telephone sees it: a frame, a seal, what is printed."""
    image = Image.new("RGB", (1200, 840), "#6f6a61")
    pen = ImageDraw.Draw(image)
    pen.rectangle((60, 50, 1140, 790), fill="#fbf6e9")
    pen.rectangle((86, 76, 1114, 764), outline="#a8452c", width=6)
    pen.rectangle((100, 90, 1100, 750), outline="#a8452c", width=2)
    path, face = font_file()

    def font(size: int) -> ImageFont.FreeTypeFont:
        return ImageFont.truetype(str(path), size, index=face)

    pen.text((600, 170), paper.title, font=font(52), fill="#7a2e1c", anchor="mm")
    lines = [f"姓名  {person.name}", f"证书编号  {paper.number}", f"有效期至  {until or '长期'}"]
    for n, line in enumerate(lines):
        pen.text((190, 310 + 84 * n), line, font=font(36), fill="#2b2620", anchor="lm")
    pen.text((1010, 650), paper.issuer, font=font(34), fill="#2b2620", anchor="rm")
    pen.ellipse((800, 520, 1000, 720), outline="#c23a22", width=7)
    pen.regular_polygon((900, 620, 46), 5, fill="#c23a22")
    out = io.BytesIO()
    image.rotate(1.2, expand=True, fillcolor="#6f6a61").save(out, "JPEG", quality=84)
    return out.getvalue()
