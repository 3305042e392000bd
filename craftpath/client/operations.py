"""Written by `manage.py reference` from docs/reference/openapi.json; not to be changed by hand."""
# mypy: disable-error-code="no-any-return"

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, TypedDict

from .transport import Transport, part


class Me(TypedDict, total=False):
    """The token as it stands now."""

    token: Named
    service: bool
    person: Named | None
    organisation: NamedText
    organisation_key: str
    roles: list[str]
    scopes: list[str]
    expires_at: str


class Named(TypedDict, total=False):
    """Somebody, or something, by its public id."""

    id: str
    name: str


class NamedText(TypedDict, total=False):
    """Something whose name has two languages."""

    id: str
    name: Said


class Said(TypedDict, total=False):
    """A text in the languages that it has."""

    zh: str | None
    en: str | None


class Problem(TypedDict, total=False):
    """What went wrong."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    facts: dict[str, Any]
    errors: list[Wrong]


class Wrong(TypedDict, total=False):
    """One thing in a request that is not right."""

    at: str
    code: str
    detail: str


class Entry(TypedDict, total=False):
    """What one apprentice did on one day, or in a part of it."""

    id: str
    apprentice: Named
    on: str
    text: str
    minutes: int
    bucket: str
    place: str
    unit: str
    skill: str
    state: Literal["draft", "submitted", "returned", "confirmed"]
    revision: int
    corrects: str | None
    versions: int
    submitted_at: str | None
    confirmed_by: Named | None
    confirmed_at: str | None
    files: list[Photo]
    remarks: list[Remark]


class Photo(TypedDict, total=False):
    """A photo or recording."""

    id: str
    kind: str
    media_type: str


class Remark(TypedDict, total=False):
    """What a mentor or trainer said to an entry."""

    by: Named | None
    at: str
    revision: int
    phrase: str
    words: str


class NewEntry(TypedDict, total=False):
    """An entry, handed in at once or kept as a draft."""

    on: str
    text: str
    minutes: int
    bucket: str
    place: str
    unit: str
    skill: str
    made_id: str | None
    submit: bool


class Turn(TypedDict, total=False):
    """Which part of a list is asked for."""

    limit: int
    cursor: str


class EntryContent(TypedDict, total=False):
    """The writer's own part."""

    on: str
    text: str
    minutes: int
    bucket: str
    place: str
    unit: str
    skill: str


class NotConfirmed(TypedDict, total=False):
    """Why one could not be."""

    id: str
    code: str
    detail: str


class Outcome(TypedDict, total=False):
    """What a confirmation of many came to."""

    confirmed: list[str]
    refused: list[NotConfirmed]


class EntriesRead(TypedDict, total=False):
    """Entries that are to be confirmed."""

    entries: list[EntryRead]


class EntryRead(TypedDict, total=False):
    """An entry as it was read."""

    id: str
    revision: int


class Back(TypedDict, total=False):
    """Why an entry goes back: a phrase of the bank, own words, or both."""

    revision: int
    phrase: str
    words: str


class Due(TypedDict, total=False):
    """One thing that is due."""

    kind: str
    name: Said
    subject: str
    organisation_key: str
    due_on: str
    overdue: bool
    may_move: bool


class Deadline(TypedDict, total=False):
    """The same as an office sees it."""

    kind: str
    name: Said
    subject: str
    organisation_key: str
    due_on: str
    overdue: bool
    may_move: bool
    age: Literal["ahead", "week", "late", "later", "latest"]
    people: list[Named]
    count: int


class Activity(TypedDict, total=False):
    """Something to do in a course."""

    key: str
    kind: str
    title: Said
    state: str
    due_on: str | None


class AllLearning(TypedDict, total=False):
    """What one learns, what was touched last first."""

    items: list[Learning]


class Learning(TypedDict, total=False):
    """A course that one follows, and where to go on."""

    id: str
    course: NamedText
    activities: int
    done: int
    next: Activity | None
    last_at: str | None
    page: str


class Question(TypedDict, total=False):
    """A question. Who asks is nobody's business where it was asked without a name."""

    id: str
    title: str
    text: str
    skill: str
    asked_by: Named | None
    asked_at: str
    due_on: str
    answered_at: str | None
    answers: int
    solved: bool
    own: bool
    revision: int


class Answer(TypedDict, total=False):
    """An answer, and who vouches for it."""

    id: str
    by: Named | None
    text: str
    made_at: str
    accepted: bool
    vouched_by: list[Named]
    thanks: int


class Thread(TypedDict, total=False):
    """A question with what was answered, the accepted answer first."""

    id: str
    title: str
    text: str
    skill: str
    asked_by: Named | None
    asked_at: str
    due_on: str
    answered_at: str | None
    answers: int
    solved: bool
    own: bool
    revision: int
    thread: list[Answer]


class NewQuestion(TypedDict, total=False):
    """What is asked, and before whom one's name stands."""

    made_id: str | None
    text: str
    name_to: Literal["everybody", "staff", "nobody"]
    audience: Literal["college", "cohort"]
    skill: str


class NewAnswer(TypedDict, total=False):
    """What is answered."""

    made_id: str | None
    text: str


class Session(TypedDict, total=False):
    """Something taught to one or more cohorts between two moments."""

    id: str
    title: Said
    kind: str
    mode: str
    place: str
    starts_at: str
    ends_at: str
    state: str
    revision: int
    organisation: NamedText
    cohorts: list[NamedText]
    teachers: list[Named]


class Planned(TypedDict, total=False):
    """The sessions that were planned."""

    sessions: list[Session]


class NewSession(TypedDict, total=False):
    """What is taught to whom, by whom, when and how."""

    title: Title
    kind: Literal["lesson", "workshop", "safety_induction", "exam_preparation", "other"]
    mode: Literal["on_site", "online", "mixed"]
    starts_at: str
    ends_at: str
    place: str
    bucket: str
    online_minutes: int
    recorded: bool
    cohorts: list[str]
    teachers: list[Teaching]
    weeks: int


class Teaching(TypedDict, total=False):
    """Somebody who teaches in it."""

    person: str
    role: Literal["trainer", "mentor", "skilled_master", "entrepreneur", "other"]


class Title(TypedDict, total=False):
    """A title in both languages, or in one."""

    zh: str
    en: str


class Roll(TypedDict, total=False):
    """Everybody who should be there, or is marked."""

    session: Session
    lines: list[RollLine]


class RollLine(TypedDict, total=False):
    """One apprentice in the roll; no status where nobody has marked it."""

    apprentice: Named
    number: str
    status: Literal["present", "absent", "late", "excused", "left_early"] | None
    minutes: int | None
    differs: bool


class Taken(TypedDict, total=False):
    """What became of a roll call, by ids of enrolments."""

    session: Session
    new: list[str]
    changed: list[str]
    same: list[str]
    beside: list[str]
    unknown: list[str]
    again: bool


class Mark(TypedDict, total=False):
    """What is said of one apprentice."""

    apprentice: str
    status: Literal["present", "absent", "late", "excused", "left_early"]
    minutes: int | None


class RollCall(TypedDict, total=False):
    """A roll call: whoever is not named is not marked."""

    made_id: str | None
    revision: int
    marks: list[Mark]


class Attendance(TypedDict, total=False):
    """Whether one apprentice was at one session, and what the apprentice says to it."""

    id: str
    session: NamedText
    starts_at: str
    apprentice: Named
    status: Literal["present", "absent", "late", "excused", "left_early"]
    minutes: int
    confirmed_at: str | None
    says: str
    words: str
    settled_at: str | None


