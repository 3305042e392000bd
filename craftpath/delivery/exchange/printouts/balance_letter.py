"""The yearly balance letter of a partnership: from the content that was frozen when it was issued."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from craftpath.delivery.exchange.payments import decimal
from craftpath.delivery.exchange.printouts.wording import labels
from craftpath.domain.committees.texts import DECISION_STATES
from craftpath.domain.partnership.texts import KINDS, ROLES
from craftpath.values.printout import (
    Block,
    Cell,
    Column,
    Facts,
    Group,
    Line,
    Printout,
    Signature,
    Table,
    minutes,
)
from craftpath.values.text import Text

TITLE = Text("合作年度对账函", "Yearly balance letter of the partnership")
_PLEDGED, _GIVEN = Text("承诺投入", "Pledged"), Text("已投入", "Given")
_CONFIRMED, _BALANCE = Text("已确认", "Confirmed"), Text("差额", "Balance")


def balance_letter(
    content: Mapping[str, Any], *, number: str, issued_on: date, issued_by: str, sha256: str
) -> Printout:
    """The same content gives the same paper."""
    names = [Text.of(side["name"]) for side in content["sides"]]
    roles = labels(ROLES)
    return Printout(
        title=TITLE,
        subtitle=Text(f"{content['year']} 年度", f"Year {content['year']}"),
        whose=Text.of(content["name"]).both(),
        about=tuple(_about(content, number, issued_by, names)),
        blocks=tuple(_blocks(content, names)),
        on=issued_on,
        source=Text(
            f"数据截至签发时，此后不再变动。指纹（SHA-256）：{sha256[:16]}",
            f"As the record stood when it was issued; it does not change. Fingerprint (SHA-256): {sha256[:16]}",
        ),
        signatures=tuple(
            Signature(roles[side["role"]], Text.of(side["name"]).both()) for side in content["sides"]
        ),
        stamps=tuple(names),
    )


def _about(content: Mapping[str, Any], number: str, issued_by: str, names: Sequence[Text]) -> Iterable[Line]:
    yield Text("编号", "Number"), number
    if content["number"]:
        yield Text("协议备案号", "Filing number of the agreement"), content["number"]
    roles = labels(ROLES)
    for side, name in zip(content["sides"], names, strict=True):
        yield roles[side["role"]], name
    yield Text("签发人", "Issued by"), issued_by or None


def _blocks(content: Mapping[str, Any], names: Sequence[Text]) -> Iterable[Block]:
    yield _by_kind(content, names)
    yield _balance(content, names)
    yield _work(content, names)
    yield _decisions(content)
    if content["used"]:
        rows = tuple(
            (Text.of(one["what"]), names[one["side"]], minutes(one["minutes"])) for one in content["used"]
        )
        heads = (Text("资源", "What"), Text("使用方", "Used by"))
        columns = (*map(Column, heads), Column(Text("时长", "Hours"), figures=True))
        yield Table(Text("共享使用", "Used together"), columns, (Group(rows),))
    if content["joint"]:
        joint = tuple((Text.of(one["what"]), Text.of(one["state"])) for one in content["joint"])
        columns = (Column(Text("内容", "What"), share=4), Column(Text("状态", "State")))
        yield Table(Text("共同开展", "Done together"), columns, (Group(joint),))
    for one in content["costs"]:
        yield _costs(one)


def money(minor: int, currency: str) -> Decimal:
    """An amount in the currency's unit."""
    return decimal(minor, currency)


def _by_kind(content: Mapping[str, Any], names: Sequence[Text]) -> Table:
    kinds = labels(KINDS)
    rows = tuple(
        (
            names[cell["side"]], kinds[cell["kind"]], cell["currency"],
            *(money(cell[name], cell["currency"]) for name in ("pledged", "given", "confirmed")),
        )
        for cell in content["cells"]
    )  # fmt: skip
    return Table(
        Text("各方投入", "What each side put in"),
        (
            Column(Text("投入方", "Side"), share=4),
            Column(Text("类别", "Kind"), share=3),
            Column(Text("币种", "Currency"), share=2),
            Column(_PLEDGED, figures=True, share=3),
            Column(_GIVEN, figures=True, share=3),
            Column(_CONFIRMED, figures=True, share=3),
        ),
        (Group(rows),),
        note=Text(
            "按各方同意的计价规则计价，由其他方确认。",
            "Valued by the rule that all agreed on, confirmed by another side.",
        ),
        empty=Text("本年度没有登记投入。", "Nothing was entered for this year."),
    )


