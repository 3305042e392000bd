"""Pages of appraisals: the same queries for few and many, who reads what, nobody ranked, what is refused stays."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from craftpath.delivery.web.appraisals.drawing import spread
from craftpath.delivery.web.appraisals.saying import signed
from craftpath.domain.appraisals import actions
from craftpath.domain.appraisals.definition import BUILT_IN
from craftpath.domain.appraisals.models import (
    Appraisal,
    AppraisalContest,
    AppraisalRound,
    AppraisalScheme,
    Voice,
    VoiceAsked,
)
from craftpath.kernel.access import join
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Role
from tests.cast import TODAY, Cast
from tests.domain.appraisals.world import DAY, computed, of, office, opened, shown, taught

pytestmark = pytest.mark.usefixtures("all_rows")
LATER = timezone.localdate() + timedelta(days=20)


def client(person: Person) -> Client:
    made = Client(HTTP_ACCEPT_LANGUAGE="en")
    made.force_login(person)
    return made


def url(page: str, *ids: str, at: str = "lanchuan") -> str:
    return reverse(f"appraisals:{page}", args=[at, *ids])


def text(response: Any) -> str:
    return str(response.content.decode())


def heard(cast: Cast) -> AppraisalRound:
    """A round that its trainers read now."""
    taught(cast)
    row = shown(cast)
    AppraisalRound.objects.filter(pk=row.pk).update(hearing_until=LATER)
    return AppraisalRound.objects.get(pk=row.pk)


def asked(cast: Cast) -> AppraisalRound:
    """A round that asks its apprentices now."""
    row = actions.ask_voices(opened(cast), **office(cast))
    AppraisalRound.objects.filter(pk=row.pk).update(voices_until=LATER)
    return row


# ---- The office -------------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["round", "rounds", "contests"])
def test_a_page_asks_the_same_of_few_and_of_many(cast: Cast, page: str) -> None:
    counts = []
    for n, trainers in enumerate((5, 50)):
        taught(cast, trainers, 1, decided=False)
        row = computed(cast, opened(cast, starts_on=cast.cohort.starts_on.replace(day=1) - n * 31 * DAY))
        row = shown(cast, row)
        for one in Appraisal.objects.filter(round=row).select_related(
            "round__organisation", "round__scheme", "person"
        ):
            AppraisalContest.objects.create(
                appraisal=one, words="x", raised_at=row.opened_at, due_on=TODAY, part="voice"
            )
        asks = client(cast.people["coordinator"])
        address = url(page, row.public_id) if page == "round" else url(page)
        asks.get(address)
        with CaptureQueriesContext(connection) as found:
            assert asks.get(address).status_code == 200
        counts.append(len(found))
    assert counts[0] == counts[1] < 40


def test_no_page_of_the_office_shows_a_score_beside_a_name_or_orders_by_it(cast: Cast) -> None:
    row = heard(cast)
    pages = [
        url("rounds"),
        url("round", row.public_id),
        url("contests"),
        url("appraisal", of(row, "师傅001").public_id),
    ]
    asks = client(cast.people["coordinator"])
    scores = {f"{one.score:.0f}" for one in Appraisal.objects.filter(round=row, why="")}
    for address in pages:
        for query in ("", "?sort=score", "?sort=-score", "?order=score", "?sort=result"):
            page = asks.get(address + query)
            body = re.sub(r"<(figure|svg).*?</\1>", "", text(page), flags=re.S)
            names = re.findall(r"师傅\d{3}", body)
            if address.endswith(f"{row.public_id}/"):
                assert list(dict.fromkeys(names)) == sorted(set(names))
                assert len(set(names)) == 6
            assert not [score for score in scores if re.search(rf">\s*{score}\s*<", body)], (address, query)
            assert 'class="sort"' not in body


def test_a_look_is_recorded_and_a_cover_shows_nothing(cast: Cast) -> None:
    row = of(heard(cast), "师傅005")
    asks = client(cast.people["administrator"])
    assert "score-picture" not in text(asks.get(url("appraisal", row.public_id)))
    assert not AuditEntry.objects.filter(fact="appraisals.appraisal_read").exists()
    page = asks.post(url("read", row.public_id))
    assert "score-picture" in text(page)
    assert (
        AuditEntry.objects.filter(
            fact="appraisals.appraisal_read", person=cast.people["administrator"]
        ).count()
        == 1
    )


def test_trainers_of_the_college_apprentices_and_strangers_read_no_appraisal(cast: Cast) -> None:
    row = of(heard(cast), "师傅005")
    for who in ("trainer", "apprentice", "assessor", "mentor"):
        asks = client(cast.people[who])
        for page in (asks.get(url("appraisal", row.public_id)), asks.post(url("read", row.public_id))):
            assert page.status_code == 404, who
        assert asks.get(url("round", row.round.public_id)).status_code in (403, 404), who
    assert client(cast.people["stranger"]).get(url("rounds")).status_code == 404
    assert Client().get(url("mine")).status_code == 302


def test_a_round_is_opened_by_one_press_and_computed_by_the_next(cast: Cast) -> None:
    taught(cast, 2, 2, decided=False)
    asks = client(cast.people["coordinator"])
    [first, *_] = asks.get(url("rounds")).context["periods"]
    form = {"made_id": str(uuid.uuid4()), "starts_on": first[0]}
    for _press in range(2):
        page = asks.post(url("open"), form)
        assert page.status_code == 302
    row = AppraisalRound.objects.get()
    again = asks.post(url("open"), form | {"made_id": str(uuid.uuid4())})
    assert again.status_code == 409
    assert "a round for this period already" in text(again)
    assert asks.post(url("open"), {"starts_on": "x"}).status_code == 409
    asks.post(url("do", row.public_id), {"do": "compute"})
    row.refresh_from_db()
    assert row.state == "computed"
    early = asks.post(url("do", row.public_id), {"do": "publish"})
    assert early.status_code == 403  # computed it oneself
    for step, state in (("show", "hearing"), ("show", "hearing")):
        asks.post(url("do", row.public_id), {"do": step})
        row.refresh_from_db()
        assert row.state == state
    page = client(cast.people["administrator"]).post(url("do", row.public_id), {"do": "publish"})
    assert page.status_code == 409
    assert "may contest until" in text(page)
    page = asks.post(url("do", row.public_id), {"do": "follow", "reason": " ", "made_id": str(uuid.uuid4())})
    assert page.status_code == 409


def test_of_fewer_than_five_scores_nothing_is_drawn() -> None:
    from decimal import Decimal

    rows = [(Decimal(40 + n), Decimal(30), Decimal(70)) for n in range(4)]
    assert spread(BUILT_IN, rows) is None
    drawn = spread(BUILT_IN, [*rows, (Decimal(100), Decimal(90), Decimal(100))])
    assert drawn is not None
    assert sum(count for *_, count in drawn.rows) == len(drawn.dots) == drawn.n == 5
    assert signed(-0.04) == "0.0"
    assert signed(-1.25) == "−1.2"


# ---- What counts ------------------------------------------------------------------------------


def typed(**more: Any) -> dict[str, str]:
    given: dict[str, Any] = {"valid_from": TODAY.isoformat(), "months": "6", "fewest": "50", "do": "keep"}
    for one in BUILT_IN.parts:
        given |= {f"weight_{one.key}": one.weight, f"least_{one.key}": one.least}
    for at, band in enumerate(BUILT_IN.bands):
        given |= {f"lowest_{at}": band.lowest, f"name_zh_{at}": band.name.zh, f"name_en_{at}": band.name.en}
    for name in ("voice_days", "hearing_days", "contest_days", "answer_days"):
        given[name] = getattr(BUILT_IN, name)
    return {name: str(value) for name, value in (given | more).items()}


def test_weights_are_tried_on_an_example_and_kept_as_a_version(cast: Cast) -> None:
    asks = client(cast.people["coordinator"])
    form = typed(weight_progress=60, weight_verification=5)
    page = asks.post(url("scheme"), form | {"do": "try"})
    assert page.status_code == 200
    assert page.context["example"]["now"] != page.context["example"]["then"]
    assert 'value="60"' in text(page)
    assert not AppraisalScheme.objects.exists()
    for _press in range(2):
        assert asks.post(url("scheme"), form).status_code == 302
    assert AppraisalScheme.objects.get().value.part("progress").weight == 60


@pytest.mark.parametrize(("more", "said"), [
    ({"weight_progress": 49}, "come to 99"),
    ({"least_voice": 4}, "greater than or equal to 5"),
    ({"lowest_1": 70}, "Bands begin at 0"),
    ({"name_en_1": " "}, "This field is required"),
    ({"valid_from": "1800-01-01"}, "a day of this century"),
])  # fmt: skip
@pytest.mark.parametrize("do", ["keep", "try"])
def test_what_makes_no_sense_stays_in_the_form(cast: Cast, more: dict[str, Any], said: str, do: str) -> None:
    page = client(cast.people["coordinator"]).post(url("scheme"), typed(**more) | {"do": do})
    assert page.status_code in (409, 422)
    assert said in text(page)
    assert not AppraisalScheme.objects.exists()


# ---- The trainer's own page -------------------------------------------------------------------


def test_a_trainer_reads_the_own_appraisal_only_once_it_is_shown(cast: Cast) -> None:
    taught(cast)
    row = computed(cast)
    one = of(row, "师傅001")
    join([one.person], cast.jinheng, Role.MENTOR, on=TODAY)
    asks = client(one.person)
    assert "No appraisal yet" in text(asks.get(url("mine", at="jinheng")))
    shown(cast, row)
    AppraisalRound.objects.filter(pk=row.pk).update(hearing_until=LATER)
    page = asks.get(url("mine", at="jinheng"))
    assert page.status_code == 200
    said = text(page)
    assert "徒 1-0" in said
    assert "I contest this" in said
    assert len(page.context["lines"]) == 6
    assert asks.get(url("appraisal", of(row, "师傅002").public_id, at="jinheng")).status_code == 404


def test_names_are_shown_only_to_whoever_may_see_these_results(cast: Cast) -> None:
    row = of(heard(cast), "师傅001")
    join([row.person], cast.jinheng, Role.MENTOR, on=TODAY)
    from craftpath.domain.apprenticeships.models import EnrolmentParty

    EnrolmentParty.objects.filter(person=row.person, enrolment__person__name="徒 1-0").update(ends_on=TODAY)
    said = text(client(row.person).get(url("mine", at="jinheng")))
    assert "徒 1-0" not in said
    assert "徒 1-1" in said
    assert "not shown to you" in said


def test_the_own_page_asks_the_same_for_few_lines_and_many(cast: Cast) -> None:
    row = of(heard(cast), "师傅001")
    join([row.person], cast.jinheng, Role.MENTOR, on=TODAY)
    asks, counts = client(row.person), []
    for times in (1, 9):
        Appraisal.objects.filter(pk=row.pk).update(lines=row.lines * times)
        asks.get(url("mine", at="jinheng"))
        with CaptureQueriesContext(connection) as found:
            assert len(asks.get(url("mine", at="jinheng")).context["lines"]) == 6 * times
        counts.append(len(found))
    assert counts[0] == counts[1] < 40


def test_a_contest_is_sent_answered_and_read(cast: Cast) -> None:
    row = of(heard(cast), "师傅001")
    join([row.person], cast.jinheng, Role.MENTOR, on=TODAY)
    own = client(row.person)
    line = f"progress.{row.lines[0]['enrolment']}.{row.lines[0]['evaluation']}"
    wrong = own.post(url("contest", row.public_id, at="jinheng"), {"what": line, "words": " "})
    assert wrong.status_code == 409
    assert f'value="{line}" selected' in text(wrong)
    for _press in range(2):
        sent = own.post(
            url("contest", row.public_id, at="jinheng"), {"what": line, "words": "请了两个月病假"}
        )
        assert sent.status_code == 302
    made = AppraisalContest.objects.get()
    coordinator, administrator = client(cast.people["coordinator"]), client(cast.people["administrator"])
    assert "师傅001" in text(coordinator.get(url("contests")))
    form = {"remedy": "line_out", "answer": "病假属实，这一行不计。"}
    assert coordinator.post(url("answer", made.public_id), form).status_code == 403
    blank = administrator.post(url("answer", made.public_id), form | {"answer": ""})
    assert blank.status_code == 409
    assert "Not answered yet" in text(blank)
    assert administrator.post(url("answer", made.public_id), form).status_code == 302
    assert "病假属实" in text(own.get(url("mine", at="jinheng")))
    assert own.post(url("withdraw", made.public_id, at="jinheng")).status_code == 409
    assert own.post(url("answer", made.public_id, at="jinheng"), form).status_code == 403


# ---- Three questions --------------------------------------------------------------------------


def test_an_apprentice_answers_once_and_what_is_not_whole_stays(cast: Cast) -> None:
    taught(cast, 1, 1, decided=False)
    asked(cast)
    me = cast.people["apprentice"]
    row = VoiceAsked.objects.get(enrolment__person=me)
    asks = client(me)
    assert row.trainer.name in text(asks.get(url("voices")))
    half = asks.post(url("give", row.public_id), {"shows": "5"})
    assert half.status_code == 409
    assert "Choose one step" in text(half)
    assert re.search(r'id="shows-5-[^"]*" name="shows" value="5" required checked', text(half))
    for _press in range(2):
        done = asks.post(url("give", row.public_id), {"shows": "5", "helps": "4", "respects": "5"})
        assert done.status_code == 302
    assert sum(Voice._base_manager.values_list("count", flat=True)) == 3
    assert "Answered" in text(asks.get(url("voices")))
    other = VoiceAsked.objects.filter(answered=False).exclude(enrolment__person=me)[0]
    assert asks.post(url("give", other.public_id), {"shows": "1"}).status_code == 404


def test_apprentices_never_see_a_score(cast: Cast) -> None:
    row = heard(cast)
    asks = client(cast.people["apprentice"])
    assert "No appraisal yet" in text(asks.get(url("mine")))
    for page in ("rounds", "contests", "scheme"):
        assert asks.get(url(page)).status_code == 403
    assert asks.get(url("round", row.public_id)).status_code in (403, 404)
