"""The signs by which people write exams: numbers, options, answers, points, sections; Chinese and English."""

from __future__ import annotations

import re
from dataclasses import dataclass

from craftpath.engines.scoring import Rule

LETTERS = "ABCDEFGHIJ"
_WIDE = {ord("Ａ") + n: LETTERS[n] for n in range(10)} | {ord("ａ") + n: LETTERS[n] for n in range(10)}
_DOT = "．.、:：)）"

QUESTION = re.compile(
    r"\s{0,8}(?:(?P<paren>[（(]\s*(\d{1,3})\s*[)）])\s*[.．、]?|(?P<q>(?:Q|Question\s*|第\s*)(\d{1,3})\s*(?:题|[.．、:：)）])?)\s*"
    r"|(?P<dot>(\d{1,3})\s*(?:[.．](?!\d)|[、:：)）]))|(?P<space>(\d{1,3})\s+(?=[^\s\d])))\s*",
    re.IGNORECASE,
)
_HEADS = (
    re.compile(
        r"\s{0,8}(?:第[一二三四五六七八九十\d]{1,3}(?:部分|大题)|[一二三四五六七八九十]{1,3}\s*[、.．:：])\s*(?P<words>.*)"
    ),
    re.compile(
        r"\s{0,8}(?:part|section)\s+(?:[A-Z]|[IVX]{1,4}|\d{1,2})\b[\s.:：–-]*(?P<words>.*)", re.IGNORECASE
    ),
    re.compile(r"\s{0,8}(?:[IVX]{1,4})[.、]\s+(?P<words>.*)"),
)
_ORDINAL = re.compile(r"\s{0,8}(?:第)?([一二三四五六七八九十]{1,3})\s*(?:[、.．:：]|部分|大题)")
_KINDS = (
    (re.compile(r"多项选择|多选|不定项|multiple[\s-]*(?:answer|response)|select all", re.I), "multiple"),
    (re.compile(r"单项选择|单选|single[\s-]*(?:choice|answer)", re.I), "single"),
    (re.compile(r"选择题|multiple[\s-]*choice", re.I), "choice"),
    (re.compile(r"判断|是非题|true\s*(?:/|or|-|and)?\s*false", re.I), "true_false"),
    (re.compile(r"填空|fill[\s-]*in|gap|blanks", re.I), "short"),
    (re.compile(r"排序|ordering|sequenc", re.I), "ordering"),
    (re.compile(r"匹配|连线|配对|matching", re.I), "matching"),
    (re.compile(r"计算|数值|calculat|numeric", re.I), "numeric"),
    (
        re.compile(
            r"简答|问答|论述|名词解释|综合|案例|分析题|作图|应用题"
            r"|essay|open|short\s+answer|written",
            re.I,
        ),
        "essay",
    ),
)
_EACH = re.compile(
    r"每\s*(?:小)?\s*[题空个]\s*(?:得)?\s*(\d{1,3}(?:\.\d{1,2})?)\s*分|(\d{1,3}(?:\.\d{1,2})?)\s*(?:points?|pts?|marks?)\s*each"
    r"|each\s*(?:question)?\s*(?:is\s*worth)?\s*(\d{1,3}(?:\.\d{1,2})?)\s*(?:points?|pts?|marks?)",
    re.IGNORECASE,
)
_RULES = (
    (re.compile(r"(?:少选|漏选|选对但不全)[^。；;，,]{0,8}(?:一半|half)|half"), Rule.HALF),
    (re.compile(r"(?:多选|错选)[^。；;]{0,12}(?:漏选|少选)[^。；;]{0,8}(?:不得分|不给分|0\s*分)"), Rule.ALL),
    (
        re.compile(r"每?选对(?:一|1)?[个项]?[^。；;，,]{0,4}得|(?:少选|漏选)[^。；;，,]{0,6}(?:部分|相应)"),
        Rule.NO_WRONG,
    ),
)
POINTS = re.compile(
    r"[（(\[【]\s*(?:本?小?题)?\s*(?:共)?\s*(\d{1,3}(?:\.\d{1,2})?)\s*(?:分|points?|pts?|marks?)\s*[)）\]】]",
    re.I,
)
ANSWER = re.compile(
    r"\s*[【\[（(]?\s*(?:(?:参考|正确|标准)?答案|答|(?:correct\s+)?answer|(?:answer\s+)?key)\s*[】\])）]?\s*(?P<colon>[:：])?\s*(?P<words>.*)",
    re.I | re.S,
)
_ANSWER_WORD = re.compile(r"(?:参考|正确|标准)?答案|answers?(?:\s+key)?|key", re.I)
EXPLAIN = re.compile(
    r"\s*[【\[（(]?\s*(?:试题)?(?:解析|详解|explanation|rationale|feedback)\s*[】\])）]?\s*[:：]?\s*(?P<words>.*)",
    re.I | re.S,
)
_HEAD_REST = re.compile(r"\A[】\]）)\s:：及与和解析评分标准部分]+")
_EXPLAIN_INSIDE = re.compile(
    r"\s+(?=[【\[]?(?:试题)?(?:解析|详解|explanation|rationale)[】\]]?\s*[:：])", re.I
)
WORTH = re.compile(
    r"\s*[【\[]?(?:分值|分数|points?|marks?)[】\]]?\s*[:：]\s*(\d{1,3}(?:\.\d{1,2})?)\s*(?:分|points?)?\s*\Z",
    re.I,
)
LEVEL = re.compile(r"\s*[【\[]?(?:难度(?:系数)?|difficulty)[】\]]?\s*[:：]\s*(?P<words>\S{1,10})\s*\Z", re.I)
LEVELS = {
    "易": "easy",
    "容易": "easy",
    "简单": "easy",
    "easy": "easy",
    "中": "medium",
    "中等": "medium",
    "一般": "medium",
    "medium": "medium",
    "难": "hard",
    "较难": "hard",
    "困难": "hard",
    "hard": "hard",
}
TRUE_WORDS = frozenset({"√", "✓", "✔", "对", "正确", "是", "t", "true", "y", "yes", "right", "r"})
FALSE_WORDS = frozenset({"×", "✗", "✘", "╳", "错", "错误", "否", "f", "false", "n", "no", "wrong", "x", "w"})
INSIDE = re.compile(r"[（(]\s*((?:[A-JＡ-Ｊ][\s,，、;；]*){1,10}|[√✓✔×✗✘╳]|对|错|正确|错误|[TF])\s*[)）]")
AT_END = re.compile(r"\s*([√✓✔×✗✘╳])\s*\Z")
RIGHT_MARK = re.compile(r"\s*(?:[√✓✔]|[（(]\s*(?:正确(?:答案)?|correct)\s*[)）]|\*{1,2})\s*\Z", re.I)
GAPS = re.compile(r"_{2,}|[（(][\s　]{2,}[)）]|＿{2,}|﹍{2,}")
RANGE = re.compile(
    r"(\d{1,3})\s*(?:-|—|–|~|～|至|to)\s*(\d{1,3})\s*[.．、:：]?\s*(?=[A-Ja-jＡ-Ｊ√✓✔×✗✘╳对错TF\s,，]+)", re.I
)
PAIR = re.compile(r"(?:(?<=^)|(?<=[\s,，;；]))[（(]?(\d{1,3})\s*(?:[.．](?!\d)|[、:：)）])\s*")
_SHORT_KEY = re.compile(r"(?:[A-JＡ-Ｊ]{1,10}|[√✓✔×✗✘╳对错]|[TF])\s*[,，;；]?\s*\Z")


