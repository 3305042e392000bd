"""How much of a file is read: generous for an office, and a bound on time and memory for everybody else."""

from __future__ import annotations

from craftpath.delivery.exchange.book import SheetRefused

BYTES = 20 * 1024 * 1024
ROWS = 60_000
COLUMNS = 200
CELLS = 3_000_000
"""Cells of all sheets together, counted as rectangles, since the reader keeps rectangles in memory."""
EXPANDED = 200_000
"""Cells under merged areas and links: a program that keeps the looks of a workbook makes each of them one by one."""
UNPACKED_BYTES = 300 * 1024 * 1024
RATIO = 250
"""Sheets shrink about twentyfold when packed; a much higher ratio in a big file is made, not filled in."""
RATIO_FROM_BYTES = 10 * 1024 * 1024


def require_area(sheet: str, height: int, width: int) -> None:
    """Refuse a sheet whose last row or column with content lies beyond the limits."""
    if width > COLUMNS:
        raise SheetRefused("sheet.too_many_columns", sheet=sheet, count=width, limit=COLUMNS)
    if height > ROWS:
        raise SheetRefused("sheet.too_many_rows", sheet=sheet, count=height, limit=ROWS)


def require_cells(count: int) -> None:
    """Refuse a book whose sheets together are larger than the limit."""
    if count > CELLS:
        raise SheetRefused("sheet.too_many_cells", count=count, limit=CELLS)
