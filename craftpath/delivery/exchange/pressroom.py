"""Many papers by a few printing processes: each chunk of them by one, which also puts its sheets together.

A paper that a process does not survive, or that takes too long, fails alone: the process is started anew and prints
the chunk once more without it, since the sheets that it had kept are gone with it.
"""

from __future__ import annotations

import os
import queue
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from craftpath.delivery.exchange.press import Press
from craftpath.values.verdict import Refused, Verdict

SECONDS = 60
"""How long one paper of a batch may take."""
_MOST_PROCESSES = 4
_TRIES = 4
"""How often a chunk is begun anew before its sheets are left apart."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of HTML with the place that it has in the batch."""

    place: int
    page: str


@dataclass(frozen=True, slots=True)
class Came:
    """What became of a paper: its PDF, or why there is none."""

    place: int
    pdf: bytes
    fault: Verdict | None = None


@dataclass(frozen=True, slots=True)
class Together:
    """The sheets of one chunk as one PDF; `chunk` counts from 0."""

    chunk: int
    pdf: bytes


Result = Came | Together


def processes() -> int:
    """How many are used: one for each core, and not more than a disk can take."""
    return max(1, min(_MOST_PROCESSES, os.cpu_count() or 1))


def print_all(
    chunks: Iterable[Sequence[Sheet]], *, stopped: Callable[[], bool], seconds: float = SECONDS
) -> Iterator[Result]:
    """Print chunk by chunk; results come as they are there. Chunks are asked for only a few ahead.

    `stopped` is asked between papers, by whoever prints: it must not touch a database.
    """
    answers: queue.Queue[Result | None] = queue.Queue()
    with ThreadPoolExecutor(processes()) as pool:
        waiting: dict[int, Future[None]] = {}
        given = enumerate(chunks)
        more = True
        while more or waiting:
            while more and len(waiting) <= processes() and not stopped():
                number, chunk = next(given, (-1, ()))
                more = number >= 0
                if more:
                    waiting[number] = pool.submit(_chunk, number, chunk, answers, stopped, seconds)
            try:
                answer = answers.get(timeout=0.2)
            except queue.Empty:
                answer = None
            if answer is not None:
                yield answer
            for number in [number for number, one in waiting.items() if one.done() and answers.empty()]:
                waiting.pop(number).result()
            more = more and not stopped()


def _chunk(
    number: int,
    sheets: Sequence[Sheet],
    answers: queue.Queue[Result | None],
    stopped: Callable[[], bool],
    seconds: float,
) -> None:
    told: set[int] = set()
    failed: set[int] = set()
    with Press(seconds=seconds, gently=True) as press:
        for turn in range(len(sheets) + 1):
            keep = turn < _TRIES
            survived = True
            for sheet in sheets:
                if stopped():
                    return
                if sheet.place in failed or (not keep and sheet.place in told):
                    continue
                try:
                    pdf = press.printed(sheet.page, keep=keep)
                except Refused as refused:
                    if refused.verdict.reason == "exchange.pdf_missing":  # no other paper would fare better
                        for one in sheets:
                            answers.put(Came(one.place, b"", refused.verdict))
                        return
                    failed.add(sheet.place)
                    if sheet.place not in told:
                        answers.put(Came(sheet.place, b"", refused.verdict))
                        told.add(sheet.place)
                    if not press.alive:  # what it had kept is gone
                        survived = False
                        break
                else:
                    if sheet.place not in told:
                        answers.put(Came(sheet.place, pdf))
                        told.add(sheet.place)
            if survived:
                if keep and len(failed) < len(sheets):
                    _put_together(number, press, answers)
                return


def _put_together(number: int, press: Press, answers: queue.Queue[Result | None]) -> None:
    try:
        answers.put(Together(number, press.together()))
    except Refused:  # each paper is there by itself all the same
        return
