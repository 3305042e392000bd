"""Papers of workshops: the agenda, a certificate of attendance, and the report with its figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from craftpath.delivery.exchange.printouts.wording import labels, listed, source, span
from craftpath.domain.workshops.figures import Figures, PollRow, Row
from craftpath.domain.workshops.queries import days_of, items_of, sites_of
from craftpath.domain.workshops.rules import SCALE
from craftpath.domain.workshops.texts import GENDERS, ITEM_KINDS, KINDS, WAYS
from craftpath.values.paper import day
from craftpath.values.printout import Block, Cell, Column, Facts, Group, Line, Printout, Table, Words
from craftpath.values.text import Text

if TYPE_CHECKING:
    from datetime import datetime

    from craftpath.domain.workshops.models import Certificate, Day, Workshop


RULE = Text(
    "线下从签到计至当日结束；线上按会议页面打开的时间或会议软件名单计；同一天两种方式都参加的，取较长者，只计一次。",
    "On site the time counts from check-in to the end of the day, on line while the page was open or as the meeting's "
    "list says; of a day spent both ways the longer counts, once.",
)
"""How long somebody was there, as certificates and their page say it."""


def agenda_paper(workshop: Workshop, today: date) -> Printout:
    """All days with their lines."""
    kinds, items = labels(ITEM_KINDS), items_of(workshop)
    groups = [
        Group(
            tuple(
                (
                    f"{one.starts:%H:%M}–{one.ends:%H:%M}", one.name, kinds[one.kind], one.room or None,
                    listed(f"{each.name} {each.organisation_name}".strip() for each in one.speakers.all()),
                    one.chair or None,
                )
                for one in items
                if one.day_id == on.pk
            ),
            day(on.on),
        )
        for on in days_of(workshop)
    ]  # fmt: skip
    table = Table(
        Text("议程", "Agenda"),
        (
            Column(Text("时间", "Time"), share=3),
            Column(Text("内容", "Title"), share=8),
            Column(Text("形式", "Kind"), share=2),
            Column(Text("会场", "Room"), share=3),
            Column(Text("主讲人", "Speakers"), share=6),
            Column(Text("主持人", "Chair"), share=3),
        ),
        tuple(groups),
        grouped=Text("日期", "Day"),
        empty=Text("议程尚未确定。", "The agenda is not set yet."),
    )
    aims = Text.of(workshop.aims)
    blocks: list[Block] = [Words(Text("目的", "Aims"), (aims,))] if aims != Text() else []
    return Printout(
        title=Text("研讨会议程", "Agenda of the workshop"),
        subtitle=workshop.name,
        whose="",
        about=tuple(_about(workshop)),
        blocks=(*blocks, table),
        on=today,
        source=Text(
            f"时间为当地时间（{workshop.time_zone}）。", f"Times of the place ({workshop.time_zone})."
        ),
        wide=True,
    )


def _about(workshop: Workshop) -> Iterable[Line]:
    names = [workshop.organisation.title.both()]
    names += [one.organisation.title.both() for one in workshop.organisers.select_related("organisation")]
    yield Text("主办单位", "Held by"), listed(names)
    days = days_of(workshop)
    if days:
        yield Text("日期", "Days"), span(days[0].on, days[-1].on)
    sites = sites_of(workshop)
    if sites:
        yield (
            Text("会场", "Sites"),
            listed(" ".join(filter(None, (one.title.both(), one.room))) for one in sites),
        )
    spoken = Text.of(workshop.spoken)
    if spoken != Text():
        yield Text("语言", "Languages"), spoken


def certificate_paper(certificate: Certificate, address: str, days: Sequence[Day]) -> Printout:
    """What somebody takes home; whoever doubts it looks it up by number and code. `days`: all of the workshop."""
    row, workshop = certificate.registration, certificate.workshop
    lines: list[Line] = [
        (Text("姓名", "Name"), row.name),
        (Text("单位", "Organisation"), row.organisation_name),
        (Text("研讨会", "Workshop"), workshop.name),
        (Text("日期", "Days"), span(days[0].on, days[-1].on) if days else None),
        (Text("参会时长", "Time attended"), _time(certificate.minutes)),
        (Text("编号", "Number"), certificate.number),
        (Text("核验码", "Code to check"), certificate.code),
    ]
    if certificate.revoked_at is not None:
        lines.append((Text("已撤销", "Revoked"), certificate.because))
    said = Text(
        f"兹证明 {row.name} 参加了本次研讨会，参会时长以签到和线上记录为准。",
        f"This is to certify that {row.name} attended this workshop; the time is as recorded at the door and on line.",
    )
    blocks: list[Block] = [Words(Text("证明", "Certificate"), (said,)), Facts(tuple(lines))]
    if certificate.days:
        blocks.append(_attended(certificate, sum(one.minutes for one in days)))
    return Printout(
        title=Text("参会证明", "Certificate of attendance"),
        subtitle=workshop.name,
        whose=row.name,
        about=(),
        blocks=tuple(blocks),
        on=certificate.issued_at.astimezone(workshop.zone).date(),
        source=Text(f"核验地址：{address}", f"To be checked at {address}"),
        stamps=(workshop.organisation.title,),
    )


def _time(minutes: int) -> Text:
    hours, left = divmod(minutes, 60)
    return Text(f"{hours} 小时 {left} 分钟", f"{hours} h {left} min")


def _attended(certificate: Certificate, whole: int) -> Table:
    """Day by day as it was when the certificate was issued, and by which rule."""
    ways, share = labels(WAYS), certificate.workshop.share
    rows = tuple(
        (date.fromisoformat(one["on"]), ways[one["way"]], _time(one["minutes"])) for one in certificate.days
    )
    return Table(
        Text("到会明细", "Day by day"),
        (
            Column(Text("日期", "Day"), share=3),
            Column(Text("方式", "How"), share=3),
            Column(Text("时长", "Time"), share=3),
        ),
        (Group(rows),),
        note=Text(
            f"证明发给参会时长达到全部会议时间 {share}% 的人员，全部时间为 {_time(whole).zh}。{RULE.zh}",
            f"Issued to whoever was there for {share}% of the time or more; the whole is {_time(whole).en}. {RULE.en}",
        ),
    )


def report_paper(workshop: Workshop, figures: Figures, at: datetime) -> Printout:
    """The same figures as on the page."""
    return Printout(
        title=Text("研讨会报告", "Report of the workshop"),
        subtitle=workshop.name,
        whose="",
        about=tuple(_about(workshop)),
        blocks=(Facts(tuple(summary(figures)), Text("概要", "In short")), *tables(figures)),
        on=at.astimezone(workshop.zone).date(),
        source=source(at),
        stamps=(workshop.organisation.title,),
    )


def summary(found: Figures) -> Iterable[Line]:
    """The figures that a newsletter gives first."""
    yield Text("参会人数", "Participants"), found.came
    yield Text("参会单位", "Organisations"), found.organisations
    yield Text("来自城市", "Cities"), found.cities
    yield Text("报名人数", "Registered"), found.registered
    yield Text("候补人数", "On the waiting list"), found.waiting
    yield Text("取消报名", "Withdrawn"), found.withdrawn
    yield Text("现场提问", "Questions"), found.questions
    yield Text("已答提问", "Questions answered"), found.answered
    yield Text("案例", "Cases"), found.cases
    yield Text("上架案例", "Cases on the shelf"), found.published
    yield Text("参会证明", "Certificates"), found.certificates


def tables(found: Figures) -> tuple[Table, ...]:
    """The tables of the report, on page, paper and sheet alike."""
    made = [
        _days(found),
        _table(Text("参会方式", "How they came"), found.by_way, labels(WAYS)),
        _table(Text("单位类型", "Kinds of organisations"), found.by_kind, labels(KINDS)),
        _table(Text("城市", "Cities"), found.by_city, {}),
    ]
    if found.genders:
        names = labels(GENDERS)
        rows = [(names[key], count) for key, count in found.genders]
        made.append(
            Table(
                Text("女性与男性", "Women and men"),
                (Column(Text("性别", "Gender"), share=6), Column(Text("人数", "People"), figures=True)),
                (Group(tuple(rows)),),
                note=Text(f"{found.unanswered} 人未作答。", f"{found.unanswered} did not say."),
            )
        )
    return (*made, *(_poll(one) for one in found.polls))


def _days(found: Figures) -> Table:
    rows = [(one.day.on, one.site, one.online, one.all) for one in found.by_day]
    return Table(
        Text("每日到会", "By day"),
        (
            Column(Text("日期", "Day"), share=6),
            Column(Text("线下", "On site"), figures=True),
            Column(Text("线上", "On line"), figures=True),
            Column(Text("合计", "All"), figures=True),
        ),
        (Group(tuple(rows)),),
    )


def _table(heading: Text, rows: tuple[Row, ...], names: Mapping[str, Text]) -> Table:
    return Table(
        heading,
        (
            Column(heading, share=6),
            Column(Text("报名", "Registered"), figures=True),
            Column(Text("到会", "Came"), figures=True),
            Column(Text("单位", "Organisations"), figures=True),
        ),
        (
            Group(
                tuple(
                    (names.get(one.key, one.key), one.registered, one.came, one.organisations) for one in rows
                )
            ),
        ),
    )


def _poll(one: PollRow) -> Table:
    heading = one.poll.name
    if one.counts is None:
        columns = (Column(Text("答案", "Answer"), share=6), Column(Text("人数", "People"), figures=True))
        few = Text("作答人数少于 5 人，不予显示。", "Fewer than five answered; not shown.")
        return Table(heading, columns, (), empty=few)
    named: dict[str, Cell] = {str(n): Text.of(option) for n, option in enumerate(one.poll.options, start=1)}
    if one.poll.kind == "scale":
        named = {str(n): str(n) for n in range(1, SCALE + 1)}
    rows = [
        (name, one.counts.get(key, 0)) for key, name in (named or {key: key for key in one.counts}).items()
    ]
    return Table(
        heading,
        (Column(Text("答案", "Answer"), share=6), Column(Text("次数", "Times"), figures=True)),
        (Group(tuple(rows)),),
        note=Text(f"{one.poll.votes} 人作答。", f"{one.poll.votes} answered."),
        empty=Text("无人作答。", "Nobody answered."),
    )
