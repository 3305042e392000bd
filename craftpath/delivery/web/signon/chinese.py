"""WeCom and DingTalk: no tokens that are signed, but a code that this site asks about itself over its own connection.

Neither answer says anything that others could have written: it comes from the provider's own address, which is fixed
here, and the state ties it to the browser that asked.
"""

from __future__ import annotations

from urllib.parse import urlencode

from pydantic_core import from_json, to_json

from craftpath.delivery.exchange.outward import get_with, post_json, target_of
from craftpath.delivery.web.signon.speaking import MOST, SECONDS, Unfit, asked, word
from craftpath.kernel.sign_on.entering import Vouched
from craftpath.kernel.sign_ons import Kind, SignOnProvider
from craftpath.kernel.tokens import unsealed

WECOM_THERE = "https://login.work.weixin.qq.com/wwlogin/sso/login"
WECOM = "https://qyapi.weixin.qq.com/cgi-bin"
DINGTALK_THERE = "https://login.dingtalk.com/oauth2/auth"
DINGTALK = "https://api.dingtalk.com/v1.0"


def way_there(provider: SignOnProvider, back: str, kept: dict[str, str]) -> str:
    """Where the browser goes to sign in."""
    if provider.kind == Kind.WECOM:
        told = {
            "login_type": "CorpApp",
            "appid": provider.client_id,
            "agentid": provider.agent_id,
            "redirect_uri": back,
            "state": kept["state"],
        }
        return f"{WECOM_THERE}?{urlencode(told)}"
    told = {
        "client_id": provider.client_id,
        "redirect_uri": back,
        "response_type": "code",
        "scope": "openid",
        "state": kept["state"],
        "prompt": "consent",
    }
    return f"{DINGTALK_THERE}?{urlencode(told)}"


def vouched(provider: SignOnProvider, code: str) -> Vouched:
    """Whom the provider vouches for with this code."""
    return _wecom(provider, code) if provider.kind == Kind.WECOM else _dingtalk(provider, code)


def _wecom(provider: SignOnProvider, code: str) -> Vouched:
    """The user id that the enterprise gave; somebody outside the enterprise has none and is refused."""
    query = urlencode({"corpid": provider.client_id, "corpsecret": unsealed(provider.secret)})
    key = word(asked(f"{WECOM}/gettoken?{query}").get("access_token"), 1000)
    if not key:
        raise Unfit("no key")
    found = asked(f"{WECOM}/auth/getuserinfo?{urlencode({'access_token': key, 'code': code})}")
    user = word(found.get("userid"), 200)
    if found.get("errcode") != 0 or not user:
        raise Unfit("nobody of the enterprise")
    return Vouched(subject=user, number=user)


def _dingtalk(provider: SignOnProvider, code: str) -> Vouched:
    """The union id, the same in all applications of an enterprise, and nothing that was not verified."""
    body = {
        "clientId": provider.client_id,
        "clientSecret": unsealed(provider.secret),
        "code": code,
        "grantType": "authorization_code",
    }
    status, content = post_json(
        target_of(f"{DINGTALK}/oauth2/userAccessToken"), to_json(body), most=MOST, seconds=SECONDS
    )
    key = word(_object(status, content).get("accessToken"), 1000)
    if not key:
        raise Unfit("no key")
    headers = {"x-acs-dingtalk-access-token": key, "Accept": "application/json"}
    status, content = get_with(target_of(f"{DINGTALK}/contact/users/me"), headers, most=MOST, seconds=SECONDS)
    found = _object(status, content)
    union = word(found.get("unionId"), 200)
    if not union:
        raise Unfit("nobody")
    return Vouched(subject=union, name=word(found.get("nick"), 120))


def _object(status: int, content: bytes) -> dict[str, object]:
    try:
        found = from_json(content, allow_inf_nan=False)
    except ValueError:
        raise Unfit("no JSON") from None
    if status != 200 or not isinstance(found, dict):
        raise Unfit(f"status {status}")
    return found
