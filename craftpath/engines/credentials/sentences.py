"""Every reason for which a credential holds, does not hold, or is left open. Readers of Chinese have their own list."""

from __future__ import annotations

from collections.abc import Mapping

REASONS: Mapping[str, str] = {
    # reading
    "too_large": "It is larger than a credential may be.",
    "too_deep": "Its parts are nested deeper than a credential may be.",
    "not_json": "It is no JSON: {what}.",
    "said_twice": "It says “{name}” twice; which of the two was signed, nobody can tell.",
    "not_a_credential": "It is no credential: there is neither a document nor a token in it.",
    "no_badge_inside": "There is no credential in this picture.",
    "not_checked": "Not looked at, because it could not be read.",
    # proof
    "proof_holds": "The signature is whole: nothing was changed since it was made.",
    "token_holds": "The token's signature is whole: nothing was changed since it was made.",
    "proof_missing": "It is not signed.",
    "proof_unknown": "Its proof is of a kind that is not checked here: {kind}.",
    "proof_broken": "The signature does not belong to this document: one of them was changed, or the key is another.",
    "proof_malformed": "Its proof is not as a proof must be: {what}.",
    "proof_expired": "The signature itself was good until {date} only.",
    "proof_inside": "One of the credentials inside does not hold ({id}): {why}",
    "key_unknown": "The key {method} is not at hand, so the signature cannot be checked.",
    "key_revoked": "The key {method} does not count any more.",
    "algorithm_refused": "The token is signed in a way that proves nothing here: {algorithm}.",
    "token_malformed": "The token is not as a token must be: {what}.",
    "terms_undefined": "Its contexts do not say what “{terms}” means, so a signature would not cover it.",
    "terms_disguised": "It writes “{terms}” so that what is read differs from what was signed.",
    "context_unknown": "It refers to a vocabulary that is not kept here: {context}.",
    "not_linked_data": "It cannot be read as linked data: {what}.",
    "too_tangled": "It is put together so that checking it would take too long.",
    # dates
    "in_force": "It is in force.",
    "not_yet": "It is in force from {date} only.",
    "expired": "It was in force until {date}.",
    "date_malformed": "“{field}” is no moment with a time zone.",
    # status
    "no_status": "It names no list on which it could be revoked.",
    "not_looked_up": "The list {url} was not at hand: whether it was revoked since is not known.",
    "not_revoked": "It is not on its issuer's list of revoked ones.",
    "revoked": "Its issuer has revoked it.",
    "suspended": "Its issuer has suspended it for the time being.",
    "status_broken": "The list {url} cannot be relied on: {why}",
    "status_malformed": "What it says of its status is not as it must be: {what}.",
    "status_unknown": "Its status is kept in a way that is not known here: {kind}.",
    # schema
    "well_formed": "It is built as the standard asks.",
    "malformed": "It is not built as the standard asks: {where} {what}.",
    # issuer
    "issuer_known": "It is signed with a key of its issuer, {issuer}.",
    "issuer_is_key": "Its issuer is named by the key itself. Whose key that is must be known from elsewhere.",
    "issuer_other": "It says {issuer} issued it, and the key belongs to {controller}.",
    "issuer_unproven": "It says {issuer} issued it; that the key is theirs cannot be told from what is at hand.",
    "issuer_missing": "It does not say who issued it.",
}
