"""Files of subsidies."""

from __future__ import annotations

from datetime import timedelta

from craftpath.domain.subsidies import actions as subsidies
from craftpath.domain.subsidies.models import (
    Audit,
    FilePaper,
    Finding,
    Pack,
    PaperAsk,
    SubsidyFile,
    SubsidyScheme,
)
from craftpath.kernel.access import Actor
from tests.cast import AT, TODAY, Cast
from tests.domain.subsidies import world as funding


def fund_a_class(cast: Cast) -> dict[str, str]:
    """A subsidy file with a claim, an audit and a finding; one to be filed with a paper asked for; one filed. Once."""
    done = SubsidyFile.objects.order_by("pk").first()
    if done is None:
        done = funding.claimed(cast)
        funding.paper(done, funding.hr(cast))
        audit = subsidies.invite_auditor(
            done, username=cast.people["auditor"].username, opens_on=TODAY, closes_on=TODAY + timedelta(days=300),
            size=1, because="抽查", by=funding.officer(cast), at=AT,
        )  # fmt: skip
        by = Actor(cast.city, cast.people["auditor"])
        subsidies.raise_finding(audit, severity="minor", words="日期不一致", by=by, at=AT)
        waiting = funding.opened(cast)
        asked = [subsidies.Asking(cast.people["trainer"], cast.college)]
        subsidies.ask_for_papers(waiting, "training_plan", asked, by=funding.hr(cast), at=AT)
        number = "11010519491231002X"
        subsidies.keep_identities(waiting, [(2, "26001", number)], by=funding.hr(cast), at=AT)
        subsidies.file_plan(funding.opened(cast, made_id="filed"), by=funding.hr(cast), at=AT)
        subsidies.copy_scheme(
            done.scheme, organisation=cast.city, name={"zh": "澜川"}, document="1", valid_from=TODAY, changes={},
            by=funding.officer(cast), at=AT,
        )  # fmt: skip
    pack = Pack.objects.first()
    own = SubsidyScheme.objects.filter(organisation=cast.city).first()
    return {
        "file": done.public_id,
        "draft": PaperAsk.objects.select_related("file").earliest("pk").file.public_id,
        "filed": SubsidyFile.objects.get(made_id="filed").public_id,
        "paper": FilePaper.objects.earliest("pk").public_id,
        "ask": PaperAsk.objects.earliest("pk").public_id,
        "audit": Audit.objects.earliest("pk").public_id,
        "finding": Finding.objects.earliest("pk").public_id,
        "pack": pack.public_id if pack else "none",
        "scheme": own.public_id if own else "none",
        "verb": "withdraw",
    }
