"""Web hooks on their pages: added, tested, switched, removed; a wrong address is named, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from craftpath.delivery.exchange import outward
from craftpath.kernel.hooks import Hook, HookDelivery, add_hook
from craftpath.kernel.tenancy import everywhere
from tests.cast import AT, Cast
from tests.house.making import make_delivery

Browse = Callable[[str], Client]
GIVEN = {
    "name": "教务群",
    "shape": "wecom",
    "address": "https://bot.example/send?key=s3cret",
    "topics": ["log", "exams"],
}


@pytest.fixture(autouse=True)
def _net(monkeypatch: pytest.MonkeyPatch) -> None:
    """A net with one open host; nothing is sent."""
    hosts = {"bot.example": "1.1.1.1", "inside.example": "10.0.0.7", "127.0.0.1": "127.0.0.1"}
    monkeypatch.setattr(
        outward.socket, "getaddrinfo", lambda host, port, **_more: [(2, 1, 6, "", (hosts[host], port))]
    )
    monkeypatch.setattr("craftpath.kernel.hooks.enqueue", lambda *args: None)


def page(name: str = "list", *ids: str) -> str:
    return reverse(f"hooks:{name}", args=["lanchuan", *ids])


def added(cast: Cast) -> Hook:
    with everywhere("a test adds a hook"):
        return add_hook(cast.college, **GIVEN, by=cast.actor("administrator"), at=AT)  # type: ignore[arg-type]


def rows() -> list[Hook]:
    with everywhere("a test looks at everything"):
        return list(Hook.objects.all())


def test_one_is_added_and_its_address_not_shown_again(browse: Browse, cast: Cast) -> None:
    client = browse("administrator")
    answer = client.post(page(), GIVEN)
    (hook,) = rows()
    assert answer.url == page("hook", hook.public_id)
    for address in (page(), answer.url):
        shown = client.get(address).content.decode()
        assert "教务群" in shown
        assert "bot.example" in shown
        assert "s3cret" not in shown


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"address": "https://inside.example/x"}, "leads inside the network"),
        ({"address": "https://127.0.0.1/x"}, "leads inside the network"),
        ({"address": "http://bot.example/x"}, "begins with https://"),
        ({"address": "bot"}, "no address of a bot"),
        ({"topics": []}, "required"),
        ({"topics": ["gossip"]}, "gossip"),
        ({"shape": "fax"}, "fax"),
    ],
)
def test_what_is_wrong_is_said_and_everything_typed_stays(
    browse: Browse, wrong: dict[str, object], why: str
) -> None:
    answer = browse("administrator").post(page(), GIVEN | wrong)
    said = answer.content.decode()
    assert answer.status_code == 422
    assert why in said
    assert "教务群" in said
    assert rows() == []


def test_the_same_address_twice_is_refused_in_words(browse: Browse, cast: Cast) -> None:
    client = browse("administrator")
    client.post(page(), GIVEN)
    answer = client.post(page(), GIVEN)
    assert answer.status_code == 422
    assert "among your web hooks already" in answer.content.decode()
    assert len(rows()) == 1


def test_a_test_is_sent_once_however_often_the_button_is_pressed(browse: Browse, cast: Cast) -> None:
    hook, client = added(cast), browse("administrator")
    for _press in range(2):
        assert client.post(page("test", hook.public_id)).status_code == 302
    with everywhere("a test looks at everything"):
        assert HookDelivery.objects.count() in {1, 2}  # two only if a minute went by between
    assert "on its way" in client.get(page("hook", hook.public_id)).content.decode()


def test_one_is_switched_and_removed(browse: Browse, cast: Cast) -> None:
    hook, client = added(cast), browse("administrator")
    for state in ("off", "off", "on", "nonsense"):
        assert client.post(page("switch", hook.public_id), {"state": state}).status_code == 302
    assert rows()[0].off_at is None
    client.post(page("switch", hook.public_id), {"state": "removed"})
    assert client.get(page("hook", hook.public_id)).status_code == 404
    assert "教务群" not in client.get(page()).content.decode()


def test_why_one_is_off_stands_on_its_page_and_on_the_desk(browse: Browse, cast: Cast) -> None:
    hook, client = added(cast), browse("administrator")
    with everywhere("a test switches a hook off"):
        HookDelivery.objects.create(
            hook=hook, key="k", content={"code": "test"}, made_at=AT, next_at=AT, state="failed",
            answer="kernel.hook_slow", facts={"seconds": 5},
        )  # fmt: skip
        Hook.objects.update(off_at=AT, off_because="kernel.hook_slow", failures=5)
    for address in (page(), page("hook", hook.public_id), reverse("desks:home", args=["lanchuan"])):
        assert "No answer within 5 seconds." in client.get(address).content.decode()


@pytest.mark.parametrize("who", ["coordinator", "trainer", "apprentice"])
def test_they_are_the_administrator_s(browse: Browse, cast: Cast, who: str) -> None:
    hook, client = added(cast), browse(who)
    assert client.get(page()).status_code == 403
    unseen = 404 if who == "apprentice" else 403
    assert client.get(page("hook", hook.public_id)).status_code == unseen
    for name in ("test", "switch"):
        assert client.post(page(name, hook.public_id), {"state": "removed"}).status_code == unseen
    assert rows()[0].removed_at is None


def test_a_secret_is_shown_once_and_a_message_goes_once_more(browse: Browse, cast: Cast) -> None:
    client = browse("administrator")
    plain = client.post(page(), GIVEN | {"shape": "plain"})
    (hook,) = rows()
    assert "not signed" in client.get(plain.url).content.decode()
    shown = client.post(page("secret", hook.public_id)).content.decode()
    assert "whsec_" in shown
    assert "whsec_" not in client.get(plain.url).content.decode()
    row = make_delivery(hook)
    assert client.post(page("again", hook.public_id, row)).url == plain.url
    with everywhere("a test looks at everything"):
        assert HookDelivery.objects.get(public_id=row).state == "waiting"
    for who, status in (("coordinator", 403), ("stranger", 404)):
        for do in (page("secret", hook.public_id), page("again", hook.public_id, row)):
            assert browse(who).post(do).status_code == status
    assert client.post(page("again", hook.public_id, "x")).status_code == 404