def plain_letters(text: str) -> str:
    """Letters of options in capitals and half width, everything else gone."""
    return "".join(sign for sign in text.translate(_WIDE).upper() if sign in LETTERS)


def answer(line: str) -> str:
    """What a line gives as the answer; nothing if it is no such line."""
    found = ANSWER.match(line)
    return found["words"] if found and found["colon"] else ""


def says_true(text: str) -> bool | None:
    """Whether a key says true or false; None if it says neither."""
    word = text.strip().strip("。.").casefold()
    return True if word in TRUE_WORDS else False if word in FALSE_WORDS else None


@dataclass(frozen=True, slots=True)
class Head:
    """What a line says as the head of a section: `ordinal` such as 一 is how the list of answers comes back to it."""

    words: str
    ordinal: str = ""
    kind: str = ""
    points: str = ""
    rule: Rule | None = None


def head(line: str) -> Head | None:
    """The line as the head of a section, or None."""
    stripped = line.strip()
    if len(stripped) > 200:
        return None
    kind = kind_in(stripped)
    for pattern in _HEADS:
        if pattern.match(line) and (kind or len(stripped) <= 40):
            ordinal = _ORDINAL.match(line)
            return Head(stripped, ordinal[1] if ordinal else "", kind, each(stripped), rule_in(stripped))
    bare = re.sub(r"[（(].*", "", stripped).strip(" :：.。")
    if (
        kind
        and len(bare) <= 24
        and not QUESTION.match(line)
        and (bare.endswith("题") or each(stripped) or bare.isascii())
    ):
        words = {
            "or",
            "and",
            "questions",
            "question",
            "choice",
            "single",
            "multiple",
            "true",
            "false",
            "fill",
            "in",
            "the",
        }
        if not bare.isascii() or stripped != bare or set(bare.casefold().replace("/", " ").split()) & words:
            return Head(stripped, "", kind, each(stripped), rule_in(stripped))
    return None


