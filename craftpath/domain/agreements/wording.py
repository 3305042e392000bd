"""The text of an agreement and of an amendment, in Chinese and English: what the parties read and sign.

These words are part of what is signed. They are written here in both languages at once and not translated when read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from craftpath.domain.agreements.law import Law
from craftpath.domain.agreements.terms import Terms
from craftpath.values.paper import Paper, Section, day, money
from craftpath.values.text import Text

_PER = {"month": Text("每月", "a month"), "week": Text("每周", "a week"), "hour": Text("每小时", "an hour")}
_PAID = {
    "monthly": Text("按月发放", "Paid monthly"),
    "biweekly": Text("每两周发放", "Paid every two weeks"),
    "weekly": Text("按周发放", "Paid weekly"),
}
_RECORD = {
    "electronic": Text("培养记录以电子形式填写。", "The training record is kept electronically."),
    "written": Text("培养记录以书面形式填写。", "The training record is kept in writing."),
}
NAMES = {
    "enterprise": Text("企业", "Enterprise"),
    "mentor": Text("师傅", "Mentor"),
    "starts_on": Text("首日", "First day"),
    "ends_on": Text("末日", "Last day"),
    "currency": Text("币种", "Currency"),
    "per": Text("计酬单位", "Pay is counted"),
    "wage": Text("报酬", "Pay"),
    "pay_frequency": Text("发放周期", "When it is paid"),
    "weekly_hours": Text("每周工作与学习时间", "Hours of work and learning a week"),
    "annual_leave_days": Text("年休假", "Annual leave"),
    "probation_end": Text("试用期末日", "Probation ends"),
    "induction_on": Text("安全教育", "Safety induction"),
    "occupation": Text("职业", "Occupation"),
    "qualification": Text("目标资格", "Qualification"),
    "mentor_qualification": Text("师傅资格", "Mentor's qualification"),
    "record_form": Text("培养记录形式", "Form of the record"),
    "length_reason": Text("期限与通常不同的理由", "Why the length is not the usual one"),
    "off_job_percent": Text("脱岗学习占比", "Share of the time off the job"),
    "skilled_workers": Text("岗位所在单位熟练工人数", "Skilled workers at the workplace"),
    "bond_cost": Text("专项培训费用", "Cost of special training"),
    "bond_months": Text("服务期（月）", "Months of service"),
}


@dataclass(frozen=True, slots=True)
class Parties:
    """Who agrees, as they are called on the day of the text."""

    apprentice: str
    birth_date: date | None
    number: str
    enterprise: Text
    college: Text
    mentor: str = ""
    guardian: str = ""
    guardian_relation: str = ""
    programme: Text = Text()
    cohort: Text = Text()


def agreement_paper(parties: Parties, terms: Terms, starts_on: date, ends_on: date, law: Law) -> Paper:
    """The whole agreement."""
    sections = [
        Section(Text("各方", "Parties"), tuple(_who(parties))),
        Section(Text("职业与培养方案", "Occupation and programme"), tuple(_aim(parties, terms))),
        Section(Text("期限", "Time"), tuple(_time(terms, starts_on, ends_on))),
        Section(Text("报酬", "Pay"), tuple(_pay(terms))),
        Section(Text("时间与休假", "Hours and leave"), tuple(_hours(terms))),
        *_clauses(terms, law),
        Section(
            Text("签署", "Signing"),
            (
                Text(
                    zh="各方可按任意顺序签署；全部签署后本文本固定不变，"
                    "变更须由各方另行签署变更协议。中英文本并列，理解不一致时以中文为准。",
                    en="The parties may sign in any order. Once all have signed, this text never changes; "
                    "a change is an amendment signed by the parties. Where Chinese and English differ, "
                    "the Chinese holds.",
                ),
            ),
        ),
    ]
    return Paper(Text("学徒培养协议", "Apprenticeship agreement"), tuple(sections))


def amendment_paper(
    parties: Parties, number: int, signed_on: date, from_day: date, changes: Sequence[tuple[Text, Text, Text]],
    reason: str,
) -> Paper:  # fmt: skip
    """Only what changes: everything else of the agreement stays in force as it was signed."""
    intro = Text(
        zh=f"本变更协议是{day(signed_on).zh}签署的学徒培养协议的第{number}次变更，自{day(from_day).zh}起生效。",
        en=f"Amendment {number} of the apprenticeship agreement signed on {day(signed_on).en}. It takes effect on "
        f"{day(from_day).en}.",
    )
    lines = [
        Text(
            zh=f"{name.zh}：原为“{_or_none(before).zh}”，改为“{_or_none(after).zh}”。",
            en=f"{name.en}: was “{_or_none(before).en}”, becomes “{_or_none(after).en}”.",
        )
        for name, before, after in changes
    ]
    rest = Text(zh="其他条款不变，继续有效。", en="Everything else stays in force as it was signed.")
    sections = (
        Section(Text("各方", "Parties"), tuple(_who(parties))),
        Section(Text("变更内容", "What changes"), (intro, *lines, rest)),
        Section(Text("理由", "Reason"), (Text.of(reason),)),
    )
    return Paper(Text("学徒培养协议变更", "Amendment of the apprenticeship agreement"), sections)


def said(key: str, value: Any, terms: Mapping[str, Any]) -> Text:
    """One stored value as it is read in a comparison."""
    if value in (None, "", 0, [], {}):
        return Text()
    if key in {"starts_on", "ends_on", "probation_end", "induction_on"}:
        return day(date.fromisoformat(value))
    if key == "wage":
        return _joined(_steps(Terms.from_json(terms)))
    if key in {"per", "pay_frequency", "record_form"}:
        return {**_PER, **_PAID, **_RECORD}[value]
    if key == "bond_cost":
        return money(int(value), terms.get("currency", ""))
    if key in {"annual_leave_days"}:
        return Text(f"{value} 天", f"{value} days")
    if key == "off_job_percent":
        return Text(f"{value}%", f"{value} %")
    if key == "weekly_hours":
        return Text(f"{value} 小时", f"{value} hours")
    return Text.of(value) if isinstance(value, str | dict) else Text.of(str(value))


def name_of(key: str, law: Law) -> Text:
    """How a changed key is called."""
    if key.startswith("clauses."):
        return next((one.name for one in law.clauses if f"clauses.{one.key}" == key), Text.of(key))
    return NAMES.get(key, Text.of(key))


def _who(parties: Parties) -> Iterable[Text]:
    born = parties.birth_date
    birth = Text(f"，{day(born).zh}出生", f", born on {day(born).en}") if born is not None else Text("", "")
    yield Text(
        f"企业：{parties.enterprise.zh or parties.enterprise.en}",
        f"Enterprise: {parties.enterprise.say('en')}",
    )
    yield Text(f"学徒：{parties.apprentice}{birth.zh}", f"Apprentice: {parties.apprentice}{birth.en}")
    if parties.guardian:
        relation = parties.guardian_relation
        zh = f"监护人：{parties.guardian}" + (f"（{relation}）" if relation else "")
        en = f"Guardian: {parties.guardian}" + (f" ({relation})" if relation else "")
        yield Text(zh, en)
    yield Text(f"院校：{parties.college.say('zh')}", f"College: {parties.college.say('en')}")


def _aim(parties: Parties, terms: Terms) -> Iterable[Text]:
    yield Text(
        f"培养方案：{parties.programme.say('zh')}；班级：{parties.cohort.say('zh')}。",
        f"Programme: {parties.programme.say('en')}; cohort: {parties.cohort.say('en')}.",
    )
    yield Text(
        f"职业：{terms.occupation.say('zh')}；目标资格：{terms.qualification.say('zh')}。",
        f"Occupation: {terms.occupation.say('en')}; qualification: {terms.qualification.say('en')}.",
    )
    if parties.mentor:
        holds = terms.mentor_qualification
        zh = f"师傅：{parties.mentor}" + (f"（{holds}）。" if holds else "。")
        en = f"Mentor: {parties.mentor}" + (f" ({holds})." if holds else ".")
        yield Text(zh, en)
    if terms.skilled_workers:
        number = terms.skilled_workers
        yield Text(f"岗位所在单位有熟练工{number}人。", f"Skilled workers at the workplace: {number}.")


def _time(terms: Terms, starts_on: date, ends_on: date) -> Iterable[Text]:
    yield Text(
        f"自{day(starts_on).zh}起至{day(ends_on).zh}止。",
        f"From {day(starts_on).en} to {day(ends_on).en}, both days counted.",
    )
    if terms.probation_end is not None:
        last = day(terms.probation_end)
        yield Text(f"试用期至{last.zh}止。", f"Probation ends on {last.en}.")
    if terms.length_reason:
        yield Text(
            f"期限与通常不同的理由：{terms.length_reason}",
            f"Why the length is not the usual one: {terms.length_reason}",
        )


def _pay(terms: Terms) -> Iterable[Text]:
    yield from _steps(terms)
    if terms.pay_frequency:
        paid = _PAID[terms.pay_frequency]
        yield Text(f"{paid.zh}。", f"{paid.en}.")
    if terms.bond_cost:
        cost = money(terms.bond_cost, terms.currency)
        yield Text(
            f"企业出资专项培训{cost.zh}，约定服务期{terms.bond_months}个月；学徒提前离开时，"
            "应付金额不超过培训费用，也不超过未服务期间所分摊的部分。",
            f"The enterprise pays {cost.en} for special training, for {terms.bond_months} months of service. An "
            "apprentice who leaves early owes at most that cost, and at most the share of the months not served.",
        )


def _steps(terms: Terms) -> Iterable[Text]:
    per = _PER[terms.per]
    for step in terms.wage:
        amount, since = money(step.amount, terms.currency), day(step.starts_on)
        yield Text(f"自{since.zh}起：{per.zh}{amount.zh}。", f"From {since.en}: {amount.en} {per.en}.")


def _hours(terms: Terms) -> Iterable[Text]:
    if terms.weekly_hours is not None:
        hours = _figure(terms.weekly_hours)
        yield Text(
            f"工作与学习时间每周合计{hours}小时。", f"Work and learning together take {hours} hours a week."
        )
    if terms.off_job_percent is not None:
        share = _figure(terms.off_job_percent)
        yield Text(f"其中脱岗学习占{share}%。", f"Of this {share} % is learning off the job.")
    if terms.annual_leave_days is not None:
        days = _figure(terms.annual_leave_days)
        yield Text(f"带薪年休假每年{days}天。", f"{days} days of paid annual leave.")
    if terms.induction_on is not None:
        first = day(terms.induction_on)
        yield Text(f"安全教育日期：{first.zh}。", f"Safety induction on {first.en}.")
    if terms.record_form:
        yield _RECORD[terms.record_form]


def _clauses(terms: Terms, law: Law) -> Iterable[Section]:
    for clause in law.clauses:
        words = terms.clause(clause.key)
        if words.both().strip():
            yield Section(clause.name, (words,))


def _figure(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _joined(texts: Iterable[Text]) -> Text:
    texts = list(texts)
    return Text("".join(one.zh for one in texts), " ".join(one.en for one in texts))


def _or_none(value: Text) -> Text:
    return value if value.both() else Text("未约定", "not agreed")
