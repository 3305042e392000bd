"""Every requirement that something may miss, in English and in Chinese."""

from __future__ import annotations

from collections.abc import Mapping

REASONS: Mapping[str, tuple[str, str]] = {
    # kinds of values
    "not_an_object": ("this must be a JSON object", "此处必须是 JSON 对象"),
    "not_an_array": ("this must be an array", "此处必须是数组"),
    "not_a_string": ("this must be a string", "此处必须是字符串"),
    "not_a_number": (
        "this must be a number, not a text that looks like one",
        "此处必须是数字，不能是写成文字的数字",
    ),
    "not_a_boolean": ("this must be true or false", "此处必须是 true 或 false"),
    "not_an_integer": ("this must be a whole number from 0 on", "此处必须是不小于 0 的整数"),
    "is_null": ("null is allowed inside extensions only", "只有 extensions 之内允许出现 null"),
    "missing": ("“{name}” is required", "缺少必需的“{name}”"),
    "unknown": (
        "“{name}” is not a property that is allowed here; names are case sensitive",
        "此处不允许有“{name}”，属性名区分大小写",
    ),
    "not_among": (
        "“{value}” is none of the allowed values: {allowed}",
        "“{value}”不在允许的取值之内：{allowed}",
    ),
    "empty": ("this must not be empty", "此处不能为空"),
    # formats
    "iri": ("“{value}” is not an IRI with a scheme", "“{value}”不是带有协议名的 IRI"),
    "uuid": ("“{value}” is not a UUID in its standard form", "“{value}”不是标准写法的 UUID"),
    "timestamp": (
        "“{value}” is not a date and time as ISO 8601 and RFC 3339 write them",
        "“{value}”不是 ISO 8601 和 RFC 3339 写法的日期时间",
    ),
    "duration": ("“{value}” is not a duration as ISO 8601 writes it", "“{value}”不是 ISO 8601 写法的时长"),
    "language_tag": ("“{value}” is not a language tag of RFC 5646", "“{value}”不是 RFC 5646 的语言标签"),
    "mailto": ("“{value}” is not of the form mailto:name@host", "“{value}”不是 mailto:名称@主机 的写法"),
    "sha1": ("“{value}” is not a SHA-1 in 40 hexadecimal digits", "“{value}”不是 40 位十六进制的 SHA-1"),
    "sha2": ("“{value}” is not a SHA-2 in hexadecimal digits", "“{value}”不是十六进制的 SHA-2"),
    "media_type": ("“{value}” is not a media type", "“{value}”不是媒体类型"),
    # agents and groups
    "identifiers": (
        "exactly one of mbox, mbox_sha1sum, openid and account must identify it; here are {number}",
        "必须用 mbox、mbox_sha1sum、openid、account 之一来标识，此处有 {number} 个",
    ),
    "too_many_identifiers": (
        "at most one of mbox, mbox_sha1sum, openid and account may identify it; here are {number}",
        "mbox、mbox_sha1sum、openid、account 最多用一个来标识，此处有 {number} 个",
    ),
    "members_needed": ("a group without an identifier must name its members", "没有标识的群组必须列出成员"),
    "authority_group": (
        "a group that is an authority consists of exactly two agents and has no identifier of its own",
        "作为依据方的群组必须恰好由两个主体组成，且自身不带标识",
    ),
    # activities
    "interaction_type_needed": (
        "a definition with “{name}” must say its interactionType",
        "含有“{name}”的定义必须写明 interactionType",
    ),
    "component_twice": ("the id “{value}” stands twice in this list", "编号“{value}”在此列表中重复"),
    # statements
    "object_type_needed": (
        "an object that is no activity must say its objectType",
        "不是活动的对象必须写明 objectType",
    ),
    "nested": ("a SubStatement must not contain another one", "子陈述之内不能再有子陈述"),
    "voids_no_statement": (
        "a voiding statement must point at a statement: its object is a StatementRef",
        "作废陈述必须指向一条陈述：其对象应为 StatementRef",
    ),
    "only_with_activity": (
        "“{name}” may only be used where the object is an activity",
        "只有对象是活动时才能使用“{name}”",
    ),
    "version": ("“{value}” is not a version that is kept here", "此处不接受版本“{value}”"),
    "scaled": (
        "scaled must lie between -1 and 1, and is {value}",
        "scaled 必须在 -1 与 1 之间，此处为 {value}",
    ),
    "raw": ("raw must lie between min and max, and is {value}", "raw 必须在 min 与 max 之间，此处为 {value}"),
    "min_max": ("min must be less than max", "min 必须小于 max"),
    # reading
    "not_json": ("this is not JSON: {what}", "不是有效的 JSON：{what}"),
    "said_twice": ("“{name}” is said twice", "“{name}”出现了两次"),
    "too_deep": ("this is nested too deeply", "嵌套过深"),
    "id_twice": (
        "two statements of one request have the id {value}",
        "同一次请求中有两条陈述的编号都是 {value}",
    ),
    # what is sent along
    "content_missing": (
        "the content of this attachment was not sent along, and it names no fileUrl",
        "没有附上此附件的内容，也没有写明 fileUrl",
    ),
    "content_unknown": (
        "a part with the hash {value} was sent that no statement names",
        "收到一段内容，其哈希值 {value} 没有任何陈述提到",
    ),
    "content_other": (
        "the content that was sent with the hash {value} has another one",
        "收到的内容与其哈希值 {value} 不符",
    ),
    # signatures
    "signature_missing": (
        "the signature of a signed statement must be sent along",
        "已签名的陈述必须附上签名",
    ),
    "signature_type": (
        "a signature must have the content type application/octet-stream",
        "签名的内容类型必须是 application/octet-stream",
    ),
    "signature_malformed": (
        "the signature is not a JSON Web Signature in its compact form: {what}",
        "签名不是紧凑写法的 JSON Web Signature：{what}",
    ),
    "signature_algorithm": (
        "the signature must use RS256, RS384 or RS512, and uses “{value}”",
        "签名必须使用 RS256、RS384 或 RS512，此处为“{value}”",
    ),
    "signature_other": ("what was signed is another statement", "被签名的是另一条陈述"),
    "signature_broken": (
        "the signature does not belong to the certificate that it names",
        "签名与其所附证书不符",
    ),
}


def sentence(code: str, facts: Mapping[str, str], language: str) -> str:
    """The requirement in words."""
    english, chinese = REASONS[code]
    return (chinese if language.startswith("zh") else english).format(**facts)