class Counted(TypedDict, total=False):
    """How many were new."""

    count: int


class Confirmation(TypedDict, total=False):
    """Own lines that are right."""

    attendances: list[str]


class Objection(TypedDict, total=False):
    """What is wrong with one."""

    says: Literal["there", "not_there"]
    words: str


class Reason(TypedDict, total=False):
    """Why."""

    because: str


class Choice(TypedDict, total=False):
    """A criterion or a level by its key."""

    key: str
    name: Said


class Work(TypedDict, total=False):
    """One piece of work that one is asked to rate."""

    practical: NamedText
    evaluation: str
    item: str
    apprentice: Named
    number: str
    criteria: list[Choice]
    levels: list[Choice]
    rated: dict[str, Any] | None
    score: str | None
    rated_at: str | None


class Rating(TypedDict, total=False):
    """What was seen: a level for each criterion, or `not_observed`."""

    made_id: str | None
    levels: dict[str, Any]
    words: str


class Observed(TypedDict, total=False):
    """The observation as it is kept."""

    id: str
    apprentice: str
    on: str
    job: str
    seen_as: str
    words: str
    skill: str


class Observation(TypedDict, total=False):
    """A job that an apprentice was seen to do."""

    made_id: str | None
    apprentice: str
    on: str
    job: str
    seen_as: str
    words: str
    skill: str


class Review(TypedDict, total=False):
    """One review of one apprentice; what the sides say is for those who take part."""

    id: str
    apprentice: Named
    cohort: NamedText
    round: int
    state: str
    due_on: str
    starts_at: str
    ends_at: str
    mode: str
    place: str
    mentor: Named | None
    trainer: Named | None
    held_on: str | None
    colour: str
    signed_at: str | None
    revision: int
    parts: list[ReviewPart] | None


class ReviewPart(TypedDict, total=False):
    """What one side says."""

    role: str
    by: Named | None
    at: str
    words: str


class OwnPart(TypedDict, total=False):
    """The own side's part."""

    words: str


class ReviewText(TypedDict, total=False):
    """The text that waits for a signature."""

    text: dict[str, Any]
    sha256: str


class Signing(TypedDict, total=False):
    """What one has read."""

    seen: str


class ReviewPattern(TypedDict, total=False):
    """On which days and between which hours reviews are laid, how long each, how often, and who speaks."""

    first_on: str
    weekdays: list[int]
    from_at: str
    until_at: str
    minutes: int
    every_weeks: int
    rounds: int
    trainer: str
    mode: Literal["on_site", "online", "phone"]
    place: str
    apprentices: list[str]


class Offered(TypedDict, total=False):
    """What planning would do."""

    fingerprint: str
    reviews: list[Placed]
    left_out: list[str]
    without_mentor: list[str]


class Placed(TypedDict, total=False):
    """A review as it would be."""

    apprentice: Named
    starts_at: str
    ends_at: str
    due_on: str


class Laid(TypedDict, total=False):
    """The reviews that were planned, by id."""

    reviews: list[str]


class SeenPattern(TypedDict, total=False):
    """The same, with the fingerprint of the offer."""

    first_on: str
    weekdays: list[int]
    from_at: str
    until_at: str
    minutes: int
    every_weeks: int
    rounds: int
    trainer: str
    mode: Literal["on_site", "online", "phone"]
    place: str
    apprentices: list[str]
    seen: str


class Result(TypedDict, total=False):
    """One apprentice's result in one stage. What is absent is not known yet, and never 0."""

    apprentice: Named
    number: str
    evaluation: str
    cohort: NamedText
    stage: str
    complete: bool
    decided: bool
    total: str | None
    to_date: str
    open: str
    passed: bool | None
    grade: str
    parts: list[ResultPart]
    missing: list[str]


class ResultPart(TypedDict, total=False):
    """One component: its value of 100 or a grade, points so far, and points still open."""

    value: str | None
    to_date: str | None
    open: str | None
    grade: str


class Evaluation(TypedDict, total=False):
    """A stage of a cohort with the scheme that judges it."""

    id: str
    cohort: NamedText
    stage: str
    stage_name: Said
    scheme: NamedText
    scheme_version: int
    components: list[Said]
    items: list[Item]


class Item(TypedDict, total=False):
    """Something that gets a mark."""

    key: str
    name: Said


class Recorded(TypedDict, total=False):
    """What became of them."""

    added: int
    changed: int
    unchanged: int


class ItemMark(TypedDict, total=False):
    """A mark of one apprentice in one item of the scheme: a score, a grade, or why there is none."""

    apprentice: str
    item: str
    status: Literal["scored", "absent", "exempt"]
    score: float | str | None
    grade: str


class NewMarks(TypedDict, total=False):
    """Marks of one evaluation."""

    marks: list[ItemMark]


class Fact(TypedDict, total=False):
    """One thing that an entry of the record says."""

    label: Said
    value: str


class Record(TypedDict, total=False):
    """One's own record at every organisation."""

    name: str
    name_latin: str
    on: str
    entries: list[RecordEntry]


class RecordEntry(TypedDict, total=False):
    """Something that happened, at organisations, between two days."""

    section: str
    title: Said
    first: str | None
    last: str | None
    where: list[Said]
    state: str
    facts: list[Fact]
    brought: bool


class Cohort(TypedDict, total=False):
    """A class that follows one programme at one college."""

    id: str
    name: Said
    occupation: Said
    programme: NamedText
    organisation: NamedText
    state: str
    starts_on: str
    ends_on: str | None


class Apprentice(TypedDict, total=False):
    """One apprenticeship; `id` is that of the enrolment."""

    id: str
    person: Named
    name_latin: str
    number: str
    cohort: NamedText
    enterprise: NamedText | None
    state: str
    starts_on: str
    ended_on: str | None
    mentors: list[Named]
    path: list[Step]


class Step(TypedDict, total=False):
    """One stage on an apprentice's path."""

    stage: str
    name: Said
    state: Literal["locked", "open", "passed"]
    opened_on: str | None
    passed_on: str | None


class Bond(TypedDict, total=False):
    """One who teaches one who learns."""

    teacher: Named
    learner: Named
    enrolment: str | None
    place: NamedText
    role: str
    share: int
    starts_on: str
    ends_on: str | None


class Pair(TypedDict, total=False):
    """A pair with everybody in it."""

    id: str
    kind: str
    state: str
    starts_on: str
    ends_on: str | None
    bonds: list[Bond]


class NewPair(TypedDict, total=False):
    """An apprentice with the people who teach."""

    made_id: str | None
    kind: Literal["master_apprentice", "college_tutor"]
    apprentice: str
    teachers: list[PairTeaching]
    starts_on: str
    ends_on: str | None
    ask: bool


class PairTeaching(TypedDict, total=False):
    """Who teaches, from which place, with which share."""

    person: str
    place: str
    role: Literal["responsible", "second"]
    share: int


class Teacher(TypedDict, total=False):
    """Somebody who teaches at a place, and how many at once."""

    person: Named
    place: NamedText
    place_key: str
    learners: int
    capacity: int


class Gap(TypedDict, total=False):
    """An apprentice for whom nobody is responsible."""

    apprentice: Named
    number: str
    since: str
    days: int
    late: bool


class Ending(TypedDict, total=False):
    """The first day without it, and why."""

    on: str
    because: str


class Replacing(TypedDict, total=False):
    """Who teaches instead from a day on."""

    teacher: str
    by: str
    place: str
    on: str
    because: str


