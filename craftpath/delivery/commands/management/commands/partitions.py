"""`manage.py partitions`: the months of the history on PostgreSQL – list, make, take out, bring back, keep as files."""

from __future__ import annotations

import gzip
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, transaction

from craftpath.delivery.commands.backup.taking import sync
from craftpath.delivery.commands.speech import Bare, Sentences, say
from craftpath.kernel import leases, partitions

SENTENCES: Sentences = {
    "one_table": (
        "This database keeps the history in one table; there is nothing to part.",
        "此数据库将历史保存在一张表中，无需分区。",
    ),
    "made": ("Made {name}.", "已新建 {name}。"),
    "nothing_made": ("All months up to {name} are there.", "截至 {name} 的月份均已存在。"),
    "none_old": ("No month is older than that.", "没有更早的月份。"),
    "detached": ("Took {name} out of the history; its table stays.", "已将 {name} 移出历史，数据表保留。"),
    "attached": ("{name} is part of the history again.", "{name} 已重新并入历史。"),
    "archived": (
        "Wrote {rows} rows of {name} to {file} and removed its table.",
        "已将 {name} 的 {rows} 行写入 {file}，并删除其数据表。",
    ),
    "brought": ("Brought {rows} rows of {name} back from {file}.", "已从 {file} 恢复 {name} 的 {rows} 行。"),
    "no_part": (
        "{name} is no month that this can be done with; `partitions list` shows them.",
        "不能对 {name} 执行此操作；用 `partitions list` 查看全部月份。",
    ),
    "exists": ("{file} is there already; move it away first.", "{file} 已存在；请先移走它。"),
    "unwritable": ("{file} cannot be written: {why}.", "无法写入 {file}：{why}。"),
    "damaged": (
        "{file} is not a month that was kept by `partitions archive`, or it is damaged. Nothing was changed.",
        "{file} 不是由 `partitions archive` 保存的月份，或已损坏。没有任何改动。",
    ),
    "refused": ("The database refused: {why}. Nothing was changed.", "数据库拒绝：{why}。没有任何改动。"),
}


