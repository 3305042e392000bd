"""Products, graduation and agreements: what is asked for, what is frozen, and what is signed anew."""

from __future__ import annotations

from datetime import timedelta

import pytest

from craftpath.domain.mentoring import actions
from craftpath.domain.mentoring.models import (
    AgreementWording,
    Graduation,
    PairAgreement,
    Product,
    Showing,
    Thanks,
)
from craftpath.domain.mentoring.seeds import clauses
from craftpath.domain.pairing.actions import dissolve_pair, end_pair, renew_pair, replace_teacher
from craftpath.domain.pairing.models import Pair
from craftpath.kernel.access import system
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.signing import Document, parties_of
from tests.cast import AT, TODAY, Cast
from tests.domain.mentoring.world import DAY, acting, answers, goal, held, met, taught, together
from tests.domain.pairing.world import refused, somebody
from tests.photos import picture

pytestmark = pytest.mark.usefixtures("all_rows")


def test_a_product_is_kept_with_five_files_and_shown(cast: Cast) -> None:
    pair = together(cast, "red_white")
    one = acting(cast, cast.people["mentor"])
    with refused("mentoring.no_title"):
        actions.keep_product(pair, title=" ", by=one, at=AT)
    with refused("mentoring.not_in_it"):
        actions.keep_product(pair, title="夹具", by=cast.actor("coordinator"), at=AT)
    for _ in range(2):
        row = actions.keep_product(pair, title="减振夹具", words="三点支撑", by=one, at=AT)
    assert AuditEntry.objects.filter(fact="mentoring.product_kept").count() == 1
    photo = picture(size=(200, 100))
    for _ in range(2):
        actions.add_product_file(row, content=photo, name="a.jpg", by=one, at=AT)
    for n in range(4):
        actions.add_product_file(row, content=f"G0 X{n}".encode(), name=f"{n}.nc", by=one, at=AT)
    with refused("mentoring.too_many_files"):
        actions.add_product_file(row, content=b"G0 X9", name="9.nc", by=one, at=AT)
    with refused("mentoring.ahead"):
        actions.show_product(row, on=TODAY + DAY, audience="车间", by=one, at=AT)
    with refused("mentoring.no_audience"):
        actions.show_product(row, on=TODAY, audience="", by=one, at=AT)
    for _ in range(2):
        actions.show_product(row, on=TODAY, audience="车间全体", by=cast.actor("coordinator"), at=AT)
    assert (row.files.count(), Showing.objects.count(), Product.objects.count()) == (5, 1, 1)


def _ready(cast: Cast) -> Pair:
    """A red and white pair near its end with everything that graduation asks for, but the last showing."""
    pair = together(cast, "red_white", ends_on=TODAY + 10 * DAY)
    one, two = cast.people["mentor"], cast.people["trainer"]
    first = goal(pair, one, acting(cast, one), "会 PLC", due_on=TODAY)
    second = goal(pair, two, acting(cast, one), "会 TIG", due_on=TODAY)
    third = goal(pair, two, acting(cast, one), "会调试", due_on=TODAY)
    actions.reach_goal(first, by=acting(cast, two), at=AT)
    actions.reach_goal(third, by=acting(cast, one), at=AT)
    actions.drop_goal(second, because="焊机停用", by=acting(cast, two), at=AT)
    row = met(pair, acting(cast, one), two, minutes=45)
    actions.confirm_meeting(row, seen=1, by=acting(cast, two), at=AT)
    met(pair, acting(cast, one), two, minutes=30, on=TODAY - DAY, made_id="m-2")
    held(cast, pair, [one, two])
    return pair