class HelpReason(TypedDict, total=False):
    """Why somebody may need a word: a code of a rule, its figure, and its weight."""

    code: str
    value: int
    points: int


class InNeed(TypedDict, total=False):
    """One apprentice for whom one is responsible."""

    apprentice: Named
    number: str
    cohort: NamedText
    reasons: list[HelpReason]
    next_act: str
    looked_at: str


class Help(TypedDict, total=False):
    """What somebody did."""

    id: str
    kind: str
    state: str
    look_on: str


class NewHelp(TypedDict, total=False):
    """What was done, and when somebody looks at what came of it."""

    made_id: str | None
    kind: Literal["contact", "talk", "plan", "refer", "nothing"]
    words: str
    look_on: str | None


class Finding(TypedDict, total=False):
    """How one condition stands. Figures are in `unit`; null where there is none."""

    key: str
    kind: str
    label: Said
    met: bool
    waived: bool
    have: int | None
    want: int | None
    unit: str
    detail: str


class Standing(TypedDict, total=False):
    """One apprentice before a gate."""

    apprentice: Named
    number: str
    ready: bool
    fingerprint: str
    findings: list[Finding]


class Passed(TypedDict, total=False):
    """What was decided."""

    outcome: str
    apprentices: list[str]


class Opening(TypedDict, total=False):
    """Who is let through: all of them, or nobody."""

    apprentices: list[Read]


class Read(TypedDict, total=False):
    """An apprentice with the report that was read."""

    apprentice: str
    fingerprint: str


class Repeating(TypedDict, total=False):
    """Who stays in the stage, until when and why."""

    apprentices: list[str]
    until: str
    because: str


class Agreement(TypedDict, total=False):
    """One agreement. What somebody is paid stands on its page, not here."""

    id: str
    apprentice: Named
    cohort: NamedText
    college: NamedText
    enterprise: NamedText
    state: Literal["draft", "checked", "awaiting_signatures", "signed", "registered", "active", "completed", "terminated", "expired", "void"]
    starts_on: str
    ends_on: str
    mentor: Named | None
    registration_no: str
    registered_on: str | None
    active_on: str | None
    ended_on: str | None
    signatures: list[Signature]


class Signature(TypedDict, total=False):
    """One party of the text that is to be signed."""

    role: str
    name: str
    signed_at: str | None


class Leaving(TypedDict, total=False):
    """Who ends it, why, when it was told, and the last day."""

    because: Literal["other_work", "health", "family", "further_study", "not_suited", "conduct", "enterprise_closed", "breach_by_enterprise", "mutual", "transfer", "other"]
    initiator: Literal["apprentice", "enterprise", "college", "both"]
    told_on: str
    last_day: str
    note: str


class Move(TypedDict, total=False):
    """What a step asks for: a day, the number of the register, why and until when somebody pauses."""

    on: str | None
    until: str | None
    number: str
    because: Literal["illness", "parental", "service", "production", "personal", "other"]


class Without(TypedDict, total=False):
    """Somebody who learns, or has a place, and of whom the record has no agreement."""

    apprentice: Named
    number: str
    cohort: NamedText
    enterprise: NamedText | None
    starts_on: str


class AllowanceLine(TypedDict, total=False):
    """What one rule pays for one pair in a month, in the currency's unit."""

    id: str
    month: str
    about: str
    kind: str
    teacher: Named
    apprentice: Named
    rule: str
    amount: str
    currency: str
    parts: list[list[Factor]]
    state: str


class Factor(TypedDict, total=False):
    """One factor of a part: what it stands for, and by how much."""

    code: str
    factor: float
    value: int | None


class Noted(TypedDict, total=False):
    """The question that was written."""

    id: str
    state: str


class Doubt(TypedDict, total=False):
    """What one asks about a line."""

    words: str


class AllowanceRun(TypedDict, total=False):
    """A month of an office."""

    id: str
    organisation: NamedText
    month: str
    state: str
    total: str | None
    currency: str
    computing: bool
    paid_on: str | None
    reference: str
    because: str


class NewRun(TypedDict, total=False):
    """Which month."""

    month: str
    made_id: str | None


class SentBack(TypedDict, total=False):
    """Why."""

    because: str


class Payment(TypedDict, total=False):
    """When it was paid, and the bank's reference."""

    paid_on: str
    reference: str


class SubsidyFile(TypedDict, total=False):
    """A file with the money of its steps, in the currency's unit."""

    id: str
    name: Said
    organisation: NamedText
    authority: NamedText
    scheme: NamedText
    state: str
    since: str
    starts_on: str
    months: int
    heads: int | None
    currency: str
    advance: str | None
    due: str | None
    balance: str | None
    refund: str | None
    notice_ends_on: str | None
    refund_by: str | None


class Audit(TypedDict, total=False):
    """A sample that an auditor looks at."""

    id: str
    auditor: Named
    opens_on: str
    closes_on: str
    seed: str
    drawn: int
    listed: int


class Member(TypedDict, total=False):
    """One person of a file."""

    id: str
    apprentice: Named
    number: str
    outcome: str
    months: int
    excluded: str


class SubsidyFileWhole(TypedDict, total=False):
    """A file with its people, its steps and its audits."""

    id: str
    name: Said
    organisation: NamedText
    authority: NamedText
    scheme: NamedText
    state: str
    since: str
    starts_on: str
    months: int
    heads: int | None
    currency: str
    advance: str | None
    due: str | None
    balance: str | None
    refund: str | None
    notice_ends_on: str | None
    refund_by: str | None
    people: list[Member]
    steps: list[SubsidyStep]
    audits: list[Audit]


class SubsidyStep(TypedDict, total=False):
    """What was done with a file."""

    move: str
    on: str
    by: str
    words: str


class NewAudit(TypedDict, total=False):
    """Whom to invite, for which days, and of how many to draw."""

    made_id: str | None
    username: str
    opens_on: str
    closes_on: str
    size: int
    because: str


class SubsidyMove(TypedDict, total=False):
    """The day, the reason, the last day to pay: what the step asks for."""

    on: str | None
    by_day: str | None
    because: str


class SubsidyFinding(TypedDict, total=False):
    """What an auditor found."""

    id: str
    severity: str
    words: str
    state: str
    answer: str


class NewFinding(TypedDict, total=False):
    """What was found; of one person, of one paper, or of the whole file."""

    made_id: str | None
    severity: Literal["minor", "major", "critical"]
    words: str
    member: str | None
    paper: str


class FindingAnswer(TypedDict, total=False):
    """What the office says to it."""

    answer: str


class Import(TypedDict, total=False):
    """One upload on its way in."""

    id: str
    kind: str
    target: str
    file: str
    state: Literal["uploaded", "committed", "discarded", "undone"]
    outcome: dict[str, Any]
    made_by: Named | None
    made_at: str
    ended_at: str | None
    undone_at: str | None


class Sent(TypedDict, total=False):
    """A sheet: for a roster the id of its cohort, for marks that of the evaluation."""

    kind: Literal["roster", "marks"]
    target: str
    name: str
    content: str


class CellWrong(TypedDict, total=False):
    """A cell that cannot be taken."""

    cell: str
    column: str
    given: str
    code: str
    detail: str


class Check(TypedDict, total=False):
    """What taking it in would do. Nothing is taken in while a cell is wrong."""

    seen: str
    added: int
    changed: int
    unchanged: int
    errors: int
    cells: list[CellWrong]


class Seen(TypedDict, total=False):
    """The check that was read."""

    seen: str


