"""Hours on and off the job, mentors, the record book."""

from __future__ import annotations

from craftpath.engines.indicators.parts import Is, Part
from craftpath.engines.indicators.types import Better, Group, Indicator, Method, Missing, Unit
from craftpath.values.text import Text

ON, OFF = Is("place_kind", "on"), Is("place_kind", "off")


def _minutes(kind: Is, which: str) -> Part:
    return Part(f"hours_{kind.value}_{which}", "hours", f"{which}_minutes", (kind,))


def _people(kind: Is) -> Part:
    return Part(f"hours_{kind.value}_rows", "hours", where=(kind,))


def _hours(key: str, kind: Is, which: str, name: Text, text: Text) -> Indicator:
    return Indicator(
        key,
        Group.HOURS,
        name,
        text,
        Unit.HOURS,
        Method.SUM,
        (_minutes(kind, which),),
        (_people(kind),),
        places=1,
        factor=(1, 60),
    )


def _kept(key: str, kind: Is, name: Text, text: Text) -> Indicator:
    return Indicator(
        key,
        Group.HOURS,
        name,
        text,
        Unit.SHARE,
        Method.QUOTIENT,
        (_minutes(kind, "confirmed"),),
        (_people(kind),),
        base=(_minutes(kind, "planned"),),
        places=4,
        better=Better.UP,
    )


MENTORS = Part("mentor_rows", "mentor")
BOOKS = Part("entry_rows", "entry")
ENTRIES = Part("entry_entries", "entry", "entries")

TRAINED = (
    _hours(
        "hours_on_planned",
        ON,
        "planned",
        Text(zh="岗位学时（计划）", en="Hours on the job, planned"),
        Text(zh="计划中的岗位培训小时数", en="Hours of training on the job as planned"),
    ),
    _hours(
        "hours_on_confirmed",
        ON,
        "confirmed",
        Text(zh="岗位学时（确认）", en="Hours on the job, confirmed"),
        Text(zh="已确认的岗位培训小时数", en="Hours of training on the job that were confirmed"),
    ),
    _hours(
        "hours_off_planned",
        OFF,
        "planned",
        Text(zh="脱岗学时（计划）", en="Hours off the job, planned"),
        Text(zh="计划中的脱岗培训小时数", en="Hours of training off the job as planned"),
    ),
    _hours(
        "hours_off_confirmed",
        OFF,
        "confirmed",
        Text(zh="脱岗学时（确认）", en="Hours off the job, confirmed"),
        Text(zh="已确认的脱岗培训小时数", en="Hours of training off the job that were confirmed"),
    ),
    _kept(
        "hours_on_kept",
        ON,
        Text(zh="岗位学时兑现率", en="Hours on the job, kept"),
        Text(zh="已确认岗位学时占计划岗位学时的比例", en="Confirmed hours on the job by planned ones"),
    ),
    _kept(
        "hours_off_kept",
        OFF,
        Text(zh="脱岗学时兑现率", en="Hours off the job, kept"),
        Text(zh="已确认脱岗学时占计划脱岗学时的比例", en="Confirmed hours off the job by planned ones"),
    ),
    Indicator(
        "off_the_job_share",
        Group.HOURS,
        Text(zh="脱岗学时占比", en="Share off the job"),
        Text(zh="已确认学时中脱岗学时的比例", en="Of the hours confirmed, the share off the job"),
        Unit.SHARE,
        Method.QUOTIENT,
        (_minutes(OFF, "confirmed"),),
        (_people(ON),),
        base=(_minutes(ON, "confirmed"), _minutes(OFF, "confirmed")),
        places=4,
    ),
    Indicator(
        "mentor_load",
        Group.MENTORS,
        Text(zh="师傅负担", en="Mentor load"),
        Text(
            zh="每位师傅每季度所带学徒的平均人数",
            en="Apprentices in the care of a mentor in a quarter, the mean",
        ),
        Unit.RATIO,
        Method.QUOTIENT,
        (Part("mentor_apprentices", "mentor", "apprentices"),),
        (MENTORS,),
        base=(MENTORS,),
        places=2,
        better=Better.DOWN,
    ),
    Indicator(
        "mentors_qualified",
        Group.MENTORS,
        Text(zh="合格师傅比例", en="Mentors qualified"),
        Text(
            zh="带徒的师傅中达到项目资格要求的比例",
            en="Of the mentors who have apprentices, the share with the standing that the programme asks for",
        ),
        Unit.SHARE,
        Method.QUOTIENT,
        (Part("mentor_qualified", "mentor", where=(Is("qualified", 1),)),),
        (MENTORS,),
        base=(MENTORS,),
        places=4,
        interval=True,
        better=Better.UP,
    ),
    Indicator(
        "entries",
        Group.RECORD,
        Text(zh="日志条数", en="Entries in the record book"),
        Text(
            zh="已到确认期限的学徒日志条数", en="Entries in record books whose time to be confirmed is over"
        ),
        Unit.COUNT,
        Method.SUM,
        (ENTRIES,),
        (ENTRIES,),
        people=(BOOKS,),
    ),
    Indicator(
        "entries_in_time",
        Group.RECORD,
        Text(zh="日志按时确认率", en="Entries confirmed in time"),
        Text(zh="到期日志中按时确认的比例", en="Of the entries that were due, the share confirmed in time"),
        Unit.SHARE,
        Method.QUOTIENT,
        (Part("entry_in_time", "entry", "signed_in_time"),),
        (ENTRIES,),
        base=(ENTRIES,),
        people=(BOOKS,),
        places=4,
        better=Better.UP,
    ),
    Indicator(
        "entry_hours",
        Group.RECORD,
        Text(zh="日志确认用时", en="Hours until an entry is confirmed"),
        Text(zh="到期日志从写下到确认的平均小时数", en="Hours from writing to confirming an entry, the mean"),
        Unit.HOURS,
        Method.QUOTIENT,
        (Part("entry_hours", "entry", "answer_hours"),),
        (ENTRIES,),
        base=(ENTRIES,),
        people=(BOOKS,),
        places=1,
        missing=Missing.NOTHING,
        better=Better.DOWN,
    ),
)
