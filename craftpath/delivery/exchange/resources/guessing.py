"""What a file is called, about and allowed, guessed from what stands in it, each with how sure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from craftpath.delivery.exchange.plain_text import has_chinese
from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.delivery.exchange.resources.extracting import Extracted
    from craftpath.domain.occupations.models import Occupation
    from craftpath.domain.standards.models import Skill

Guess = dict[str, Any]
MOST_SKILLS = 4
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]{2,}")
_NO_TITLE = re.compile(
    r"(?:microsoft (?:word|powerpoint|excel)\b.*|untitled.*|(?:powerpoint )?presentation ?\d*|document ?\d*"
    r"|无标题.*|演示文稿 ?\d*|幻灯片 ?\d*|文档 ?\d*|新建.*|[\W\d_]*)", re.I,
)  # fmt: skip
_NAME_TAIL = re.compile(
    r"(?:[\s_\-–(（\[]*(?:v\d[\d.]*|final|copy|副本|终稿|最终版?|修改版?|定稿|\d{6,8}|\d)[)）\]]?)+$", re.I
)
_URL = re.compile(r"creativecommons\.org/(?:licenses/(by(?:-(?:nc|nd|sa))*)|publicdomain/(zero))", re.I)
_CODE = re.compile(r"\bCC[\s-]*(BY(?:[\s-]*(?:NC|ND|SA))*|0|Zero)\b(?!\w)", re.I)
_ZH_CODE = (("署名-非商业性使用-相同方式共享", "ccbyncsa"), ("署名-非商业性使用-禁止演绎", "ccbyncnd"),
    ("署名-非商业性使用", "ccbync"), ("署名-相同方式共享", "ccbysa"), ("署名-禁止演绎", "ccbynd"))  # fmt: skip
_RESERVED = re.compile(r"all rights reserved|版权所有|未经许可|不得翻印|翻印必究|内部资料", re.I)
_PUBLIC = re.compile(r"public domain|公有领域", re.I)
_KINDS = (
    ("exercise", re.compile(r"练习|习题|作业|实训任务|exercise|worksheet|practice task", re.I)),
    ("case", re.compile(r"案例|事故分析|case stud|case:", re.I)),
    ("template", re.compile(r"模板|样表|空白表|点检表|记录表|template|blank form|checklist", re.I)),
    ("toolkit", re.compile(r"工具包|toolkit", re.I)),
)


def language_of(text: str) -> str:
    """By script: Chinese, Latin letters, both in good measure, or neither."""
    chinese, latin = len(_CHINESE.findall(text)), len(_LATIN.findall(text))
    if chinese < 2 and latin < 2:
        return ""
    if min(chinese, 2 * latin) * 4 > max(chinese, 2 * latin):
        return "both"
    return "zh" if chinese > latin else "en"


def title_of(found: Extracted, name: str) -> Guess:
    """The title that the file bears, else its first heading, else its name."""
    for said, sure in ((found.title, "told"), (found.heading, "likely")):
        words = " ".join(said.split())[:200]
        if len(words) > 1 and not _NO_TITLE.fullmatch(words):
            return {"value": _in_its_language(words), "sure": sure}
    stem = " ".join(PurePath(name).stem.replace("_", " ").split())
    stem = _NAME_TAIL.sub("", stem).strip(" -–_") or stem
    return {"value": _in_its_language(stem[:200]), "sure": "unsure"}


def _in_its_language(words: str) -> dict[str, str]:
    return Text(zh=words).as_json() if has_chinese(words) else Text(en=words).as_json()


def licence_of(found: Extracted) -> Guess:
    """By what the file says of its rights, an address of Creative Commons, or words at its beginning or end."""
    told = licence_in(found.rights)
    if told:
        return {"value": told, "sure": "told"}
    ends = "\n".join([*found.pages[:2], *found.pages[-2:]])
    said = licence_in(ends[:6000] + ends[-6000:])
    return {"value": said, "sure": "likely"} if said else {"value": "own", "sure": "unsure"}


def licence_in(words: str) -> str:
    """The licence that some words name, as its key; "" if they name none."""
    for found in (_URL.search(words), _CODE.search(words)):
        if found:
            said = re.sub(r"[\s-]", "", (found[1] or "0").lower())
            parts = [part for part in ("nc", "nd", "sa") if part in said[2:]]
            return "cc0" if said in ("0", "zero") else "ccby" + "".join(parts)
    for code, key in _ZH_CODE:
        if code in words:
            return key
    if _RESERVED.search(words):
        return "reserved"
    return "public" if _PUBLIC.search(words) else ""


def kind_of(found: Extracted, title: str) -> str:
    """By what its title says, else by the form of the file."""
    if found.form.kind in ("document", "slides", "toolkit"):
        return next((kind for kind, said in _KINDS if said.search(title)), found.form.kind)
    return found.form.kind


def occupation_of(title: str, text: str, occupations: Iterable[Occupation], near: Sequence[str]) -> Guess:
    """The occupation whose names and words stand in title and text; else the one of what is like it (`near`)."""
    low, head = text.lower(), title.lower()
    scores: Counter[str] = Counter()
    for one in occupations:
        for word in {*one.name.values(), *one.words.splitlines()}:
            said = word.strip().lower()
            if len(said) > 1:
                scores[one.public_id] += 5 * head.count(said) + min(low.count(said), 20)
    best = scores.most_common(1)
    if best and best[0][1]:
        return {"value": best[0][0], "sure": "likely" if best[0][1] > 2 else "unsure"}
    if near:
        return {"value": Counter(near).most_common(1)[0][0], "sure": "unsure"}
    return {"value": "", "sure": "none"}


def skills_of(title: str, text: str, skills: Iterable[Skill]) -> Guess:
    """The skills whose names, or hints where a list has them, stand in title and text; the most often named first."""
    low, head = text.lower(), title.lower()
    scores: Counter[str] = Counter()
    hits: Counter[str] = Counter()
    for one in skills:
        names = {said.strip().lower() for said in one.name.values()}
        hints = {said.strip().lower() for some in one.hints.values() for said in some}
        for word in (names | hints) - {""}:
            if len(word) > (1 if has_chinese(word) else 3):
                weight = 3 if word in names else 1
                points = weight * (4 * head.count(word) + min(low.count(word), 10))
                scores[one.key] += points
                hits[one.key] += (2 if word in names else 1) if points else 0
    # One hint alone says too little: "practise" stands in every exercise.
    best = [(key, score) for key, score in scores.most_common() if hits[key] > 1][:MOST_SKILLS]
    if not best:
        return {"value": [], "sure": "none"}
    return {"value": [key for key, _score in best], "sure": "likely" if best[0][1] > 8 else "unsure"}


def abstract_of(found: Extracted) -> dict[str, str]:
    """What the file says it is about, else its first lines of some length."""
    said = " ".join(found.about.split())
    if len(said) < 10:
        lines = (line.strip() for page in found.pages[:3] for line in page.splitlines())
        said = next(
            (line for line in lines if len(line) > 30 and line not in (found.heading, found.title)), ""
        )
    return _in_its_language(said[:300]) if said else {}