class Package(TypedDict, total=False):
    """A package. `reading`: a worker looks at it; ask again until it is `ready` or `refused`."""

    id: str
    state: Literal["reading", "ready", "refused", "retired"]
    kind: str
    title: Said
    plays: bool
    parts: list[PackagePart]
    code: str | None
    detail: str | None
    faults: list[PackageFault]
    made_at: str


class PackageFault(TypedDict, total=False):
    """One place where a package breaks the rules of its standard."""

    code: str
    place: str
    given: str
    detail: str


class PackagePart(TypedDict, total=False):
    """A line of the table of contents; one that can be opened has a key."""

    key: str | None
    title: str
    depth: int
    identifier: str | None
    move_on: str | None
    launch_method: str | None


class Launched(TypedDict, total=False):
    """The address to open, good for one session."""

    url: str
    session: str
    registration: str


class Launching(TypedDict, total=False):
    """Which part is opened for whom. Without a registration it is the learner's own in this package."""

    apprentice: str
    part: str
    mode: Literal["Normal", "Browse", "Review"]
    return_url: str | None
    registration: str | None


class PackageRegistration(TypedDict, total=False):
    """Somebody in a cmi5 package; parts of which nothing was said are left out."""

    registration: str
    learner: Named
    satisfied: bool
    parts: list[PartProgress]
    made_at: str


class PartProgress(TypedDict, total=False):
    """What was said of one part."""

    part: str
    said: list[str]
    satisfied: bool


class Waiving(TypedDict, total=False):
    """Which part somebody need not do, and why."""

    part: str
    because: str


class PartSession(TypedDict, total=False):
    """One launch of a part."""

    session: str
    part: str
    mode: Literal["Normal", "Browse", "Review"]
    open: bool
    abandoned: bool
    begun_at: str
    ended_at: str | None


class Resource(TypedDict, total=False):
    """Something to teach with."""

    id: str
    title: Said
    abstract: Said
    kind: str
    licence: str
    authors: str
    skills: list[str]
    language: str
    reach: str
    state: str
    organisation: NamedText
    link: str
    recommended: bool


class NewResource(TypedDict, total=False):
    """A link with what is said of it."""

    made_id: str | None
    link: str
    title: ResourceTitle
    abstract: Any
    licence: Literal["own", "cc0", "ccby", "ccbysa", "ccbync", "ccbyncsa", "ccbynd", "ccbyncnd", "public", "permitted", "reserved"]
    kind: Literal["document", "slides", "video", "audio", "picture", "package", "exercise", "case", "toolkit", "template", "link"]
    language: Literal["zh", "en", "both", "other"]
    reach: Literal["own", "partners", "site", "public"]
    authors: str
    licence_words: str
    skills: list[str]


class ResourceTitle(TypedDict, total=False):
    """A text in one or both languages."""

    zh: str
    en: str


class Directive(TypedDict, total=False):
    """A notice, a plan or quotas."""

    id: str
    kind: str
    title: Said
    words: Said
    organisation: NamedText
    state: str
    shown_from: str | None
    understood: bool
    answer: str
    ask: str
    answer_by: str | None


class BothWords(TypedDict, total=False):
    """A text in both languages, or in one."""

    zh: str
    en: str


class NewDirective(TypedDict, total=False):
    """What is published, to whom, and what is asked for."""

    made_id: str | None
    kind: Literal["notice", "plan"]
    title: BothWords
    words: BothWords
    places: list[str]
    below: bool
    roles: list[Role]
    understood: bool
    answer: Literal["none", "text", "figure", "file"]
    ask: str
    answer_by: str | None
    shown_from: str | None


Role = Literal["apprentice", "mentor", "trainer", "coordinator", "hr", "officer", "assessor", "auditor", "administrator"]


class Receipt(TypedDict, total=False):
    """How many at one organisation have read it."""

    organisation: NamedText
    organisation_key: str
    asked: int
    read: int
    answered: bool


class Reminded(TypedDict, total=False):
    """How many."""

    count: int


class Project(TypedDict, total=False):
    """A training project that was published."""

    id: str
    name: Said
    audience: Said
    licence: str
    organisation: NamedText
    makers: list[Said]
    stages: list[Said]
    made_at: str
    taken: int


class ProjectTaken(TypedDict, total=False):
    """The draft of one's own that it became."""

    id: str
    name: Said


class TakeOver(TypedDict, total=False):
    """One press of a button."""

    made_id: str | None


class Indicator(TypedDict, total=False):
    """One definition."""

    key: str
    group: str
    name: Said
    text: Said
    unit: str
    floor: int


class Indicators(TypedDict, total=False):
    """All of them, in the order of the catalogue."""

    items: list[Indicator]
    dimensions: list[str]


class Figure(TypedDict, total=False):
    """One figure with n. `value` is null together with the reason `why`; a suppressed one has no n either."""

    dims: dict[str, Any]
    n: int | None
    value: str | None
    low: str | None
    high: str | None
    suppressed: bool
    why: str


class Figures(TypedDict, total=False):
    """The figures of one indicator."""

    key: str
    as_of: str | None
    items: list[Figure]


class Happened(TypedDict, total=False):
    """One fact of the history."""

    id: str
    at: str
    fact: str
    subject: str
    by: Named | None
    through: str | None
    organisation: str
    values: dict[str, Any]


class Hook(TypedDict, total=False):
    """A web hook. Its address is a secret and is not told; `host` is the part that is none."""

    id: str
    name: str
    shape: str
    host: str
    topics: list[str]
    on: bool
    signed: bool
    failures: int


class Delivery(TypedDict, total=False):
    """One message and what became of it."""

    id: str
    webhook_id: str
    key: str
    content: dict[str, Any]
    state: Literal["waiting", "delivered", "failed"]
    tries: int
    replays: int
    made_at: str
    ended_at: str | None
    answer: str


class Certificate(TypedDict, total=False):
    """One certificate. What it says was fixed when it was issued."""

    id: str
    number: str
    standing: str
    title: Said
    holder: str
    issued_on: str
    valid_until: str | None
    page: str


