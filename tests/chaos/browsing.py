"""Schedules in a real browser: the product's own outbox, pages and worker, behind lines that fail.

An apprentice has a phone and a tablet, the mentor and the trainer a device each; the coordinator calls the same roll
over HTTP. What each device was given to keep, what went over its line, what its outbox told its page, what its queue
and receipts show and what the database holds must be one story; `judging` says what the story is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser

from tests.chaos.dying import Server
from tests.chaos.handset import Handset, until
from tests.chaos.people import plan_session
from tests.chaos.pressing import Pressing
from tests.chaos.proxy import Line, Passed
from tests.chaos.schedules import LOG, SESSIONS, TEAM
from tests.chaos.witness import Witness

STEPS = 24
FAULTS = ("", "", "before", "after", "torn", "twice", "echo", "slow", "held", "held", "killed")
QUEUES = {
    "phone": "/o/lanchuan/sync/queue/",
    "tablet": "/o/lanchuan/sync/queue/",
    "mentor": "/o/jinheng/sync/queue/",
    "trainer": "/o/lanchuan/sync/queue/",
}
HOMES = {"phone": LOG, "tablet": LOG, "mentor": TEAM, "trainer": SESSIONS}
OWNERS = {"phone": "apprentice", "tablet": "apprentice", "mentor": "mentor", "trainer": "trainer"}


class Fleet:
    """The devices of all schedules, each behind its line to one server that may be gone."""

    def __init__(self, browser: Browser, server: Server, site: dict[str, Any]) -> None:
        self.server, self.site = server, site
        self.passed: list[Passed] = []
        self.handsets: dict[str, Handset] = {}
        for name, who in OWNERS.items():
            line = Line(name, server.port, self.passed, server.kill)
            username = site["usernames"][who]
            self.handsets[name] = Handset(browser, line, username, site["password"], HOMES[name])
        assert until(lambda: all(one.keeps(one.home) for one in self.handsets.values())), "pages are not kept"

    def renew(self) -> None:
        """After a fault: devices out of the box, so that the next schedule does not suffer from this one."""
        self.revive()
        for handset in self.handsets.values():
            handset.line.down = False
            handset.line.faults.clear()
            handset.close()
            handset.begin_anew()

    def revive(self) -> None:
        """Bring the server back, if it is gone."""
        if self.server.process.poll() is not None:
            self.server.revive()

    def close(self) -> None:
        """Throw all of it away."""
        for handset in self.handsets.values():
            handset.close()
            handset.line.close()


class BrowserSchedule(Pressing):
    """One schedule: what people do (`Pressing`), and what happens to their devices meanwhile."""

    def __init__(self, seed: int, fleet: Fleet) -> None:
        super().__init__(seed, fleet.site, fleet.handsets, fleet.server.network)
        self.fleet = fleet
        self.deaths: dict[Handset, int] = {}  # servers that were killed on the line of each device

    def run(self) -> dict[str, int]:
        """Act, then send until everything is answered; AssertionError if a promise is broken."""
        self.fleet.revive()
        for name, handset in self.handsets.items():
            far = [0, 0, 1, -5, 24 * 40] + ([-24 * 900] if name != "trainer" else [])
            handset.clean(self.chance.choice(far))
            handset.line.harmed.clear()
        self.fleet.passed.clear()
        self.told.session = plan_session(self.words, self.network)
        acts: list[Callable[[], None]] = [
            *[self.write] * 3, *[self.change] * 3, *[self.write_by_form] * 2, self.change_by_form,
            *[self.send] * 5, *[self.change_on_the_way] * 3, *[self.midway] * 2, self.two_tabs,
            self.without_network, self.late_echo, self.sign_out, self.answer_own,
            *[self.answer] * 2, self.observe, *[self.call_roll] * 2,
        ]  # fmt: skip
        for _ in range(STEPS):
            self.chance.choice(acts)()
            self.fleet.revive()
        self._settle()
        witness = Witness(self.told, self.puts, self.fleet.passed, self.handsets)
        self.counted.update(witness.judge(self.site["folder"]))
        for handset in self.handsets.values():
            self.counted.update(handset.line.harmed)
        return dict(self.counted)

    # ---- What happens meanwhile ----

    def _device(self) -> str:
        """One that has something to send, if there is one."""
        full = [name for name, handset in self.handsets.items() if handset.queue()]
        return self.chance.choice(full or list(self.handsets))

    def _trouble(self, handset: Handset, *faults: str) -> str:
        """Something will go wrong with the next portion; gives what."""
        fault = self.chance.choice(faults or FAULTS)
        if fault:
            wait = self.chance.random() * 0.06 if fault == "killed" else 0.1 + self.chance.random() * 0.3
            handset.line.faults.append((fault, wait))
        return fault

    def _over(self, handset: Handset) -> None:
        """The trouble is over: what did not happen will not, and a server that is to die has died."""
        handset.line.faults.clear()
        handset.line.quiet()
        dies = handset.line.harmed.get("killed", 0)
        if dies > self.deaths.get(handset, 0):
            assert until(lambda: self.fleet.server.process.poll() is not None), "the server does not die"
            self.deaths[handset] = dies
        self.fleet.revive()

    @contextmanager
    def bad_luck(self, handset: Handset) -> Iterator[None]:
        """While a form goes out, something may go wrong."""
        self._trouble(handset)
        yield
        self._over(handset)
        if not handset.stands:
            handset.open(handset.home)

    def send(self) -> None:
        """A device sends, and something goes wrong."""
        handset = self.handsets[self._device()]
        self._trouble(handset)
        handset.begin()
        handset.end()
        self._over(handset)

    def change_on_the_way(self) -> None:
        """An entry is changed while it is on its way: the change must not take its place, nor go with its answer."""
        name = self.writer
        handset, entry = self.handsets[name], self.words.name()
        self._put(name, "log.save", self.words.entry(entry, 0))
        harmed = sum(handset.line.harmed.values())
        self._trouble(handset, "slow", "held", "held", "after", "torn")
        handset.begin()

        def left() -> bool:
            """Harmed on its way; or gone with what the page was sending already."""
            gone = all(one["data"].get("entry") != entry for one in handset.queue() if one["data"])
            return sum(handset.line.harmed.values()) > harmed or gone

        assert until(left), "nothing is sent"
        self.change(name, entry)
        handset.end()
        self._over(handset)
        self.counted["changed on the way"] += 1

    def midway(self) -> None:
        """In the middle of sending the page is loaded anew, its tab closed, or its process gone."""
        handset = self.handsets[self._device()]
        self._trouble(handset, "slow", "held", "held", "killed", "")
        handset.begin()
        what = self.chance.choice(["loaded anew", "closed", "crashed"])
        self.counted[f"tabs {what}"] += 1
        if what != "loaded anew":
            handset.lose_tab(crash=what == "crashed")
        self._over(handset)
        handset.open(handset.home)

    def two_tabs(self) -> None:
        """Two tabs of one device send at once."""
        handset = self.handsets[self._device()]
        other = handset.context.new_page()
        handset.open(handset.home, other)
        self._trouble(handset)
        handset.begin()
        handset.begin(other)
        handset.end()
        handset.end(other)
        other.close()
        self._over(handset)
        self.counted["two tabs"] += 1

    def without_network(self) -> None:
        """The page of the log as the device has kept it; what is written there waits."""
        handset = self.handsets[self.writer]
        handset.line.down = True
        handset.open(LOG)
        device = next(name for name, one in self.handsets.items() if one is handset)
        text = self.words.text()
        handset.page.fill("#entry_text", text)
        self._press_entry(device, text)
        handset.line.down = False
        self.counted["without network"] += 1

    def late_echo(self) -> None:
        """What was sent long ago arrives once more."""
        for handset in self.handsets.values():
            handset.line.echo()

    def sign_out(self) -> None:
        """Signing out with a full outbox, perhaps somebody else in between, and signing in again."""
        if self.chance.random() < 0.5:
            return
        name = self.writer
        handset = self.handsets[name]
        handset.open(LOG)
        handset.line.faults.extend([("before", 0.0)] * 20)
        entry = self.words.name()
        self._put(name, "log.save", self.words.entry(entry, 0))
        before = handset.held()
        asked = handset.sign_out()
        after, said = handset.held(), re.search(r"Not sent yet: (\d+)", asked)
        # What was on its way when the page was opened may arrive at any moment of this.
        assert after <= int(said[1] if said else 0) <= before, f"{before}, {after}, and it asks: {asked!r}"
        handset.line.faults.clear()
        assert handset.keys() == [], "a key stays on the device of somebody who has signed out"
        if self.chance.random() < 0.4:
            passed = len(self.fleet.passed)
            handset.sign_in(self.site["usernames"]["classmate"])
            handset.send()
            assert handset.queue() == [], "somebody else's writes are shown"
            assert len(self.fleet.passed) == passed, "one person's writes were sent as another's"
            handset.sign_out()
        handset.sign_in(handset.username)
        self.counted["signed out with a full outbox"] += 1

    def _settle(self) -> None:
        for name, handset in self.handsets.items():
            handset.line.down = False
            self._over(handset)
            handset.only_page()
            handset.open(QUEUES[name])
            fault = ""
            for _ in range(8):
                fault = handset.send()
                if not fault and all(row["state"] == "refused" for row in handset.queue()):
                    break
            left = [row for row in handset.queue() if row["state"] != "refused"]
            assert not left, f"{name}: something is never answered ({fault}): {left}"
        self.late_echo()
        for handset in self.handsets.values():
            handset.line.quiet()
