"""What backup and restore say, in English and Chinese."""

from __future__ import annotations

from craftpath.delivery.commands.speech import Sentences, say

SENTENCES: Sentences = {
    "taken": (
        "Backed up {rows} rows and {files} files to {file} ({size} MB). The secret key is {secret}.",
        "已备份 {rows} 行数据、{files} 个文件到 {file}（{size} MB）。密钥{secret}。",
    ),
    "without": ("not in it", "不在其中"),
    "within": ("in it: keep the file as you keep the key", "在其中：请像保管密钥一样保管此文件"),
    "lost": (
        "{count} kept files were lost or altered before this backup, such as {example}; everything else is in it.",
        "有 {count} 个留存文件在备份之前已丢失或改动，例如 {example}；其余均已备份。",
    ),
    "sound": (
        "{file} is whole: {rows} rows and {files} files of {when}, program version {version}.",
        "{file} 完好：{rows} 行数据、{files} 个文件，备份于 {when}，程序版本 {version}。",
    ),
    "restored": (
        "Restored {rows} rows and {files} files of {when}. Everybody signs in anew.",
        "已恢复 {rows} 行数据、{files} 个文件（备份于 {when}）。所有人需重新登录。",
    ),
    "replaced": ("What was there before is in {file}.", "原有数据已另存于 {file}。"),
    "exists": (
        "{file} is there already; choose another name, or move it away first.",
        "{file} 已存在；请换一个文件名，或先移走它。",
    ),
    "unreadable": ("{file} cannot be read: {why}.", "无法读取 {file}：{why}。"),
    "unwritable": ("{file} cannot be written: {why}.", "无法写入 {file}：{why}。"),
    "no_backup": (
        "{file} is not a backup of Craftpath, or it was cut off. Nothing was changed; take another copy.",
        "{file} 不是匠途的备份，或内容不完整。没有任何改动；请换一份备份。",
    ),
    "damaged": (
        "{file} is damaged: the part {part} is not what was backed up. Nothing was changed; take another copy.",
        "{file} 已损坏：{part} 与备份时不一致。没有任何改动；请换一份备份。",
    ),
    "newer_program": (
        "{file} comes from a newer program ({version}; this one is {own}). Update the program first.",
        "{file} 来自更新的程序版本（{version}，当前为 {own}）。请先升级程序。",
    ),
    "newer_database": (
        "This site holds records of {newest}, newer than the backup of {when}. Nothing was changed. To go back to "
        "the backup all the same, add --replace: what is here is backed up first.",
        "本站有 {newest} 的记录，比备份（{when}）更新。没有任何改动。"
        "如仍要退回到该备份，请加 --replace：会先备份现有数据。",
    ),
    "not_empty": (
        "This site is not empty. Nothing was changed. To replace it by the backup of {when}, add --replace: what "
        "is here is backed up first.",
        "本站已有数据。没有任何改动。如要用 {when} 的备份替换，请加 --replace：会先备份现有数据。",
    ),
    "running": (
        "The site is running. Stop it, then restore; nothing was changed.",
        "网站正在运行。请先停止，再恢复；没有任何改动。",
    ),
    "not_migrated": (
        "The tables of this site are not those of this program. Start the site once (serve), then back up.",
        "本站的数据表与程序版本不一致。请先启动一次网站（serve），再备份。",
    ),
    "differs": (
        "{part} holds {got} rows after the restore instead of {wanted}. Nothing was changed.",
        "恢复后 {part} 有 {got} 行，应为 {wanted} 行。没有任何改动。",
    ),
}


class BackupRefused(Exception):  # noqa: N818  (a refusal in one sentence, not a bug)
    """Why nothing was done; the text is the finished sentence."""

    def __init__(self, code: str, **facts: object) -> None:
        self.code = code
        super().__init__(say(SENTENCES, code, **facts))
