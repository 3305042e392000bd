"""What the schema says beyond single operations: kinds of problems, headers, scopes."""

from __future__ import annotations

from typing import Any

from craftpath.delivery.exchange.problems import MEDIA_TYPE

ABOUT = """The record of apprenticeships for programs: the same actions, rules and figures as the pages.

Send a token with each request. It belongs to one organisation, and what it shows is what its person, or its office,
sees there. Whatever is refused is refused as on the pages, with the same reason, in the language of `Accept-Language`.

Lists come in pages: ask with `cursor` for the page behind the one that you have. A write with an `Idempotency-Key` may
be sent again, however often: it is done once, and the answer is the first one."""
_TEXT, _NUMBER = {"type": "string"}, {"type": "integer", "minimum": 0}
LIMITS = {
    "RateLimit-Limit": {"description": "requests in a minute", "schema": _NUMBER},
    "RateLimit-Remaining": {"description": "how many are left of it", "schema": _NUMBER},
    "RateLimit-Reset": {"description": "seconds until the next minute begins", "schema": _NUMBER},
}
TAG = {"ETag": {"description": "names what stands now", "schema": _TEXT}}
WAIT = {"Retry-After": {"description": "seconds to wait", "schema": _NUMBER}}
ASK = {"WWW-Authenticate": {"description": "how to come in", "schema": _TEXT}}
KEY = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": False,
    "schema": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[!-~]+$"},
    "description": "names this write, so that sending it twice does it once; a UUID will do",
}
MATCH = {
    "in": "header",
    "name": "If-Match",
    "required": False,
    "schema": _TEXT,
    "description": "the ETag of what you read; 412 if it has changed since",
}
UNLESS = {
    "in": "header",
    "name": "If-None-Match",
    "required": False,
    "schema": _TEXT,
    "description": "the ETag that you have; 304 if it is still the same",
}


SHARED = {
    "headers": LIMITS | TAG | WAIT | ASK,
    "parameters": {"IdempotencyKey": KEY, "IfMatch": MATCH, "IfNoneMatch": UNLESS},
}


def described(schema: Any) -> Any:
    """The same schema, complete; what is the same everywhere is said once."""
    schema["info"]["description"] = ABOUT
    schema["info"]["license"] = {"name": "Apache-2.0", "identifier": "Apache-2.0"}
    schema["components"] |= {**SHARED, "responses": {}}
    problems = schema["components"]["responses"]
    for methods in schema["paths"].values():
        for method, operation in methods.items():
            _operation(method, operation, problems)
    schema["components"]["responses"] = dict(sorted(problems.items()))
    return schema


def _operation(method: str, operation: dict[str, Any], problems: dict[str, Any]) -> None:
    first, _, rest = operation.get("description", "").partition(". ")
    operation["summary"] = first.strip().rstrip(".")
    said = [
        " ".join(rest.split()),
        f"Scope: `{operation['x-scope']}`." if operation["x-scope"] else "Any token.",
    ]
    operation["description"] = "\n\n".join(part for part in said if part)
    shared = [("IfNoneMatch", method == "get"), ("IdempotencyKey", method != "get")]
    shared.append(("IfMatch", 412 in operation["responses"]))
    operation["parameters"] += [{"$ref": f"#/components/parameters/{name}"} for name, used in shared if used]
    operation["responses"] = {
        str(status): _problem(status, answer, problems) if status >= 400 else _answer(status, answer, method)
        for status, answer in sorted(operation["responses"].items())
    }


def _answer(status: int, answer: dict[str, Any], method: str) -> dict[str, Any]:
    names = [*LIMITS, *(["ETag"] if method == "get" else [])]
    return answer | {"headers": _headers(names)}


def _problem(status: int, answer: dict[str, Any], problems: dict[str, Any]) -> dict[str, Any]:
    """The one answer of this status."""
    name = f"Problem{status}"
    if name not in problems:
        names = (
            ["WWW-Authenticate"] if status == 401 else [*LIMITS, *(["Retry-After"] if status == 429 else [])]
        )
        content = {MEDIA_TYPE: answer["content"]["application/json"]}
        problems[name] = {
            "description": answer["description"],
            "content": content,
            "headers": _headers(names),
        }
    return {"$ref": f"#/components/responses/{name}"}


def _headers(names: list[str]) -> dict[str, Any]:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}
