"""Items are written, rewritten, tagged, released and retired; what else the noun does is named here too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from craftpath.domain.exams import rules
from craftpath.domain.exams.appealing import (
    assess_appeal,
    change_marking,
    lodge_appeal,
    reject_appeal,
    uphold_marking,
    withdraw_appeal,
)
from craftpath.domain.exams.arranging import (
    add_candidate,
    excuse_absence,
    move_sitting,
    remove_candidate,
    settle_terms,
)
from craftpath.domain.exams.assembling import (
    ask_forms,
    blame_forms,
    cancel_forms,
    carry_out,
    finish_forms,
    refuse_forms,
    swap_question,
    take_forms,
)
from craftpath.domain.exams.blueprinting import change_blueprint, make_blueprint
from craftpath.domain.exams.calibrating import keep_calibration
from craftpath.domain.exams.content import Content, has_key
from craftpath.domain.exams.deciding import settle_sheet
from craftpath.domain.exams.essays import EssayPlan
from craftpath.domain.exams.facts import (
    ItemRewritten,
    ItemsReleased,
    ItemsRestored,
    ItemsRetired,
    ItemsWritten,
    ItemTagged,
)
from craftpath.domain.exams.filing import add_answer_file, take_back_file
from craftpath.domain.exams.invigilating import name_invigilators
from craftpath.domain.exams.keying import key_sheet, put_on_paper
from craftpath.domain.exams.marking import mark_essay
from craftpath.domain.exams.material import keep_package, keep_picture, write_stimulus
from craftpath.domain.exams.models import Item, ItemVersion, Package
from craftpath.domain.exams.moderating import open_marks, return_marks, settle_essay
from craftpath.domain.exams.opening import Moved, keep_items_back, open_items
from craftpath.domain.exams.papering import MOST_ITEMS, MOST_MINUTES, fix_paper, make_paper, shelve_paper
from craftpath.domain.exams.queries import Tags, known_contents, tags_of
from craftpath.domain.exams.resitting import plan_resit
from craftpath.domain.exams.seating import (
    cancel_sitting,
    close_sitting,
    give_codes,
    open_sitting,
    plan_sitting,
    seat_candidate,
)
from craftpath.domain.exams.standard_setting import (
    adopt_cut,
    close_round,
    excuse_judge,
    give_estimates,
    invite_judges,
    open_round,
    plan_study,
    propose_cut,
    withdraw_study,
)
from craftpath.domain.exams.states import ITEM
from craftpath.domain.exams.taking import Held, enter, hand_in, save_answer
from craftpath.domain.exams.writing import (
    can_store,
    require_pictures,
    show_newest,
    stimuli_of,
    tag_rows,
    version_row,
    with_tags,
)
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import Fact, tell
from craftpath.kernel.organisations import Organisation
from craftpath.values.ref import Ref
from craftpath.values.verdict import Refused, not_now, require

__all__ = [
    "name_invigilators",
    "Draft", "EssayPlan", "Held", "MOST_AT_ONCE", "MOST_ITEMS", "MOST_MINUTES", "Moved", "Written",
    "add_answer_file", "add_candidate", "adopt_cut", "ask_forms", "assess_appeal", "blame_forms",
    "cancel_forms", "cancel_sitting", "carry_out", "change_blueprint", "change_marking", "close_round",
    "close_sitting", "enter", "excuse_absence", "excuse_judge", "finish_forms", "fix_paper", "give_codes",
    "give_estimates", "hand_in", "invite_judges", "keep_calibration", "keep_package", "keep_picture", "key_sheet",
    "keep_items_back", "lodge_appeal", "make_blueprint", "make_paper", "mark_essay", "move_sitting", "open_marks",
    "open_items", "open_round", "open_sitting", "plan_resit", "plan_sitting", "plan_study",
    "propose_cut", "put_on_paper", "refuse_forms", "reject_appeal", "release_items", "remove_candidate",
    "restore_items", "retire_items",
    "return_marks", "rewrite_item", "save_answer", "seat_candidate", "settle_essay", "settle_sheet",
    "settle_terms", "shelve_paper", "swap_question", "tag_item", "take_back_file", "take_forms",
    "take_package", "uphold_marking", "withdraw_appeal", "withdraw_study", "write_item", "write_items",
    "write_stimulus",
]  # fmt: skip

MOST_AT_ONCE = 1000
NO_TAGS = Tags()


@dataclass(frozen=True, slots=True)
class Draft:
    """A new item before it is written; one that is `ready` is released at once if it says what is right."""

    content: Content
    tags: Tags = Tags()
    ready: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """What became of new items: those written now, in the order given, and those that the bank had already."""

    items: tuple[Item, ...]
    known: tuple[str, ...] = ()


def _ref(item: Item) -> Ref:
    return Ref("exams", "item", item.public_id)


@action
def write_items(
    organisation: Organisation, drafts: Sequence[Draft], *, source: str = "", by: Actor, at: datetime
) -> Written:
    """Put new items into the bank, all or none; what a living item of the bank says already is not written twice.

    So a second press and a second import of the same exam change nothing. One with a fault is refused with it.
    """
    require(rules.may_write(by, organisation))
    if len(drafts) > MOST_AT_ONCE:
        raise Refused(not_now("exams.too_many_at_once", most=MOST_AT_ONCE))
    for draft in drafts:
        require(can_store(draft.content))
    contents = [draft.content for draft in drafts]
    require_pictures(contents)
    stimuli = stimuli_of(contents)
    Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=organisation.pk)
    prints = [content.fingerprint for content in contents]
    known = known_contents(organisation, prints)
    fresh = {draft.content.fingerprint: draft for draft in drafts if draft.content.fingerprint not in known}
    pairs = [(_new_item(organisation, draft), draft) for draft in fresh.values()]
    Item.objects.bulk_create([item for item, _ in pairs])
    versions = [
        version_row(item, 1, draft.content, stimuli, source=draft.source, by=by, at=at)
        for item, draft in pairs
    ]
    ItemVersion.objects.bulk_create(versions)
    for (item, draft), version in zip(pairs, versions, strict=True):
        show_newest(item, version, draft.content)
    Item.objects.bulk_update([item for item, _ in pairs], ["newest"])
    tag_rows([(item, draft.tags) for item, draft in pairs])
    written = tuple(item for item, _ in pairs)
    if written:
        one = _ref(written[0]) if len(written) == 1 else None
        ids = [item.public_id for item in written]
        told = ItemsWritten(items=ids, count=len(ids), source=source[:120])
        tell(told, by=by, at=at, organisation=organisation, subject=one)
    return Written(written, tuple(known[mark] for mark in dict.fromkeys(prints) if mark in known))


def _new_item(organisation: Organisation, draft: Draft) -> Item:
    keyed = has_key(draft.content)
    item = Item(organisation=organisation, kind=draft.content.kind.value, keyed=keyed)
    item.state = ITEM.after(ITEM.start, "release") if draft.ready and keyed else ITEM.start
    show_newest(item, None, draft.content)  # a version needs its item's id, so it follows
    return with_tags(item, draft.tags)


@action
def write_item(
    organisation: Organisation,
    content: Content,
    *,
    tags: Tags = NO_TAGS,
    ready: bool = False,
    by: Actor,
    at: datetime,
) -> Item:
    """One new item; the same content again gives the item that is there."""
    written = write_items(organisation, [Draft(content, tags, ready)], by=by, at=at)
    if written.items:
        return written.items[0]
    return Item.objects.get(public_id=written.known[0])


@action
def rewrite_item(
    item: Item, content: Content, *, seen: int, tags: Tags | None = None, by: Actor, at: datetime
) -> ItemVersion:
    """Write the next version; the same content makes none. `seen` is the version with which the writer began."""
    item = (
        Item.objects.select_for_update(of=("self",)).select_related("organisation", "newest").get(pk=item.pk)
    )
    require(rules.may_write(by, item.organisation))
    require(rules.can_rewrite(item))
    newest = item.newest
    assert newest is not None  # noqa: S101  (every item is written with a version)
    if content.kind.value != item.kind:
        raise Refused(not_now("exams.kind_is_fixed"))
    require(can_store(content))
    if tags is not None:
        _tag(item, tags, by=by, at=at)
    if content.fingerprint == newest.fingerprint:
        return newest
    if seen != newest.number:
        raise Refused(not_now("exams.item_moved", version=newest.number))
    if item.state == "ready" and not has_key(content):
        raise Refused(not_now("exams.ready_needs_key"))
    require_pictures([content])
    version = version_row(item, newest.number + 1, content, stimuli_of([content]), by=by, at=at)
    version.save()
    show_newest(item, version, content)
    item.save(update_fields=["newest", "keyed", "words"])
    tell(
        ItemRewritten(item=item.public_id, version=version.number, fingerprint=version.fingerprint),
        by=by,
        at=at,
        organisation=item.organisation,
        subject=_ref(item),
    )
    return version


@action
def tag_item(item: Item, tags: Tags, *, by: Actor, at: datetime) -> Item:
    """Say what an item is for, how hard it is and how it may be used; the same again changes nothing."""
    item = Item.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=item.pk)
    require(rules.may_write(by, item.organisation))
    _tag(item, tags, by=by, at=at)
    return item


def _tag(item: Item, tags: Tags, *, by: Actor, at: datetime) -> None:
    before = tags_of(item)
    if before == Tags(
        tuple(sorted(tags.outcomes)),
        tuple(sorted(tags.skills)),
        tags.difficulty,
        tags.expected_p,
        tags.seconds,
        tags.exposure_limit,
        tuple(sorted(tags.enemies)),
    ):
        return
    with_tags(item, tags).save(update_fields=["difficulty", "expected_p", "seconds", "exposure_limit"])
    tag_rows([(item, tags)])
    tell(ItemTagged(item=item.public_id), by=by, at=at, organisation=item.organisation, subject=_ref(item))


@action
def release_items(items: Sequence[Item], *, by: Actor, at: datetime) -> Moved:
    """Let drafts be used in papers; one that does not say what is right is refused."""
    return _move(items, "release", ItemsReleased, by=by, at=at)


@action
def retire_items(items: Sequence[Item], *, by: Actor, at: datetime) -> Moved:
    """Use items no more; papers that have them keep them."""
    return _move(items, "retire", ItemsRetired, by=by, at=at)


@action
def restore_items(items: Sequence[Item], *, by: Actor, at: datetime) -> Moved:
    """Make retired items drafts again."""
    return _move(items, "restore", ItemsRestored, by=by, at=at)


def _move(
    items: Sequence[Item],
    move: str,
    told: type[ItemsReleased] | type[ItemsRetired] | type[ItemsRestored],
    *,
    by: Actor,
    at: datetime,
) -> Moved:
    """One look, one write, one fact for each organisation; what is where the move leads already is passed over."""
    ids = [item.pk for item in items]
    rows = list(
        Item.objects.select_for_update(of=("self",))
        .select_related("organisation")
        .filter(pk__in=ids)
        .order_by("pk")
    )
    done, refused = [], []
    target = next(iter(ITEM.moves[move].values()))
    for row in rows:
        require(rules.may_write(by, row.organisation))
        if row.state == target:
            continue
        verdict = rules.can_move(row, move)
        if verdict:
            row.state = target
            done.append(row)
        else:
            refused.append((row, verdict))
    Item.objects.filter(pk__in=[row.pk for row in done]).update(state=target)
    by_organisation: dict[int, list[Item]] = {}
    for row in done:
        by_organisation.setdefault(row.organisation_id, []).append(row)
    for some in by_organisation.values():
        fact: Fact = told(items=[row.public_id for row in some], count=len(some))
        subject = _ref(some[0]) if len(some) == 1 else None
        tell(fact, by=by, at=at, organisation=some[0].organisation, subject=subject)
    return Moved(tuple(done), tuple(refused))


@action
def take_package(package: Package, drafts: Sequence[Draft], *, by: Actor, at: datetime) -> Written:
    """Write what was understood of a package; again, it finds everything in the bank already."""
    package = (
        Package.objects.select_for_update(of=("self",))
        .select_related("organisation", "file")
        .get(pk=package.pk)
    )
    written = write_items(package.organisation, drafts, source=package.file.name, by=by, at=at)
    if package.taken_at is None:
        package.taken_at = at
        package.save(update_fields=["taken_at"])
    return written