def test_graduation_asks_for_each_thing_and_freezes_what_it_was(cast: Cast) -> None:
    pair = together(cast, "red_white", ends_on=TODAY + 31 * DAY)
    teacher = acting(cast, cast.people["mentor"])
    with refused("mentoring.not_ending"):
        actions.graduate_pair(pair, by=teacher, at=AT)
    end_pair(pair, on=TODAY + DAY, because="完成", by=cast.actor("coordinator"), at=AT)
    pair.refresh_from_db()
    open_goal = goal(pair, cast.people["mentor"], teacher, due_on=TODAY)
    with refused("mentoring.lacks_goals_settled"):
        actions.graduate_pair(pair, by=teacher, at=AT)
    actions.reach_goal(open_goal, by=acting(cast, cast.people["trainer"]), at=AT)
    with refused("mentoring.lacks_goals_both"):
        actions.graduate_pair(pair, by=teacher, at=AT)
    other = goal(pair, cast.people["trainer"], teacher, due_on=TODAY)
    actions.reach_goal(other, by=teacher, at=AT)
    with refused("mentoring.lacks_talk"):
        actions.graduate_pair(pair, by=teacher, at=AT)
    actions.waive_talk(pair, because="太短", by=teacher, at=AT)
    with refused("mentoring.lacks_product"):
        actions.graduate_pair(pair, by=teacher, at=AT)
    row = actions.keep_product(pair, title="夹具", by=teacher, at=AT)
    actions.show_product(row, on=TODAY, audience="车间", by=teacher, at=AT)
    with refused("kernel.role_lacks"):
        actions.graduate_pair(pair, by=acting(cast, cast.people["apprentice"]), at=AT)
    assert actions.graduate_pair(pair, by=teacher, at=AT).figures["days"] == 101


def test_a_page_is_made_once_and_nothing_is_written_after_it(cast: Cast) -> None:
    pair = _ready(cast)
    one, two = (acting(cast, cast.people[who]) for who in ("mentor", "trainer"))
    product = actions.keep_product(pair, title="夹具", by=one, at=AT)
    actions.add_product_file(product, content=picture(size=(200, 100)), name="a.jpg", by=one, at=AT)
    actions.show_product(product, on=TODAY, audience="车间", by=one, at=AT)
    actions.give_thanks(pair, words="谢谢师傅", by=two, at=AT)
    actions.give_thanks(pair, words="谢谢您", by=two, at=AT)
    actions.give_thanks(pair, words="x", by=one, at=AT)
    assert actions.give_thanks(pair, words=" ", by=one, at=AT) is None
    rows = [actions.graduate_pair(pair, weeks=7, by=by, at=AT) for by in (one, cast.actor("coordinator"))]
    assert rows[0].pk == rows[1].pk
    told = Graduation.objects.get()
    assert told.picture is not None
    wanted = {"meetings": 2, "confirmed": 1, "minutes": 75, "weeks": 7, "days": 101}
    assert {key: told.figures[key] for key in wanted} == wanted
    assert [one["text"] for one in told.figures["goals"]] == ["会 PLC", "会调试"]
    assert told.figures["thanks"] == [{"name": cast.people["trainer"].name, "words": "谢谢您"}]
    for deed in (
        lambda: met(pair, one, cast.people["trainer"], made_id="late"),
        lambda: goal(pair, cast.people["mentor"], one),
        lambda: actions.give_thanks(pair, words="y", by=one, at=AT),
        lambda: actions.keep_product(pair, title="z", by=one, at=AT),
        lambda: actions.answer_talk(pair, answers=answers(), by=one, at=AT),
    ):
        with refused("mentoring.graduated"):
            deed()
    with pytest.raises(TypeError):
        told.save()
    assert Thanks.objects.get().words == "谢谢您"


def test_a_dissolved_pair_does_not_graduate(cast: Cast) -> None:
    pair = taught(cast, on=TODAY)
    dissolve_pair(pair, because="不合适", by=acting(cast, cast.people["apprentice"]), at=AT)
    pair.refresh_from_db()
    with refused("mentoring.not_active"):
        actions.graduate_pair(pair, by=cast.actor("coordinator"), at=AT)


def _sign_all(cast: Cast, row: PairAgreement) -> None:
    assert row.document is not None
    for party in reversed(parties_of(row.document)):
        by = cast.actor("coordinator") if party.organisation else acting(cast, party.person)
        actions.sign_agreement(party, seen=row.document.sha256, by=by, at=AT)