def kind_in(text: str) -> str:
    """The kind of questions that a head speaks of; "" if it names none."""
    return next((kind for pattern, kind in _KINDS if pattern.search(text)), "")


def each(text: str) -> str:
    """How many points each question has; "" if it does not say."""
    found = _EACH.search(text)
    return next((group for group in found.groups() if group), "") if found else ""


def rule_in(text: str) -> Rule | None:
    """The rule of partial credit that a head states."""
    return next((rule for pattern, rule in _RULES if pattern.search(text)), None)


def answers_head(line: str) -> str | None:
    """What follows the words "answers" at the head of a list of them; None if the line is no such head."""
    stripped = line.strip().strip("【】[]（）() 　")
    found = _ANSWER_WORD.match(stripped)
    if not found:
        return None
    rest = _HEAD_REST.sub("", stripped[found.end() :])
    if not rest or PAIR.match(rest) or RANGE.match(rest):
        return rest
    return None


def listed(line: str) -> bool:
    """Whether a whole line is a list of answers such as `1.B 2.C 3.A` or `1-5 ABCDA`, without a word before it."""
    if (found := RANGE.match(line.strip())) and re.fullmatch(
        r"[A-JＡ-Ｊ√✓✔×✗✘╳对错TF\s,，;；]+", line.strip()[found.end() :].split("  ")[0].strip()
    ):
        return True
    spans = list(PAIR.finditer(line.strip()))
    if len(spans) < 2 or spans[0].start() > 1:
        return False
    text = line.strip()
    ends = [*(span.start() for span in spans[1:]), len(text)]
    return all(
        _SHORT_KEY.fullmatch(text[span.end() : end].strip()) for span, end in zip(spans, ends, strict=True)
    )


def options_in(line: str, expected: str) -> tuple[str, list[tuple[str, str]]]:
    """What stands before the options of a line, and the options: letters that follow one another from `expected` on."""
    spans: list[tuple[int, int, str]] = []
    at, letter = 0, expected
    while letter:
        found = _option(letter).search(line, at)
        if not found or (spans and found.start() < spans[-1][1]):
            break
        spans.append((found.start(), found.end(), letter))
        at = found.end()
        place = LETTERS.index(letter) + 1
        letter = LETTERS[place] if place < len(LETTERS) else ""
    if not spans:
        return line, []
    ends = [*(start for start, _, _ in spans[1:]), len(line)]
    return line[: spans[0][0]], [
        (letter, line[end:stop].strip()) for (_, end, letter), stop in zip(spans, ends, strict=True)
    ]


_OPTIONS: dict[str, re.Pattern[str]] = {}


def _option(letter: str) -> re.Pattern[str]:
    if letter not in _OPTIONS:
        wide = chr(ord("Ａ") + LETTERS.index(letter))
        one = f"[{letter}{wide}]"
        _OPTIONS[letter] = re.compile(
            rf"(?<![A-Za-z0-9])(?:[（(]\s*{one}\s*[)）]\s*[.．、]?|{one}\s*[.．、:：)）])(?!\d*[)）]?\Z\d)"
        )
    return _OPTIONS[letter]


def without_explanation(text: str) -> tuple[str, str]:
    """An answer and the explanation behind it on the same line."""
    parts = _EXPLAIN_INSIDE.split(text, maxsplit=1)
    if len(parts) < 2:
        return text, ""
    found = EXPLAIN.match(parts[1])
    return parts[0], found["words"] if found else ""
