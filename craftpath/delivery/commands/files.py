"""Opening and replacing files so that trouble becomes a complaint and a half-written result never stays."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from craftpath.delivery.commands.complaints import BadInput, Complaint
from craftpath.delivery.commands.speech import Sentences, say

FILES: Sentences = {
    "unreadable": ("cannot be read: {why}", "无法读取：{why}"),
    "unwritable": ("cannot be written: {why}", "无法写入：{why}"),
    "overwrites_input": ("is one of the input files", "与输入文件相同"),
    "ending_unknown": (
        "results are written as .csv or .xlsx, not as {given}",
        "结果只能写成 .csv 或 .xlsx，不能写成 {given}",
    ),
    "report_ending": (
        "a report is written as {allowed}, not as {given}",
        "报告只能写成 {allowed}，不能写成 {given}",
    ),
    "not_utf8": ("the line is not UTF-8 text", "该行不是 UTF-8 文本"),
    "empty": ("the file is empty", "文件为空"),
    "toml": ("not valid TOML: {why}", "TOML 格式有误：{why}"),
    "json": ("not valid JSON: {why}", "JSON 格式有误：{why}"),
    "not_object": ("the file does not hold an object in braces", "文件内容不是用花括号写成的对象"),
    "part_twice": ("the part {given} stands twice", "{given} 这一部分重复出现"),
    "csv": ("not valid CSV: {why}", "CSV 格式有误：{why}"),
    "too_many_rows": ("a worksheet holds at most {most} rows", "一个工作表最多 {most} 行"),
}


def file_complaint(path: Path, line: int, code: str, **facts: object) -> Complaint:
    """A complaint about the file as such."""
    return Complaint(str(path), line, "file", say(FILES, code, **facts))


@contextmanager
def file_trouble(path: Path, code: str) -> Iterator[None]:
    """Turn an operating-system error about this file into the complaint `unreadable` or `unwritable`."""
    try:
        yield
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise BadInput([file_complaint(path, 1, code, why=why)]) from error


def not_utf8_line(path: Path) -> int:
    """The first line that is not UTF-8; 1 if there is none."""
    with path.open("rb") as source:
        return next((number for number, line in enumerate(source, start=1) if not _is_utf8(line)), 1)


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def refuse_overwriting(out: Path, inputs: Iterable[Path]) -> None:
    """Raise `BadInput` where the result would take the place of an input."""
    for path in inputs:
        with suppress(OSError):
            if out.samefile(path):
                raise BadInput([file_complaint(out, 1, "overwrites_input")])


ENDINGS = (".csv", ".xlsx", "")  # a name without an ending holds CSV
EARLIER = ".earlier"


def refuse_ending(out: Path, endings: Sequence[str] = ENDINGS) -> None:
    """Raise `BadInput` where the name promises something else than what will be in it."""
    if out.suffix.lower() not in endings:
        code = "ending_unknown" if endings is ENDINGS else "report_ending"
        allowed = ", ".join(ending for ending in endings if ending)
        raise BadInput([file_complaint(out, 1, code, given=out.suffix, allowed=allowed)])


def earlier(out: Path) -> Path:
    """Where a file of an earlier call is put; one that was put there before gives way to it."""
    return out.with_name(out.name + EARLIER)


@contextmanager
def setting_aside(out: Path) -> Iterator[None]:
    """After bad input no file of an earlier call stands where the results would: it is renamed."""
    try:
        yield
    except BadInput:
        if out.is_file():
            with suppress(OSError):  # the fault is what has to be told
                out.replace(earlier(out))
        raise


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A new file beside `path` that takes its place when all went well, and vanishes when not."""
    with file_trouble(path, "unwritable"):
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        os.close(handle)
        fresh = Path(name)
        try:
            yield fresh
            mask = os.umask(0)
            os.umask(mask)
            fresh.chmod(0o666 & ~mask)  # what an ordinary new file would have
            fresh.replace(path)
        finally:
            fresh.unlink(missing_ok=True)
