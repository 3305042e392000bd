"""A printout as a page: facts in two columns, tables that repeat their head, signatures and stamps kept together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from html import escape

from craftpath.delivery.exchange.pages import page, require_drawable
from craftpath.values.paper import day
from craftpath.values.printout import (
    Block,
    Cell,
    Column,
    Facts,
    Group,
    Line,
    Printout,
    Signature,
    Table,
    Words,
    said,
)
from craftpath.values.text import Text

_STYLE = """
.head { margin-bottom: 5mm; padding-bottom: 3mm; border-bottom: .8pt solid #1f1d1a }
.head p { margin: 1mm 0 0; font-size: 10.5pt }
.head .source { font-size: 7.5pt; color: #5c564d }
section { margin-top: 5mm }
h2 { margin-bottom: 1.5mm }
.facts td { padding: 1.1mm 0; vertical-align: baseline; border-bottom: .4pt solid #e2ddd2 }
.facts .label { width: 33mm; padding-right: 3mm; color: #5c564d; font-size: 8.5pt }
.facts .gap { width: 8mm; border: 0 }
.facts tr { break-inside: avoid }
.rows { font-size: 8pt; line-height: 1.4 }
.rows th, .rows td { padding: 1.1mm 1.5mm; text-align: left; vertical-align: top }
.rows th:first-child, .rows td:first-child { padding-left: 0 }
.rows th:last-child, .rows td:last-child { padding-right: 0 }
.rows thead th { vertical-align: bottom; color: #5c564d; border-bottom: .8pt solid #1f1d1a; font-size: 7.5pt }
.rows tbody td { border-bottom: .4pt solid #e2ddd2 }
.rows tr { break-inside: avoid }
.rows .figure { text-align: right; padding-right: 3mm; font-variant-numeric: tabular-nums }
.rows .group { break-after: avoid }
.rows .group td { padding: 2.6mm 0 1mm; color: #1f4e79; border-bottom: .4pt solid #8b8479 }
.rows .total td { border-top: .8pt solid #1f1d1a; border-bottom: 0 }
.small { font-size: 7.5pt; color: #5c564d; margin: 1.5mm 0 0 }
.words p { margin: 0 0 1mm; white-space: pre-line }
.words .line { height: 7mm; border-bottom: .4pt solid #8b8479 }
.end { margin-top: 7mm; break-inside: avoid }
.end td { vertical-align: top; padding: 0 }
.end .signatures td { padding-bottom: 5mm }
.signatures .gap { width: 5mm }
.signatures p { margin: 0 }
.signatures .role { color: #5c564d; font-size: 8pt }
.signatures .name { min-height: 1.55em }
.signatures .when { font-size: 7.5pt; color: #5c564d }
.signatures .sign { height: 10mm; border-bottom: .6pt solid #1f1d1a }
.end .beside { width: 7mm }
.end .place { width: 42mm; text-align: center; font-size: 8pt; color: #5c564d }
.place div { height: 42mm; margin-right: .4mm; border: .5pt dashed #8b8479; border-radius: 1mm; color: #8b8479;
  padding: 15mm 2mm 0; box-sizing: border-box }
.place p { margin: 1.5mm 0 0 }
"""
_COVER = """
.cover { break-after: page }
.cover h1 { margin-top: 60mm; font-size: 24pt }
.cover .facts { margin-top: 14mm }
"""
_SIGN_ON = Text("签字／日期", "Signature, date")
_STAMP_HERE = Text("盖章处", "Place of the stamp")
_STAMPED_ON = Text("年　　月　　日", "Date")


def printout_page(found: Printout, language: str) -> str:
    """The whole page in `zh`, `en` or `both`; refused with the character if the font lacks one."""
    foot = f"{said(found.title, language)} · {found.whose} · {said(day(found.on), language)}"
    fixed = "".join(said(one, language) for one in (_SIGN_ON, _STAMP_HERE, _STAMPED_ON, day(found.on)))
    require_drawable(found.words(language) + fixed + foot)
    body = "".join((*_head(found, language), *_blocks(found.blocks, language), _end(found, language)))
    style = _STYLE + (_COVER if found.cover else "")
    title = f"{said(found.title, language)} · {found.whose}"
    return page(title, style, body, mark=foot, language=language, wide=found.wide)


def _text(cell: Cell, language: str) -> str:
    return escape(said(cell, language))


def _head(found: Printout, language: str) -> Iterable[str]:
    yield f'<header class="{"cover" if found.cover else ""}"><div class="head">'
    yield f"<h1>{_text(found.title, language)}</h1>"
    for line in (found.subtitle, found.whose):
        if line != Text():
            yield f"<p>{_text(line, language)}</p>"
    yield f'<p class="source">{_text(found.source, language)}</p></div>'
    yield f"{_facts(found.about, language)}</header>"


def _facts(lines: Sequence[Line], language: str) -> str:
    """Two facts on a line. A table: grids of the library take seconds for a long name, and minutes for a longer one."""
    pairs = [
        f'<td class="label">{_text(label, language)}</td><td>{_fact(cell, language)}</td>'
        for label, cell in lines
    ]
    pairs += ['<td class="label"></td><td></td>'] * (len(pairs) % 2)
    rows = (
        f'<tr>{first}<td class="gap"></td>{second}</tr>'
        for first, second in zip(pairs[::2], pairs[1::2], strict=True)
    )
    return f'<table class="facts">{"".join(rows)}</table>'


def _fact(cell: Cell, language: str) -> str:
    """A day among facts is said as people say it; in tables it stands in figures."""
    return _stacked(day(cell) if isinstance(cell, date) else cell, language)


def _blocks(blocks: Iterable[Block], language: str) -> Iterable[str]:
    for block in blocks:
        heading = f"<h2>{_text(block.heading, language)}</h2>" if block.heading != Text() else ""
        match block:
            case Facts():
                yield f"<section>{heading}{_facts(block.lines, language)}</section>"
            case Words():
                yield f'<section class="words">{heading}{"".join(_words(block, language))}</section>'
            case Table():
                yield f"<section>{heading}{_table(block, language)}</section>"


def _words(block: Words, language: str) -> Iterable[str]:
    for paragraph in block.paragraphs:
        yield f"<p>{_text(paragraph, language)}</p>"
    yield '<div class="line"></div>' * block.lines
    if block.by != Text():
        yield f'<p class="small">{_text(block.by, language)}</p>'


def _table(table: Table, language: str) -> str:
    if not table.rows:
        return f'<p class="small">{_text(table.empty, language)}</p>'
    whole = sum(column.share for column in table.columns)
    widths = "".join(f'<col style="width:{100 * column.share / whole:.2f}%">' for column in table.columns)
    heads = "".join(
        f'<th scope="col"{_look(column)}>{_column_head(column, language)}</th>' for column in table.columns
    )
    bodies = "".join(_group(table.columns, group, language) for group in table.groups)
    total = _row(table.columns, table.total, language, "total") if table.total else ""
    note = f'<p class="small">{_text(table.note, language)}</p>' if table.note != Text() else ""
    return (
        f'<table class="rows"><colgroup>{widths}</colgroup><thead><tr>{heads}</tr></thead>'
        f"{bodies}<tbody>{total}</tbody></table>{note}"
    )


def _column_head(column: Column, language: str) -> str:
    unit = f"<br>{_text(column.unit, language)}" if column.unit != Text() else ""
    return f"{_stacked(column.head, language)}{unit}"


def _stacked(cell: Cell, language: str) -> str:
    """Both languages under one another, so that a column stays narrow."""
    if language == "both" and isinstance(cell, Text) and cell.en and cell.zh and cell.zh != cell.en:
        return f"{escape(cell.zh)}<br>{escape(cell.en)}"
    return _text(cell, language)


def _group(columns: Sequence[Column], group: Group, language: str) -> str:
    name = (
        f'<tr class="group"><td colspan="{len(columns)}">{_text(group.name, language)}</td></tr>'
        if group.name != Text() and group.rows
        else ""
    )
    return f"<tbody>{name}{''.join(_row(columns, row, language) for row in group.rows)}</tbody>"


def _row(columns: Sequence[Column], row: Sequence[Cell], language: str, look: str = "") -> str:
    cells = "".join(
        f"<td{_look(column)}>{'' if look and cell is None else _stacked(cell, language)}</td>"
        for column, cell in zip(columns, row, strict=True)
    )
    return f'<tr class="{look}">{cells}</tr>' if look else f"<tr>{cells}</tr>"


def _look(column: Column) -> str:
    return ' class="figure"' if column.figures else ""


def _end(found: Printout, language: str) -> str:
    if not found.signatures and not found.stamps:
        return ""
    # Beside one stamp there is room for three signatures, beside two for one under another; a wide sheet has more.
    columns = 3 if found.wide or len(found.stamps) < 2 else 1
    signatures = _signatures(found.signatures, columns, language)
    return f'<table class="end"><tr><td>{signatures}</td>{_stamps(found.stamps, language)}</tr></table>'


def _signatures(some: Sequence[Signature], columns: int, language: str) -> str:
    rows = []
    for start in range(0, len(some), columns):
        cells = [f"<td>{_signature(one, language)}</td>" for one in some[start : start + columns]]
        cells += ["<td></td>"] * (columns - len(cells))
        rows.append(f"<tr>{'<td class=gap></td>'.join(cells)}</tr>")
    return f'<table class="signatures">{"".join(rows)}</table>' if rows else ""


def _signature(one: Signature, language: str) -> str:
    role, name = _text(one.role, language), escape(one.name)
    if one.signed != Text():
        done = f'<p class="name">{name}</p><p class="when">{_text(one.signed, language)}</p>'
    else:
        on = _text(_SIGN_ON, language)
        done = f'<p class="name">{name}</p><div class="sign"></div><p class="when">{on}</p>'
    return f'<p class="role">{role}</p>{done}'


def _stamps(some: Sequence[Text], language: str) -> str:
    return "".join(
        f'<td class="beside"></td><td class="place"><div>{_text(who, language)}<br>{_text(_STAMP_HERE, language)}</div>'
        f"<p>{_text(_STAMPED_ON, language)}</p></td>"
        for who in some
    )