class Command(BaseCommand):
    """Nothing is ever taken out by itself: how long history is kept is for the operator to say."""

    help = (
        "Look after the months of the history on PostgreSQL; on SQLite there is one table and nothing to do."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """What to do, and with which months."""
        words = ("list", "make", "detach", "attach", "archive", "restore")
        parser.add_argument("what", nargs="?", default="list", choices=words, help=", ".join(words))
        parser.add_argument("of", nargs="*", metavar="MONTH", help="tables of months, or files of `archive`")
        parser.add_argument("--ahead", type=int, default=partitions.AHEAD, help="make: months ahead")
        parser.add_argument("--keep", type=int, metavar="MONTHS", help="detach, archive: all that are older")
        parser.add_argument("--to", type=Path, metavar="FOLDER", help="archive: where the files go")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what was done, month by month."""
        if not partitions.is_parted():
            self.stdout.write(say(SENTENCES, "one_table"))
            return
        try:
            for line in getattr(self, f"_{options['what']}")(options):
                self.stdout.write(line)
        except partitions.NoSuchPart as fault:
            raise CommandError(say(SENTENCES, "no_part", name=str(fault))) from fault
        except DatabaseError as fault:
            why = str(fault).strip().splitlines()[0]
            raise CommandError(say(SENTENCES, "refused", why=why)) from fault

    @staticmethod
    def _list(options: dict[str, Any]) -> Iterator[str]:
        for part in partitions.parts():
            state = "" if part.attached else "  detached"
            yield f"{part.name:32} {part.rows:>12,} rows {part.size / 2**20:>10,.1f} MiB{state}"

    @staticmethod
    def _make(options: dict[str, Any]) -> Iterator[str]:
        ahead = min(max(options["ahead"], 0), 120)
        now = leases.clock()
        made = partitions.make(now, ahead=ahead)
        for name in made:
            yield say(SENTENCES, "made", name=Bare(name))
        if not made:
            last = partitions.months_on(partitions.month_of(now), ahead)
            yield say(SENTENCES, "nothing_made", name=Bare(partitions.name_of(last)))

    @staticmethod
    def _detach(options: dict[str, Any]) -> Iterator[str]:
        names = _meant(options, attached=True)
        for name in names:
            partitions.detach(name)
            yield say(SENTENCES, "detached", name=Bare(name))
        if not names:
            yield say(SENTENCES, "none_old")

    @staticmethod
    def _attach(options: dict[str, Any]) -> Iterator[str]:
        for name in options["of"]:
            partitions.attach(name)
            yield say(SENTENCES, "attached", name=Bare(name))

    @staticmethod
    def _archive(options: dict[str, Any]) -> Iterator[str]:
        """Write a month to a file, read the file again, and only then remove the table."""
        if options["to"] is None:
            raise CommandError("--to FOLDER")
        known = {part.name: part for part in partitions.parts()}
        names = _meant(options, attached=None)
        for name in names:
            if name not in known:
                raise partitions.NoSuchPart(name)
            file = options["to"] / f"{name}.jsonl.gz"
            with transaction.atomic():
                if known[name].attached:
                    partitions.detach(name)
                rows = _write(name, file)
                partitions.drop(name)
            yield say(SENTENCES, "archived", rows=rows, name=Bare(name), file=str(file))
        if not names:
            yield say(SENTENCES, "none_old")

    @staticmethod
    def _restore(options: dict[str, Any]) -> Iterator[str]:
        for word in options["of"]:
            file = Path(word)
            name = file.name.partition(".")[0]
            try:
                proved = file.with_name(f"{file.name}.sha256").read_text("ascii").split()[0]
                if _digest(file) != proved:
                    raise ValueError(proved)
                with gzip.open(file, "rt", encoding="utf-8") as lines:
                    rows = partitions.bring_back(name, lines)
            except (OSError, EOFError, ValueError, IndexError) as fault:
                raise CommandError(say(SENTENCES, "damaged", file=str(file))) from fault
            yield say(SENTENCES, "brought", rows=rows, name=Bare(name), file=str(file))


def _meant(options: dict[str, Any], *, attached: bool | None) -> list[str]:
    """The months that are named, and those that end before the ones that are kept."""
    names = list(options["of"])
    if options["keep"] is not None:
        first = partitions.months_on(partitions.month_of(leases.clock()), -max(options["keep"], 1))
        names += [
            part.name
            for part in partitions.parts()
            if part.until is not None and part.until <= first and (attached is None or part.attached)
        ]
    return list(dict.fromkeys(names))


def _write(name: str, file: Path) -> int:
    """Whole and on the disk, with its sum beside it, or not at all."""
    summed = file.with_name(f"{file.name}.sha256")
    partial = file.with_name(f".{file.name}.{os.getpid()}")
    if file.exists() or summed.exists():
        raise CommandError(say(SENTENCES, "exists", file=str(file)))
    count = 0
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with partial.open("xb") as stream:
            os.chmod(partial, 0o600)
            with gzip.GzipFile(fileobj=stream, mode="wb", mtime=0) as packed:
                for line in partitions.lines_of(name):
                    packed.write(f"{line}\n".encode())
                    count += 1
            stream.flush()
            os.fsync(stream.fileno())
        with gzip.open(partial, "rb") as again:
            read = sum(1 for _line in again)
        if read != count:
            raise CommandError(say(SENTENCES, "damaged", file=str(file)))
        summed.write_text(f"{_digest(partial)}  {file.name}\n", encoding="ascii")
        os.rename(partial, file)
        sync(file.parent)
    except OSError as fault:
        raise CommandError(
            say(SENTENCES, "unwritable", file=str(file), why=fault.strerror or str(fault))
        ) from fault
    finally:
        partial.unlink(missing_ok=True)
    return count


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