def test_an_agreement_is_signed_by_all_in_any_order_and_once(cast: Cast) -> None:
    pair = taught(cast, ends_on=TODAY + 60 * DAY)
    goal(pair, cast.people["apprentice"], acting(cast, cast.people["mentor"]))
    with refused("kernel.role_lacks"):
        actions.draw_up_agreement(pair, by=acting(cast, cast.people["apprentice"]), at=AT)
    rows = [actions.draw_up_agreement(pair, by=acting(cast, cast.people["mentor"]), at=AT) for _ in range(2)]
    assert rows[0].pk == rows[1].pk
    row = rows[0]
    assert row.document is not None
    assert [party.role for party in parties_of(row.document)] == ["master_1", "learner_1", "pair_office"]
    for words in ("陈雨桐", "独立对刀", "每 14 天", "100 %", "结为师徒"):
        assert words in row.document.text["zh"]
    with refused("kernel.signing_for_another"):
        party = parties_of(row.document)[0]
        actions.sign_agreement(
            party, seen=row.document.sha256, by=acting(cast, cast.people["trainer"]), at=AT
        )
    _sign_all(cast, row)
    row.refresh_from_db()
    assert (row.state, row.signed_at) == ("signed", AT)
    assert AuditEntry.objects.filter(fact="mentoring.agreement_signed").count() == 1


def test_other_days_or_people_ask_for_signatures_again_and_the_old_is_kept(cast: Cast) -> None:
    pair = taught(cast, ends_on=TODAY + 60 * DAY)
    row = actions.draw_up_agreement(pair, by=cast.actor("coordinator"), at=AT)
    _sign_all(cast, row)
    renew_pair(pair, until=TODAY + 90 * DAY, by=cast.actor("coordinator"), at=AT)
    actions.replace_agreement(pair, by=system(), at=AT)  # the reaction has done it already
    versions = list(PairAgreement.objects.order_by("version").values_list("version", "state"))
    assert versions == [(1, "replaced"), (2, "awaiting")]
    assert Document.objects.filter(completed_at__isnull=False).count() == 1
    replace_teacher(
        pair.bonds.get(), teacher=somebody("李师傅"), place=cast.jinheng, on=TODAY, because="调岗",
        by=cast.actor("coordinator"), at=AT,
    )  # fmt: skip
    actions.replace_agreement(pair, by=system(), at=AT)
    versions = list(PairAgreement.objects.order_by("version").values_list("version", "state"))
    assert versions == [(1, "replaced"), (2, "replaced"), (3, "awaiting")]
    last = PairAgreement.objects.get(version=3)
    assert last.document is not None
    assert "李师傅" in last.document.text["zh"]
    assert Document.objects.filter(withdrawn_at__isnull=False).count() == 1


def test_an_office_gives_its_agreements_its_own_words(cast: Cast) -> None:
    by = {"by": cast.actor("coordinator"), "at": AT}
    assert actions.write_wording(cast.college, words=clauses(), **by) is None
    own = {key: dict(words) for key, words in clauses().items()} | {
        "purpose": {"zh": "本院宗旨", "en": "Ours"}
    }
    for _ in range(2):
        actions.write_wording(cast.college, words=own, **by)
    assert AgreementWording.objects.count() == 1
    with refused("mentoring.clause_lacks"):
        actions.write_wording(cast.college, words=own | {"purpose": {"zh": "x", "en": " "}}, **by)
    row = actions.draw_up_agreement(taught(cast), **by)
    assert row.document is not None
    assert "本院宗旨" in row.document.text["zh"]


def test_a_second_version_waits_for_nobody_twice(cast: Cast) -> None:
    pair = taught(cast, ends_on=TODAY + 60 * DAY)
    assert actions.replace_agreement(pair, by=system(), at=AT) is None
    later = AT + timedelta(days=1)
    first = actions.draw_up_agreement(pair, by=cast.actor("coordinator"), at=AT)
    assert actions.replace_agreement(pair, by=system(), at=later) == first