class Craftpath(Transport):
    """Every operation of the API, by its name."""

    def read_me(self) -> Me:
        """As whom this token acts, where, and for what."""
        return self.send("GET", "/me").content

    def list_entries(
        self,
        *,
        limit: int | None = None,
        enrolment: str | None = None,
        state: Literal["draft", "submitted", "returned", "confirmed"] | None = None,
        first: str | None = None,
        last: str | None = None,
    ) -> Iterator[Entry]:
        """Entries of everybody whom one sees, one's own drafts among them; the newest day first."""
        return self.pages("/log/entries", {"limit": limit, "enrolment": enrolment, "state": state, "first": first, "last": last})

    def write_entry(self, body: NewEntry, *, key: str | None = None) -> Entry:
        """Write an entry into one's own log."""
        headers = {"Idempotency-Key": key} if key else {}
        return self.send("POST", "/log/entries", body=body, headers=headers).content

    def list_waiting_entries(self, *, limit: int | None = None) -> Iterator[Entry]:
        """What apprentices handed in and this mentor or trainer has not answered, by apprentice and day."""
        return self.pages("/log/waiting", {"limit": limit})

    def read_entry(self, entry: str) -> Entry:
        """One entry with what was said to it."""
        return self.send("GET", f"/log/entries/{part(entry)}").content

    def change_entry(
        self,
        entry: str,
        body: EntryContent,
        *,
        key: str | None = None,
        revision: int | None = None,
    ) -> Entry:
        """Write one's own entry anew."""
        headers = {"Idempotency-Key": key} if key else {}
        if revision is not None:
            headers["If-Match"] = f'"{revision}"'
        return self.send("PUT", f"/log/entries/{part(entry)}", body=body, headers=headers).content

    def submit_entry(self, entry: str, *, key: str | None = None, revision: int | None = None) -> Entry:
        """Hand one's own entry in; twice is once."""
        headers = {"Idempotency-Key": key} if key else {}
        if revision is not None:
            headers["If-Match"] = f'"{revision}"'
        return self.send("POST", f"/log/entries/{part(entry)}/submit", headers=headers).content

    def confirm_entries(self, body: EntriesRead, *, key: str | None = None) -> Outcome:
        """Confirm entries as they were read; one that changed meanwhile, or cannot be, is named with the reason."""
        headers = {"Idempotency-Key": key} if key else {}
        return self.send("POST", "/log/confirm", body=body, headers=headers).content

    def return_entry(
        self,
        entry: str,
        body: Back,
        *,
        key: str | None = None,
        revision: int | None = None,
    ) -> Entry:
        """Send an entry back to its writer, with a reason."""
        headers = {"Idempotency-Key": key} if key else {}
        if revision is not None:
            headers["If-Match"] = f'"{revision}"'
        return self.send("POST", f"/log/entries/{part(entry)}/return", body=body, headers=headers).content

    def list_duties(self, *, limit: int | None = None) -> Iterator[Due]:
        """What waits for the caller in person, the most urgent first."""
        return self.pages("/duties", {"limit": limit})

    def list_deadlines(
        self,
        *,
        limit: int | None = None,
        kind: str | None = None,
        overdue: bool | None = None,
    ) -> Iterator[Deadline]:
        """What is due and overdue in the whole organisation, whoever is asked; the most urgent first."""
        return self.pages("/deadlines", {"limit": limit, "kind": kind, "overdue": overdue})

    def list_courses(self) -> AllLearning:
        """What one learns today, with what is next, what was touched last first."""
        return self.send("GET", "/courses").content

    def open_activity(self, run: str, activity: str, *, key: str | None = None) -> Learning:
        """Say that one looks at an activity."""
        headers = {"Idempotency-Key": key} if key else {}
        return self.send("POST", f"/courses/{part(run)}/activities/{part(activity)}/open", headers=headers).content

    def finish_activity(self, run: str, activity: str, *, key: str | None = None) -> Learning:
        """Say that one has read, seen or heard it to the end; what is judged otherwise is done on its page."""
        headers = {"Idempotency-Key": key} if key else {}
        return self.send("POST", f"/courses/{part(run)}/activities/{part(activity)}/done", headers=headers).content

    def list_questions(
        self,
        *,
        limit: int | None = None,
        show: Literal["waiting", "called", "own", "all"] | None = None,
        skill: str | None = None,
    ) -> Iterator[Question]:
        """Questions that one sees, the newest first."""
        return self.pages("/questions", {"limit": limit, "show": show, "skill": skill})

    def ask_question(self, body: NewQuestion, *, key: str | None = None) -> Thread:
        """Ask."""
        headers = {"Idempotency-Key": key} if key else {}
        return self.send("POST", "/questions", body=body, headers=headers).content

    def read_question(self, question: str) -> Thread:
        """One question with its answers."""
        return self.send("GET", f"/questions/{part(question)}").content

    def answer_question(self, question: str, body: NewAnswer, *, key: str | None = None) -> Thread:
        """Answer a question that one sees."""
        headers = {"Idempotency-Key": key} if key else {}
        return self.send("POST", f"/questions/{part(question)}/answers", body=body, headers=headers).content

    def accept_answer(self, answer: str, *, key: str | None = None) -> Thread:
        """Say that an answer solves it; whoever asked does, or the office."""
        headers = {"Idempotency-Key": key} if key else {}
        return self.send("POST", f"/answers/{part(answer)}/accept", headers=headers).content

    def endorse_answer(self, answer: str, *, key: str | None = None) -> Thread:
        """Vouch for an answer of somebody else, as a master or trainer."""
        headers = {"Idempotency-Key": key} if key else {}
        return self.send("POST", f"/answers/{part(answer)}/endorse", headers=headers).content

    def list_sessions(
        self,
        *,
        limit: int | None = None,
        first: str | None = None,
        last: str | None = None,
        state: Literal["planned", "held", "closed", "cancelled"] | None = None,
    ) -> Iterator[Session]:
        """Sessions that one sees, the latest first."""
        return self.pages("/sessions", {"limit": limit, "first": first, "last": last, "state": state})

    def plan_sessions(self, body: NewSession, *, key: str | None = None) -> Planned:
        """Plan a session, or the same for several weeks."""
        headers = {"Idempotency-Key": key} if key else {}
        return self.send("POST", "/sessions", body=body, headers=headers).content

    def read_roll(self, session: str) -> Roll:
        """The roll of a session, for whoever may call it."""
        return self.send("GET", f"/sessions/{part(session)}/roll").content

    def call_roll(
        self,
        session: str,
        body: RollCall,
        *,
        key: str | None = None,
        revision: int | None = None,
    ) -> Taken:
        """Call the roll."""
        headers = {"Idempotency-Key": key} if key else {}
        if revision is not None:
            headers["If-Match"] = f'"{revision}"'
        return self.send("POST", f"/sessions/{part(session)}/roll", body=body, headers=headers).content

    def list_attendance(
        self,
        *,
        limit: int | None = None,
        enrolment: str | None = None,
        unconfirmed: bool | None = None,
    ) -> Iterator[Attendance]:
        """Attendance of everybody whom one sees, the newest session first."""
        return self.pages("/attendance", {"limit": limit, "enrolment": enrolment, "unconfirmed": unconfirmed})

    def confirm_attendance(self, body: Confirmation, *, key: str | None = None) -> Counted:
        """Say of own lines that they are right."""
        headers = {"Idempotency-Key": key} if key else {}
        return self.send("POST", "/attendance/confirm", body=body, headers=headers).content

    def dispute_attendance(self, attendance: str, body: Objection, *, key: str | None = None) -> Attendance:
        """Say that an own line is wrong; its hours wait until somebody settles it."""
        headers = {"Idempotency-Key": key} if key else {}
        return self.send("POST", f"/attendance/{part(attendance)}/dispute", body=body, headers=headers).content

    def cancel_session(self, session: str, body: Reason, *, key: str | None = None) -> Session:
        """Cancel a planned session; everybody who would come is told why."""
        headers = {"Idempotency-Key": key} if key else {}
        return self.send("POST", f"/sessions/{part(session)}/cancel", body=body, headers=headers).content

    def list_works(self, *, limit: int | None = None, unrated: bool | None = None) -> Iterator[Work]:
        """Works at open practical assessments that the caller is asked to rate, by the nearest assessment."""
        return self.pages("/works", {"limit": limit, "unrated": unrated})

    def rate(self, practical: str, apprentice: str, body: Rating, *, key: str | None = None) -> Work:
        """Rate a work, or rate it anew; the earlier rating stays in the record."""
        headers = {"Idempotency-Key": key} if key else {}
        return self.send("POST", f"/works/{part(practical)}/{part(apprentice)}", body=body, headers=headers).content

    def observe(self, body: Observation, *, key: str | None = None) -> Observed:
        """Record a job that an apprentice of one's own was seen to do."""
        headers = {"Idempotency-Key": key} if key else {}
        return self.send("POST", "/observations", body=body, headers=headers).content

    def list_reviews(
        self,
        *,
        limit: int | None = None,
        enrolment: str | None = None,
        state: Literal["scheduled", "held", "written", "signed", "missed", "cancelled"] | None = None,
        first: str | None = None,
        last: str | None = None,
    ) -> Iterator[Review]:
        """Reviews that one takes part in, or looks after; the latest first."""
        return self.pages("/reviews", {"limit": limit, "enrolment": enrolment, "state": state, "first": first, "last": last})

    def read_review(self, review: str) -> Review:
        """One review."""
        return self.send("GET", f"/reviews/{part(review)}").content

    def write_review_part(self, review: str, body: OwnPart, *, key: str | None = None) -> Review:
        """Write the own side's part, or write it anew; it can be done before the talk."""
        headers = {"Idempotency-Key": key} if key else {}
        return self.send("PUT", f"/reviews/{part(review)}/part", body=body, headers=headers).content

    def read_review_text(self, review: str) -> ReviewText:
        """The text that is signed, in each language, and its hash, by which one says what one has read."""
        return self.send("GET", f"/reviews/{part(review)}/text").content

    def sign_review_text(self, review: str, body: Signing, *, key: str | None = None) -> Review:
        """Sign as the own side, in any order; `seen` is the hash of the text that was read."""
        headers = {"Idempotency-Key": key} if key else {}
        return self.send("POST", f"/reviews/{part(review)}/sign", body=body, headers=headers).content

    def offer_reviews(
        self,
        cohort: str,
        *,
        first_on: str | None = None,
        weekdays: list[int] | None = None,
        from_at: str | None = None,
        until_at: str | None = None,
        minutes: int | None = None,
        every_weeks: int | None = None,
        rounds: int | None = None,
        trainer: str | None = None,
        mode: Literal["on_site", "online", "phone"] | None = None,
        place: str | None = None,
        apprentices: list[str] | None = None,
    ) -> Offered:
        """What planning reviews by a pattern would do: who when, who finds no room; nothing is written."""
        return self.send("GET", f"/cohorts/{part(cohort)}/review-offer", query={"first_on": first_on, "weekdays": weekdays, "from_at": from_at, "until_at": until_at, "minutes": minutes, "every_weeks": every_weeks, "rounds": rounds, "trainer": trainer, "mode": mode, "place": place, "apprentices": apprentices}).content

    def lay_reviews(self, cohort: str, body: SeenPattern, *, key: str | None = None) -> Laid:
        """Write exactly the offer that was seen; refused when anything has changed since."""
        headers = {"Idempotency-Key": key} if key else {}
        return self.send("POST", f"/cohorts/{part(cohort)}/reviews", body=body, headers=headers).content

    def list_results(
        self,
        *,
        limit: int | None = None,
        evaluation: str | None = None,
        enrolment: str | None = None,
        complete: bool | None = None,
    ) -> Iterator[Result]:
        """Results of everybody whom one sees, by evaluation."""
        return self.pages("/results", {"limit": limit, "evaluation": evaluation, "enrolment": enrolment, "complete": complete})

    def list_evaluations(self, *, limit: int | None = None) -> Iterator[Evaluation]:
        """Evaluations that one sees, the newest first."""
        return self.pages("/evaluations", {"limit": limit})

    def record_marks(self, evaluation: str, body: NewMarks, *, key: str | None = None) -> Recorded:
        """Record marks: all or none."""
        headers = {"Idempotency-Key": key} if key else {}
        return self.send("POST", f"/evaluations/{part(evaluation)}/marks", body=body, headers=headers).content

    def read_record(self) -> Record:
        """One's own record: training, results, masters, certificates, at every organisation and from elsewhere."""
        return self.send("GET", "/record").content

    def list_cohorts(
        self,
        *,
        limit: int | None = None,
        state: Literal["planned", "running", "completed"] | None = None,
    ) -> Iterator[Cohort]:
        """Cohorts of the organisation, and those with one of its apprentices; the newest first."""
        return self.pages("/cohorts", {"limit": limit, "state": state})

    def read_cohort(self, cohort: str) -> Cohort:
        """One cohort."""
        return self.send("GET", f"/cohorts/{part(cohort)}").content

    def list_apprentices(
        self,
        *,
        limit: int | None = None,
        cohort: str | None = None,
        state: Literal["enrolled", "active", "suspended", "ended"] | None = None,
        number: str | None = None,
    ) -> Iterator[Apprentice]:
        """Apprentices whom one sees, by number: the own, those of one's enterprise, those of one's college."""
        return self.pages("/apprentices", {"limit": limit, "cohort": cohort, "state": state, "number": number})

    def read_apprentice(self, apprentice: str) -> Apprentice:
        """One apprentice: where on the path, at which enterprise, with which mentors."""
        return self.send("GET", f"/apprentices/{part(apprentice)}").content

    def list_pairs(
        self,
        *,
        limit: int | None = None,
        state: Literal["proposed", "active", "ended", "declined", "dissolved"] | None = None,
    ) -> Iterator[Pair]:
        """Pairs that one looks after, or is in, the newest first."""
        return self.pages("/pairs", {"limit": limit, "state": state})

    def form_pair(self, body: NewPair, *, key: str | None = None) -> Pair:
        """Form a pair; the college of the apprentice keeps it."""
        headers = {"Idempotency-Key": key} if key else {}
        return self.send("POST", "/pairs", body=body, headers=headers).content

    def list_teachers(self, *, limit: int | None = None) -> Iterator[Teacher]:
        """Who may teach at the places that one looks after, and how many apprentices each has now."""
        return self.pages("/teachers", {"limit": limit})

    def list_without_teacher(self, *, limit: int | None = None) -> Iterator[Gap]:
        """Apprentices for whom nobody is responsible, the longest first."""
        return self.pages("/without-teacher", {"limit": limit})

    def end_pair(self, pair: str, body: Ending, *, key: str | None = None) -> Pair:
        """End a pair on a day."""
        headers = {"Idempotency-Key": key} if key else {}
        return self.send("POST", f"/pairs/{part(pair)}/end", body=body, headers=headers).content

    def replace_teacher(self, pair: str, body: Replacing, *, key: str | None = None) -> Pair:
        """Let somebody else teach from a day on; what was before stays in the record."""
        headers = {"Idempotency-Key": key} if key else {}
        return self.send("POST", f"/pairs/{part(pair)}/replace", body=body, headers=headers).content

    def list_in_need(self, *, limit: int | None = None, reason: str | None = None) -> Iterator[InNeed]:
        """Those for whom one is responsible and who may need a word, whoever needs it most first."""
        return self.pages("/support", {"limit": limit, "reason": reason})

    def record_help(self, apprentice: str, body: NewHelp, *, key: str | None = None) -> Help:
        """Write down what was done for an apprentice."""
        headers = {"Idempotency-Key": key} if key else {}
        return self.send("POST", f"/support/{part(apprentice)}/acts", body=body, headers=headers).content

    def list_standings(
        self,
        cohort: str,
        stage: str,
        kind: str,
        *,
        limit: int | None = None,
    ) -> Iterator[Standing]:
        """Everybody who stands at a gate: `stage` to leave a stage, `exam` to be admitted to its examination."""
        return self.pages(f"/gates/{part(cohort)}/{part(stage)}/{part(kind)}", {"limit": limit})

    def open_gate(
        self,
        cohort: str,
        stage: str,
        kind: str,
        body: Opening,
        *,
        key: str | None = None,
    ) -> Passed:
        """Let apprentices through: all or nobody, and only on the answers that were read."""
        headers = {"Idempotency-Key": key} if key else {}
        return self.send("POST", f"/gates/{part(cohort)}/{part(stage)}/{part(kind)}/open", body=body, headers=headers).content

    def repeat_stage(self, cohort: str, stage: str, body: Repeating, *, key: str | None = None) -> Passed:
        """Decide that apprentices stay in a stage until a day, with the reason that they read."""
        headers = {"Idempotency-Key": key} if key else {}
        return self.send("POST", f"/gates/{part(cohort)}/{part(stage)}/stage/repeat", body=body, headers=headers).content

    def list_agreements(
        self,
        *,
        limit: int | None = None,
        state: Literal["draft", "checked", "awaiting_signatures", "signed", "registered", "active", "completed", "terminated", "expired", "void"] | None = None,
        unsigned: bool | None = None,
    ) -> Iterator[Agreement]:
        """Agreements that one looks after, or one's own; what changed last comes first."""
        return self.pages("/agreements", {"limit": limit, "state": state, "unsigned": unsigned})

    def read_agreement(self, agreement: str) -> Agreement:
        """One agreement with its signatures."""
        return self.send("GET", f"/agreements/{part(agreement)}").content

    def terminate_agreement(self, agreement: str, body: Leaving, *, key: str | None = None) -> Agreement:
        """End an agreement before its day, with who ends it and why."""
        headers = {"Idempotency-Key": key} if key else {}
        return self.send("POST", f"/agreements/{part(agreement)}/end-early", body=body, headers=headers).content

    def move_agreement(self, agreement: str, verb: str, body: Move, *, key: str | None = None) -> Agreement:
        """Take the next step of an agreement that one looks after; each is refused as on its page, with the reason."""
        headers = {"Idempotency-Key": key} if key else {}
        return self.send("POST", f"/agreements/{part(agreement)}/{part(verb)}", body=body, headers=headers).content

    def list_without_agreement(self, *, limit: int | None = None) -> Iterator[Without]:
        """Apprentices without an agreement in the record, by number."""
        return self.pages("/without-agreement", {"limit": limit})

    def list_allowances(self, *, limit: int | None = None) -> Iterator[AllowanceLine]:
        """What one is paid oneself, wherever, the newest month first; settled months only."""
        return self.pages("/allowances", {"limit": limit})

    def ask_about_allowance(self, line: str, body: Doubt, *, key: str | None = None) -> Noted:
        """Ask the office about a line of one's own."""
        headers = {"Idempotency-Key": key} if key else {}
        return self.send("POST", f"/allowances/{part(line)}/ask", body=body, headers=headers).content

    def list_allowance_runs(self, *, limit: int | None = None) -> Iterator[AllowanceRun]:
        """Months of allowances that one looks after, the newest first."""
        return self.pages("/allowance-runs", {"limit": limit})

    def ask_allowance_run(self, body: NewRun, *, key: str | None = None) -> AllowanceRun:
        """Have a month computed, or computed anew; a worker does it."""
        headers = {"Idempotency-Key": key} if key else {}
        return self.send("POST", "/allowance-runs", body=body, headers=headers).content

    def read_allowance_run(self, run: str) -> AllowanceRun:
        """One month."""
        return self.send("GET", f"/allowance-runs/{part(run)}").content

    def list_allowance_lines(self, run: str, *, limit: int | None = None) -> Iterator[AllowanceLine]:
        """A month line by line, for whoever may read names."""
        return self.pages(f"/allowance-runs/{part(run)}/lines", {"limit": limit})

    def send_allowance_run_back(self, run: str, body: SentBack, *, key: str | None = None) -> AllowanceRun:
        """Send a checked month back, with the reason."""
        headers = {"Idempotency-Key": key} if key else {}
        return self.send("POST", f"/allowance-runs/{part(run)}/back", body=body, headers=headers).content

    def pay_allowance_run(self, run: str, body: Payment, *, key: str | None = None) -> AllowanceRun:
        """Note that an approved month was paid."""
        headers = {"Idempotency-Key": key} if key else {}
        return self.send("POST", f"/allowance-runs/{part(run)}/pay", body=body, headers=headers).content

    def move_allowance_run(self, run: str, verb: str, *, key: str | None = None) -> AllowanceRun:
        """Say that a computed month is right, or approve it; whoever computed or checked it does not approve it."""
        headers = {"Idempotency-Key": key} if key else {}
        return self.send("POST", f"/allowance-runs/{part(run)}/{part(verb)}", headers=headers).content

    def list_subsidy_files(self, *, limit: int | None = None) -> Iterator[SubsidyFile]:
        """Files that one files, decides or audits; the last step first."""
        return self.pages("/subsidy-files", {"limit": limit})

    def read_subsidy_file(self, file: str) -> SubsidyFileWhole:
        """One file with people, steps and audits."""
        return self.send("GET", f"/subsidy-files/{part(file)}").content

    def draw_sample(self, file: str, body: NewAudit, *, key: str | None = None) -> Audit:
        """Invite an auditor and draw a sample; the seed stands in the record."""
        headers = {"Idempotency-Key": key} if key else {}
        return self.send("POST", f"/subsidy-files/{part(file)}/audits", body=body, headers=headers).content

    def move_subsidy_file(
        self,
        file: str,
        verb: str,
        body: SubsidyMove,
        *,
        key: str | None = None,
    ) -> SubsidyFileWhole:
        """Take the next step: `file`, `claim` and `withdraw` are the claimant's, the others the authority's."""
        headers = {"Idempotency-Key": key} if key else {}
        return self.send("POST", f"/subsidy-files/{part(file)}/{part(verb)}", body=body, headers=headers).content

    def raise_finding(self, audit: str, body: NewFinding, *, key: str | None = None) -> SubsidyFinding:
        """Write down what was found, on the days of the audit."""
        headers = {"Idempotency-Key": key} if key else {}
        return self.send("POST", f"/audits/{part(audit)}/findings", body=body, headers=headers).content

    def answer_finding(self, finding: str, body: FindingAnswer, *, key: str | None = None) -> SubsidyFinding:
        """Answer a finding, as the claimant."""
        headers = {"Idempotency-Key": key} if key else {}
        return self.send("POST", f"/findings/{part(finding)}/answer", body=body, headers=headers).content

    def close_finding(self, finding: str, *, key: str | None = None) -> SubsidyFinding:
        """Close an answered finding, as the auditor or the authority."""
        headers = {"Idempotency-Key": key} if key else {}
        return self.send("POST", f"/findings/{part(finding)}/close", headers=headers).content

    def list_imports(
        self,
        *,
        limit: int | None = None,
        state: Literal["uploaded", "committed", "discarded", "undone"] | None = None,
    ) -> Iterator[Import]:
        """Imports of the organisation and below, of the kinds that one may import; the newest first."""
        return self.pages("/imports", {"limit": limit, "state": state})

    def send_sheet(self, body: Sent, *, key: str | None = None) -> Import:
        """Send a sheet; nothing is taken in yet."""
        headers = {"Idempotency-Key": key} if key else {}
        return self.send("POST", "/imports", body=body, headers=headers).content

    def read_import(self, sheet: str) -> Import:
        """How far one import has come."""
        return self.send("GET", f"/imports/{part(sheet)}").content

    def check_import(self, sheet: str) -> Check:
        """What taking it in would do by the record as it is now, and which cells are wrong."""
        return self.send("GET", f"/imports/{part(sheet)}/check").content

    def commit_import(self, sheet: str, body: Seen, *, key: str | None = None) -> Import:
        """Take everything in, or nothing; refused where the check that was read holds no more."""
        headers = {"Idempotency-Key": key} if key else {}
        return self.send("POST", f"/imports/{part(sheet)}/commit", body=body, headers=headers).content

    def discard_import(self, sheet: str, *, key: str | None = None) -> Import:
        """Put a sheet away that is not taken in."""
        headers = {"Idempotency-Key": key} if key else {}
        return self.send("POST", f"/imports/{part(sheet)}/discard", headers=headers).content

    def list_packages(
        self,
        *,
        limit: int | None = None,
        state: Literal["reading", "ready", "refused", "retired"] | None = None,
    ) -> Iterator[Package]:
        """Packages that the caller may see, the newest first."""
        return self.pages("/packages", {"limit": limit, "state": state})

    def take_package(self, body: bytes, *, name: str | None = None, key: str | None = None) -> Package:
        """Take a package in."""
        headers = {"Idempotency-Key": key} if key else {}
        return self.send("POST", "/packages", query={"name": name}, body=body, headers=headers).content

    def read_package(self, package: str) -> Package:
        """One package with its parts, or why it was refused."""
        return self.send("GET", f"/packages/{part(package)}").content

    def retire_package(self, package: str, *, key: str | None = None) -> Package:
        """Nobody begins it any more; what was done in it stays."""
        headers = {"Idempotency-Key": key} if key else {}
        return self.send("POST", f"/packages/{part(package)}/retire", headers=headers).content

    def launch_part(self, package: str, body: Launching, *, key: str | None = None) -> Launched:
        """Open a part of a cmi5 package for a learner."""
        headers = {"Idempotency-Key": key} if key else {}
        return self.send("POST", f"/packages/{part(package)}/launches", body=body, headers=headers).content

    def list_registrations(self, package: str, *, limit: int | None = None) -> Iterator[PackageRegistration]:
        """Who is in a cmi5 package, and what was said of its parts."""
        return self.pages(f"/packages/{part(package)}/registrations", {"limit": limit})

    def waive_part(self, registration: str, body: Waiving, *, key: str | None = None) -> PackageRegistration:
        """Say that somebody need not do a part, with the reason."""
        headers = {"Idempotency-Key": key} if key else {}
        return self.send("POST", f"/packages/registrations/{part(registration)}/waive", body=body, headers=headers).content

    def abandon_session(self, session: str, *, key: str | None = None) -> PartSession:
        """End a session from outside; its token serves nobody any more."""
        headers = {"Idempotency-Key": key} if key else {}
        return self.send("POST", f"/packages/sessions/{part(session)}/abandon", headers=headers).content

    def list_resources(
        self,
        *,
        limit: int | None = None,
        kind: str | None = None,
        licence: str | None = None,
        language: str | None = None,
        own: bool | None = None,
    ) -> Iterator[Resource]:
        """What is offered to the caller, what changed last first."""
        return self.pages("/resources", {"limit": limit, "kind": kind, "licence": licence, "language": language, "own": own})

    def share_link(self, body: NewResource, *, key: str | None = None) -> Resource:
        """Put a link into the library and share it."""
        headers = {"Idempotency-Key": key} if key else {}
        return self.send("POST", "/resources", body=body, headers=headers).content

    def list_directives(
        self,
        *,
        limit: int | None = None,
        show: Literal["for_me", "waiting", "from_here"] | None = None,
    ) -> Iterator[Directive]:
        """What is out and reaches the caller, what waits to be read, or what the own office published."""
        return self.pages("/directives", {"limit": limit, "show": show})

    def issue_directive(self, body: NewDirective, *, key: str | None = None) -> Directive:
        """Publish for oneself and those below."""
        headers = {"Idempotency-Key": key} if key else {}
        return self.send("POST", "/directives", body=body, headers=headers).content

    def list_receipts(self, directive: str, *, limit: int | None = None) -> Iterator[Receipt]:
        """Who has read it, organisation by organisation."""
        return self.pages(f"/directives/{part(directive)}/receipts", {"limit": limit})

    def remind_readers(self, directive: str, *, key: str | None = None) -> Reminded:
        """Remind everybody who has not read it: it stands in their letter of tomorrow morning."""
        headers = {"Idempotency-Key": key} if key else {}
        return self.send("POST", f"/directives/{part(directive)}/remind", headers=headers).content

    def read_directive(self, directive: str, *, key: str | None = None) -> Directive:
        """Say that one has read it; twice is once."""
        headers = {"Idempotency-Key": key} if key else {}
        return self.send("POST", f"/directives/{part(directive)}/read", headers=headers).content

    def list_projects(self, *, limit: int | None = None, q: str | None = None) -> Iterator[Project]:
        """Training projects that were published, the newest first."""
        return self.pages("/projects", {"limit": limit, "q": q})

    def take_project_over(self, project: str, body: TakeOver, *, key: str | None = None) -> ProjectTaken:
        """Begin a draft of one's own from another place's project; it says where it is from."""
        headers = {"Idempotency-Key": key} if key else {}
        return self.send("POST", f"/projects/{part(project)}/take-over", body=body, headers=headers).content

    def list_indicators(self) -> Indicators:
        """What is counted, with definitions."""
        return self.send("GET", "/figures").content

    def read_figures(
        self,
        indicator: str,
        *,
        by: Literal["period", "place", "stage", "occupation", "enterprise"] | None = None,
        period: str | None = None,
        place: str | None = None,
        stage: str | None = None,
        occupation: str | None = None,
        enterprise: str | None = None,
    ) -> Figures:
        """The figures of one indicator at the organisation and below it."""
        return self.send("GET", f"/figures/{part(indicator)}", query={"by": by, "period": period, "place": place, "stage": stage, "occupation": occupation, "enterprise": enterprise}).content

    def list_history(
        self,
        *,
        limit: int | None = None,
        fact: str | None = None,
        first: str | None = None,
        last: str | None = None,
    ) -> Iterator[Happened]:
        """What happened in the organisation and below, the newest first."""
        return self.pages("/history", {"limit": limit, "fact": fact, "first": first, "last": last})

    def list_hooks(self, *, limit: int | None = None) -> Iterator[Hook]:
        """Web hooks of the organisation and below, the newest first."""
        return self.pages("/hooks", {"limit": limit})

    def list_deliveries(
        self,
        hook: str,
        *,
        limit: int | None = None,
        state: Literal["waiting", "delivered", "failed"] | None = None,
    ) -> Iterator[Delivery]:
        """What a web hook sent, the newest first."""
        return self.pages(f"/hooks/{part(hook)}/deliveries", {"limit": limit, "state": state})

    def replay(self, hook: str, delivery: str, *, key: str | None = None) -> Delivery:
        """Send one message once more, under its own id; one that is on its way is left to it."""
        headers = {"Idempotency-Key": key} if key else {}
        return self.send("POST", f"/hooks/{part(hook)}/deliveries/{part(delivery)}/replay", headers=headers).content

    def list_certificates(self, *, limit: int | None = None) -> Iterator[Certificate]:
        """Certificates that the organisation looks after, or one's own; the newest first."""
        return self.pages("/certificates", {"limit": limit})

    def verify_certificate(self, certificate: str) -> Certificate:
        """Whether a certificate holds: as its public page says, to anybody who has its id."""
        return self.send("GET", f"/certificates/{part(certificate)}").content
