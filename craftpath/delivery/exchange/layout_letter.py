"""A letter to begin with, about one person: a Word document of four small parts, with head, table and signature."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

from craftpath.delivery.exchange.layout_names import Names
from craftpath.values.text import Text

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_TITLE = Text(zh="成绩告知书", en="Letter of results")
_GREETING = Text(
    zh="{姓名} 同学（学号 {学号}）：",
    en="Dear {Name} (number {Number}),",
)
_WORDS = Text(
    zh="你在 {班级} {阶段} 的成绩如下，按 {评价方案} 第 {方案版本} 版计算。",
    en="these are your results in {Stage} of {Cohort}, worked out by {Scheme}, version {Version}.",
)
_HEADS = (Text(zh="项目", en="Part"), Text(zh="成绩", en="Result"))
_FINAL = Text(zh="总成绩", en="Final")
_PASSED = Text(zh="是否合格", en="Pass rules")
_CONTEST = Text(
    zh="对成绩有异议的，请在成绩公布之日起按规定提出。",
    en="If you do not agree, you may contest the result as the rules say.",
)
_SIGNED = Text(zh="{学院}    填表人：{填表人}    {今天}", en="{College} · Filled by {Filled by} · {Today}")


def letter(names: Names, language: str) -> bytes:
    """A document that the check finds nothing wrong with, once for each person."""
    values = [one for one in names.parts if one.key.endswith(".value")]
    known = {one.key: one for one in names.each}
    rows = [(one.label.say(language), f"{{{names.call(one, language)}}}") for one in values]
    rows += [
        (words.say(language), f"{{{names.call(known[key], language)}}}")
        for words, key in ((_FINAL, "total"), (_PASSED, "passed"))
    ]
    body = "".join(
        (
            _paragraph(_TITLE.say(language), centred=True, large=True),
            _paragraph(_GREETING.say(language)),
            _paragraph(_WORDS.say(language)),
            _table([tuple(head.say(language) for head in _HEADS), *rows]),
            _paragraph(""),
            _paragraph(_CONTEST.say(language)),
            _paragraph(_SIGNED.say(language)),
        )
    )
    edges = " ".join(f'w:{side}="1440"' for side in ("top", "right", "bottom", "left"))
    page = f'<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar {edges}/></w:sectPr>'
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_TYPE}.document.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_R}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{_W}"><w:body>{body}{page}</w:body></w:document>',
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{content}')
    return stream.getvalue()


def _run(words: str, *, large: bool = False) -> str:
    looks = '<w:rPr><w:b/><w:sz w:val="36"/></w:rPr>' if large else '<w:rPr><w:sz w:val="24"/></w:rPr>'
    return f'<w:r>{looks}<w:t xml:space="preserve">{escape(words)}</w:t></w:r>'


def _paragraph(words: str, *, centred: bool = False, large: bool = False) -> str:
    place = '<w:jc w:val="center"/>' if centred else ""
    runs = _run(words, large=large) if words else ""
    return f'<w:p><w:pPr><w:spacing w:after="200"/>{place}</w:pPr>{runs}</w:p>'


def _table(rows: list[tuple[str, ...]]) -> str:
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="7A8699"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    cells = "".join(
        "<w:tr>"
        + "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="4500" w:type="dxa"/></w:tcPr><w:p>{_run(words)}</w:p></w:tc>'
            for words in row
        )
        + "</w:tr>"
        for row in rows
    )
    grid = '<w:tblGrid><w:gridCol w:w="4500"/><w:gridCol w:w="4500"/></w:tblGrid>'
    looks = f'<w:tblPr><w:tblW w:w="9000" w:type="dxa"/><w:tblBorders>{sides}</w:tblBorders></w:tblPr>'
    return f"<w:tbl>{looks}{grid}{cells}</w:tbl>"
