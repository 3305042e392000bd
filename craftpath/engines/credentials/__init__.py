"""Credentials: signed statements that others can check without asking this site.

Words: credential 凭证, issuer 颁发者, holder 持有人, proof 证明, status list 状态列表, verification method 验证方法.

W3C Verifiable Credentials 2.0 with Data Integrity proofs (eddsa-rdfc-2022) or as tokens, in the words of Open Badges
3.0 and the Comprehensive Learner Record 2.0. Vocabularies are files of this package; nothing is ever fetched. Whoever
checks says where keys and lists come from.
"""

from craftpath.engines.credentials import documents
from craftpath.engines.credentials.checking import check
from craftpath.engines.credentials.proofs import sign
from craftpath.engines.credentials.tokens import token
from craftpath.engines.credentials.types import Check, Refusal, Report, SigningKey

__all__ = ["Check", "Refusal", "Report", "SigningKey", "check", "documents", "sign", "token"]
