"""Links and codes: one purpose, one subject, five tries, two weeks; and documents that only links may reach."""

from __future__ import annotations

from datetime import timedelta

import pytest

from craftpath.kernel.access import Actor
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.links import (
    LIFE,
    TRIES,
    Purpose,
    SignedLink,
    can_use,
    link_of,
    make_link,
    try_code,
    use_link,
)
from craftpath.kernel.signing import Party, hand_over, make_document, parties_of, sign_document
from craftpath.kernel.tokens import code_hash, hash_of
from craftpath.values.ref import Ref
from craftpath.values.verdict import Refused
from tests.cast import AT, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_rows")]
SUBJECT = Ref("kernel", "party", "x")


def made(cast: Cast, purpose: str = Purpose.SIGN, subject: Ref = SUBJECT):  # type: ignore[no-untyped-def]
    return make_link(
        subject,
        purpose=purpose,
        name="陈建国",
        organisation=cast.college,
        by=cast.actor("coordinator"),
        at=AT,
    )


def nobody(cast: Cast) -> Actor:
    return Actor(organisation=cast.college)


def test_neither_secret_nor_code_is_kept(cast: Cast) -> None:
    one = made(cast)
    kept = str(SignedLink.objects.filter(pk=one.link.pk).values())
    assert one.code not in kept
    assert one.token.partition(":")[0] not in kept
    assert len(one.code) == 6
    assert one.code.isdigit()
    assert one.code not in str(list(AuditEntry.objects.values_list("payload", flat=True)))


def test_a_code_cannot_be_tried_out_from_the_kept_hash(cast: Cast, settings) -> None:  # type: ignore[no-untyped-def]
    one = made(cast)
    assert code_hash(one.code, one.link.secret_hash) == one.link.code_hash
    assert hash_of(f"{one.link.secret_hash}:{one.code}") != one.link.code_hash
    settings.SECRET_KEY = "another"
    assert code_hash(one.code, one.link.secret_hash) != one.link.code_hash


def test_the_link_is_found_by_its_own_secret_only(cast: Cast) -> None:
    one = made(cast)
    assert link_of(one.token) == one.link
    for forged in ("", "x", one.token[:-1], one.token + "x", one.token.replace(":", ""), "\0"):
        assert link_of(forged) is None


def test_the_right_code_opens_however_it_is_typed(cast: Cast) -> None:
    one = made(cast)
    spaced = f" {one.code[:3]}-{one.code[3:]} "
    assert try_code(one.link, spaced, by=nobody(cast), at=AT)
    assert SignedLink.objects.get().tries == 0


def test_five_wrong_codes_end_it_and_the_right_one_comes_too_late(cast: Cast) -> None:
    one = made(cast)
    wrong = f"{(int(one.code) + 1) % 10**6:06}"
    for left in range(TRIES - 1, 0, -1):
        verdict = try_code(one.link, wrong, by=nobody(cast), at=AT)
        assert (verdict.reason, verdict.facts["left"]) == ("kernel.link_code_wrong", left)
    assert try_code(one.link, wrong, by=nobody(cast), at=AT).reason == "kernel.link_locked"
    assert try_code(one.link, one.code, by=nobody(cast), at=AT).reason == "kernel.link_locked"
    row = SignedLink.objects.get()
    assert (row.state, row.tries) == ("locked", TRIES)
    assert AuditEntry.objects.filter(fact="kernel.link_locked").count() == 1


def test_it_runs_out_after_two_weeks(cast: Cast) -> None:
    one = made(cast)
    assert can_use(one.link, AT + LIFE - timedelta(seconds=1))
    over = try_code(one.link, one.code, by=nobody(cast), at=AT + LIFE)
    assert over.reason == "kernel.link_expired"


def test_it_signs_once_and_confirms_again_and_again(cast: Cast) -> None:
    one = made(cast)
    use_link(one.link, by=nobody(cast), at=AT)
    with pytest.raises(Refused, match="kernel.link_used"):
        use_link(one.link, by=nobody(cast), at=AT)
    again = made(cast, Purpose.CONFIRM)
    use_link(again.link, by=nobody(cast), at=AT)
    assert use_link(again.link, by=nobody(cast), at=AT).state == "open"


def test_a_new_link_ends_the_one_before(cast: Cast) -> None:
    first, second = made(cast), made(cast)
    assert try_code(first.link, first.code, by=nobody(cast), at=AT).reason == "kernel.link_revoked"
    assert try_code(second.link, second.code, by=nobody(cast), at=AT)


def test_a_link_signs_for_its_own_party_and_no_other(cast: Cast) -> None:
    by = cast.actor("coordinator")
    document = make_document(
        Ref("tests", "paper", "1"), kind="paper", content={"a": 1}, text={"zh": "文", "en": "text"},
        parties=[Party("guardian", "陈建国"), Party("college", "学院", organisation=cast.college)],
        organisation=cast.college, by=by, at=AT,
    )  # fmt: skip
    guardian, college = parties_of(document)
    handed = hand_over(guardian, name="陈建国", organisation=cast.college, by=by, at=AT)
    with pytest.raises(Refused, match="kernel.link_unknown"):
        sign_document(college, seen=document.sha256, link=handed.link, by=nobody(cast), at=AT)
    with pytest.raises(Refused, match="kernel.signing_for_another"):
        sign_document(guardian, seen=document.sha256, by=by, at=AT)
    assert not sign_document(guardian, seen=document.sha256, link=handed.link, by=nobody(cast), at=AT)
    with pytest.raises(Refused, match="kernel.signed_already"):
        hand_over(guardian, name="陈建国", organisation=cast.college, by=by, at=AT)
    with pytest.raises(Refused, match="kernel.belongs_to_another"):
        hand_over(college, name="x", organisation=cast.jinheng, by=cast.actor("hr", cast.jinheng), at=AT)
    assert sign_document(college, seen=document.sha256, by=by, at=AT)