def _balance(content: Mapping[str, Any], names: Sequence[Text]) -> Table:
    rows = tuple(
        (
            names[one["side"]], one["currency"],
            *(money(one[name], one["currency"]) for name in ("pledged", "confirmed", "balance")),
            None if one["share"] is None else Decimal(one["share"]) / 10,
        )
        for one in content["sums"]
    )  # fmt: skip
    return Table(
        Text("各方对账", "Balance of each side"),
        (
            Column(Text("投入方", "Side"), share=4),
            Column(Text("币种", "Currency"), share=2),
            Column(_PLEDGED, figures=True, share=3),
            Column(_CONFIRMED, figures=True, share=3),
            Column(_BALANCE, figures=True, share=3),
            Column(Text("占比", "Share"), figures=True, share=2, unit=Text("%", "%")),
        ),
        (Group(rows),),
        note=Text("差额为已确认减承诺投入。", "The balance is what was confirmed less what was pledged."),
        empty=Text("无", "Nothing"),
    )


def _work(content: Mapping[str, Any], names: Sequence[Text]) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (name, duty["done"], duty["open"], minutes(taught))
        for name, duty, taught in zip(names, content["duties"], content["hours"], strict=True)
    ]
    return Table(
        Text("履约与带教", "Duties and teaching"),
        (
            Column(Text("单位", "Side"), share=4),
            Column(Text("已完成事项", "Duties done"), figures=True, share=2),
            Column(Text("未完成事项", "Duties open"), figures=True, share=2),
            Column(Text("带教学时", "Hours taught"), figures=True, share=3),
        ),
        (Group(tuple(rows)),),
        note=Text(
            "带教学时取自平台已确认的记录。", "Hours taught are those that the record has as confirmed."
        ),
    )


def _decisions(content: Mapping[str, Any]) -> Table:
    states = labels(DECISION_STATES)
    rows = tuple(
        (Text.of(one["text"]), one["owner"], date.fromisoformat(one["due"]), states[one["state"]])
        for one in content["decisions"]
    )
    return Table(
        Text("本年度决议", "Decisions of the year"),
        (
            Column(Text("决议", "Decision"), share=6),
            Column(Text("负责人", "Owner"), share=2),
            Column(Text("期限", "Due"), share=2),
            Column(Text("状态", "State"), share=2),
        ),
        (Group(rows),),
        empty=Text("本年度没有决议。", "Nothing was decided in this year."),
    )


def _costs(one: Mapping[str, Any]) -> Facts:
    name, unit = Text.of(one["name"]), one["currency"]
    after = one["break_even"]
    never = Text("按此假设不能收回", "not by these assumptions")
    return Facts(
        (
            (Text("学徒人数", "Apprentices"), one["apprentices"]),
            (Text(f"人均成本（{unit}）", f"Cost of one apprentice ({unit})"), money(one["cost"], unit)),
            (Text(f"人均收益（{unit}）", f"Benefit of one apprentice ({unit})"), money(one["benefit"], unit)),
            (Text(f"人均净成本（{unit}）", f"Net cost of one apprentice ({unit})"), money(one["net"], unit)),
            (Text(f"人均年净成本（{unit}）", f"Net cost in a year ({unit})"), money(one["net_year"], unit)),
            (
                Text("出师后收回成本（月）", "Paid back, months after the end"),
                never if after is None else after,
            ),
        ),
        Text(
            f"学徒制成本与收益：{name.say('zh')}（第 {one['version']} 版，企业自报）",
            f"Costs and benefits of apprenticeship: {name.say('en')} (version {one['version']}, its own figures)",
        ),
    )
