"""Every reason for which a credential holds, does not hold, or is left open, in English and in Chinese."""

from __future__ import annotations

from collections.abc import Mapping

REASONS: Mapping[str, tuple[str, str]] = {
    # reading
    "too_large": ("It is larger than a credential may be.", "内容过大，不像一份凭证。"),
    "too_deep": ("Its parts are nested deeper than a credential may be.", "内容嵌套过深，不像一份凭证。"),
    "not_json": ("It is not JSON: {what}.", "不是有效的 JSON：{what}。"),
    "said_twice": (
        "It says “{name}” twice; which of the two was signed, nobody can tell.",
        "“{name}”出现了两次，无法判断签名针对的是哪一个。",
    ),
    "not_a_credential": (
        "It is not a credential: neither a document nor a token.",
        "这不是凭证：既不是凭证文档，也不是令牌。",
    ),
    "two_inside": (
        "There is more than one credential in this picture; which of them others read, nobody can tell.",
        "这张图片里不止一份凭证，无法判断别人读到的是哪一份。",
    ),
    "beside_envelope": (
        "Beside the token in it, it says “{name}”, which nobody signed.",
        "令牌之外还写有“{name}”，这一项没有签名。",
    ),
    "no_credential_inside": ("There is no credential in this picture.", "这张图片里没有凭证。"),
    "not_checked": ("Not looked at, because it could not be read.", "文件无法读取，此项未检查。"),
    # proof
    "proof_holds": (
        "The signature is whole: nothing was changed since it was made.",
        "签名完好：签发后内容没有被改动。",
    ),
    "token_holds": (
        "The token's signature is whole: nothing was changed since it was made.",
        "令牌签名完好：签发后内容没有被改动。",
    ),
    "proof_missing": ("It is not signed.", "没有签名。"),
    "proof_unknown": (
        "Its proof is of a kind that is not checked here: {kind}.",
        "签名方式不在此处可检查的范围内：{kind}。",
    ),
    "proof_broken": (
        "The signature does not belong to this document: one of them was changed, or the key is another.",
        "签名与内容不符：内容或签名被改动过，或者密钥不对。",
    ),
    "proof_malformed": ("Its proof is not as a proof must be: {what}.", "签名部分的格式不对：{what}。"),
    "proof_expired": ("The signature itself was good until {date} only.", "签名本身的有效期到 {date} 为止。"),
    "proof_inside": (
        "One of the credentials inside does not hold ({id}): {why}",
        "其中一份凭证不成立（{id}）：{why}",
    ),
    "key_unknown": (
        "The key {method} is not at hand, so the signature cannot be checked.",
        "手头没有密钥 {method}，无法检查签名。",
    ),
    "algorithm_refused": (
        "The token is signed in a way that proves nothing here: {algorithm}.",
        "令牌的签名算法不能证明任何事：{algorithm}。",
    ),
    "token_malformed": ("The token is not as a token must be: {what}.", "令牌的格式不对：{what}。"),
    "terms_undefined": (
        "Its contexts do not say what “{terms}” means, so a signature would not cover it.",
        "词汇表没有定义“{terms}”，签名不会覆盖这一项。",
    ),
    "terms_disguised": (
        "It writes “{terms}” so that what is read differs from what was signed.",
        "“{terms}”的写法会使读到的内容与签名的内容不一致。",
    ),
    "context_unknown": (
        "It refers to a vocabulary that is not kept here: {context}.",
        "引用了此处没有保存的词汇表：{context}。",
    ),
    "not_linked_data": ("It cannot be read as linked data: {what}.", "无法作为关联数据读取：{what}。"),
    "too_tangled": (
        "It is put together so that checking it would take too long.",
        "结构过于复杂，检查所需时间过长。",
    ),
    # dates
    "in_force": ("It is in force.", "在有效期内。"),
    "not_yet": ("It is in force from {date} only.", "尚未生效，生效时间为 {date}。"),
    "expired": ("It was in force until {date}.", "已过期，有效期到 {date} 为止。"),
    "date_malformed": ("“{field}” is not a moment with a time zone.", "“{field}”不是带时区的时间。"),
    # status
    "no_status": (
        "It names no list on which it could be revoked.",
        "凭证没有指明撤销名单。",
    ),
    "not_looked_up": (
        "The list {url} was not looked up: whether it was revoked since is not known.",
        "没有查询名单 {url}：是否已被撤销，目前未知。",
    ),
    "not_revoked": ("It is not on its issuer's list of revoked ones.", "不在颁发者的撤销名单上。"),
    "revoked": ("Its issuer has revoked it.", "已被颁发者撤销。"),
    "suspended": ("Its issuer has suspended it for the time being.", "已被颁发者暂停使用。"),
    "status_broken": ("The list {url} cannot be relied on: {why}", "名单 {url} 不可信：{why}"),
    "status_malformed": (
        "What it says of its status is not as it must be: {what}.",
        "状态信息的格式不对：{what}。",
    ),
    "status_unknown": (
        "Its status is kept in a way that is not known here: {kind}.",
        "状态的记录方式不在此处可检查的范围内：{kind}。",
    ),
    # schema
    "well_formed": ("It is built as the standard asks.", "结构符合标准。"),
    "malformed": (
        "It is not built as the standard asks: {where} {what}.",
        "结构不符合标准：{where} {what}。",
    ),
    # issuer
    "issuer_known": ("It is signed with a key of its issuer, {issuer}.", "由颁发者 {issuer} 的密钥签名。"),
    "issuer_is_key": (
        "Its issuer is named by the key itself. Whose key that is must be known from elsewhere.",
        "颁发者以密钥本身为标识；密钥属于谁，须从其他渠道确认。",
    ),
    "issuer_other": (
        "It says {issuer} issued it, and the key belongs to {controller}.",
        "凭证称由 {issuer} 颁发，但密钥属于 {controller}。",
    ),
    "issuer_unproven": (
        "It says {issuer} issued it; that the key is theirs cannot be told from what is at hand.",
        "凭证称由 {issuer} 颁发；仅凭现有材料无法确认密钥属于对方。",
    ),
    "issuer_missing": ("It does not say who issued it.", "没有写明颁发者。"),
}


def sentence(code: str, facts: Mapping[str, str], language: str = "en") -> str:
    """The reason in a language: Chinese for every `zh`, else English."""
    english, chinese = REASONS[code]
    return (chinese if language.startswith("zh") else english).format(**facts)
