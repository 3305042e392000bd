"""The text of a sharing rule in Chinese and English, as both sides see it."""

from __future__ import annotations

from craftpath.domain.sharing.models import SharingRule
from craftpath.kernel.purposes import PURPOSES
from craftpath.values.paper import Paper, Section, day
from craftpath.values.text import Text

_BASES = {
    "agreement": Text("双方有效的校企合作协议", "the cooperation agreement in force between both sides"),
    "law": Text("法律法规要求", "a law requires it"),
    "consent": Text(
        "本人同意（未成年人由监护人同意）", "the consent of each person, of a minor by the guardian"
    ),
    "public_interest": Text("公共利益", "public interest"),
}
_WHOM = {
    "cohort": Text("该班级的在读学徒：", "active apprentices of the cohort "),
    "both": Text("同时在双方学习的学徒", "apprentices who learn at both sides"),
    "everybody": Text("提供方的全部相关人员", "all people concerned whom the giver has"),
    "figures": Text("仅汇总数字，不出现任何个人", "figures only, nobody by name"),
}


def rule_paper(rule: SharingRule) -> Paper:
    """The whole rule."""
    first, last = day(rule.starts_on), day(rule.ends_on)
    purpose = PURPOSES[rule.purpose]
    titles = [Text.of(title) for key, title in rule.named["columns"] if key in rule.columns]
    return Paper(
        Text("信息共享规则", "Information sharing rule"),
        (
            Section(Text("双方", "Parties"), _parties(rule)),
            Section(
                Text("共享什么", "What is shared"),
                (
                    rule.title,
                    Text(
                        f"栏目：{'、'.join(one.say('zh') for one in titles)}",
                        f"Columns: {', '.join(one.say('en') for one in titles)}",
                    ),
                ),
            ),
            Section(Text("涉及谁", "Of whom"), (_whom(rule),)),
            Section(Text("目的", "Purpose"), (purpose.name, purpose.why)),
            Section(Text("依据", "Basis"), (_basis(rule), *_third_parties(rule))),
            Section(
                Text("期限", "Time"),
                (
                    Text(
                        f"自{first.zh}起至{last.zh}止，首尾两日均计入。依据提前终止的，本规则同日终止。",
                        f"From {first.en} to {last.en}, both days counted; it ends with its basis if that is earlier.",
                    ),
                ),
            ),
            Section(
                Text("约定", "What holds"),
                (
                    Text(
                        "接收方仅可将数据用于上述目的，不得转给第三方。每一次查看和下载都会记录，提供方和本人可以看到。",
                        "The receiver uses the data for this purpose only and hands them to nobody. Every look and "
                        "download is recorded; the giver and the person concerned can see it.",
                    ),
                    Text(
                        "任何一方可说明理由并随时撤回，撤回后立即不再显示。",
                        "Either side may revoke it at any time with a reason; from then on nothing is shown.",
                    ),
                ),
            ),
        ),
    )


def _parties(rule: SharingRule) -> tuple[Text, ...]:
    giver, receiver = rule.giver.title, rule.receiver.title
    return (
        Text(f"提供方：{giver.say('zh')}", f"Giver: {giver.say('en')}"),
        Text(f"接收方：{receiver.say('zh')}", f"Receiver: {receiver.say('en')}"),
        Text(f"编号：{rule.label}", f"Number: {rule.label}"),
    )


def _third_parties(rule: SharingRule) -> tuple[Text, ...]:
    """What is said where apprentices who do not learn at the receiver may be meant."""
    named = rule.whom in ("cohort", "everybody") and "cohort" in rule.named["whom"]
    if not named or rule.basis not in ("agreement", "public_interest"):
        return ()
    return (
        Text(
            "不在接收方学习的学徒，只有本人单独同意后才会显示。",
            "Apprentices who do not learn at the receiver are shown only with a consent of their own.",
        ),
    )


def _whom(rule: SharingRule) -> Text:
    said, cohort = _WHOM[rule.whom], Text.of(rule.cohort_name)
    if rule.whom != "cohort":
        return said
    return Text(f"{said.zh}{cohort.say('zh')}", f"{said.en}{cohort.say('en')}")


def _basis(rule: SharingRule) -> Text:
    said = _BASES[rule.basis]
    if not rule.basis_words:
        return said
    return Text(f"{said.zh}：{rule.basis_words}", f"{said.en}: {rule.basis_words}")
