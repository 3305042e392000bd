"""Writing subsidy files: opened, filed, decided, settled; papers, claimed years, audits, archives; schemes."""

from craftpath.domain.subsidies.auditing import (
    answer_finding,
    close_finding,
    end_audit,
    invite_auditor,
    raise_finding,
    reopen_finding,
)
from craftpath.domain.subsidies.claiming import claim_subsidy
from craftpath.domain.subsidies.elsewhere import Elsewhere, keep_identities, take_elsewhere
from craftpath.domain.subsidies.moving import (
    Outcome,
    complete_training,
    file_plan,
    register_file,
    return_file,
    withdraw_file,
)
from craftpath.domain.subsidies.opening import exclude_person, open_file
from craftpath.domain.subsidies.packing import (
    Packed,
    ask_pack,
    fetch_pack,
    finish_pack,
    forget_packs,
    refuse_pack,
)
from craftpath.domain.subsidies.papering import Asking, ask_for_papers, hand_in_paper
from craftpath.domain.subsidies.schemes import copy_scheme, load_schemes
from craftpath.domain.subsidies.settling import (
    advance_money,
    demand_refund,
    notice_claim,
    pay_balance,
    refund_money,
    settle_claim,
)

__all__ = [
    "Asking",
    "Elsewhere",
    "Outcome",
    "Packed",
    "advance_money",
    "answer_finding",
    "ask_for_papers",
    "ask_pack",
    "claim_subsidy",
    "close_finding",
    "complete_training",
    "copy_scheme",
    "demand_refund",
    "end_audit",
    "exclude_person",
    "fetch_pack",
    "file_plan",
    "finish_pack",
    "forget_packs",
    "hand_in_paper",
    "invite_auditor",
    "keep_identities",
    "load_schemes",
    "notice_claim",
    "open_file",
    "pay_balance",
    "raise_finding",
    "refund_money",
    "refuse_pack",
    "register_file",
    "reopen_finding",
    "return_file",
    "settle_claim",
    "take_elsewhere",
    "withdraw_file",
]
