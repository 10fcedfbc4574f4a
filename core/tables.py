"""Tables for a spreadsheet program with Dutch settings."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import chain

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header

BYTE_ORDER_MARK = "\ufeff"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\N{MINUS SIGN}")

CellValue = str | int | float | Decimal | date | datetime | None


def formula_safe(text: str) -> str:
    """``text`` with an apostrophe in front where a spreadsheet would run it as a formula."""
    # Blanks in front are stripped by some programs before they look for a formula.
    if text.startswith(FORMULA_STARTS) or text.lstrip().startswith(FORMULA_STARTS):
        return "'" + text
    return text


def bare(number: Decimal) -> int | Decimal:
    """``number`` without the decimals that say nothing: a column of the database has four of
    them."""
    if not number.is_finite():
        return number
    return int(number) if number == number.to_integral_value() else number.normalize()


def csv_cell(value: CellValue) -> str:
    """One value as Dutch Excel reads it back.

    Numbers: decimal comma, no thousands separator, so that they stay numbers, and no decimals that
    are all noughts. Dates:
    ``2018-12-31``. Absent: empty. A text that a spreadsheet would run as a formula gets an
    apostrophe in front.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, float):
        value = Decimal(repr(value))
    if isinstance(value, int | Decimal):
        return format(Decimal(bare(Decimal(value))), "f").replace(".", ",")
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    return formula_safe(value)


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[CellValue]]) -> Iterator[str]:
    """The file line by line: semicolons, and a byte order mark so that Excel reads UTF-8."""
    yield BYTE_ORDER_MARK
    line = io.StringIO()
    writer = csv.writer(line, delimiter=";", lineterminator="\r\n")
    for row in chain([header], rows):
        writer.writerow([csv_cell(value) for value in row])
        yield line.getvalue()
        line.seek(0)
        line.truncate()


def csv_text(header: Sequence[str], rows: Iterable[Sequence[CellValue]]) -> str:
    """The whole file as text."""
    return "".join(csv_lines(header, rows))


def csv_response(
    filename: str, header: Sequence[str], rows: Iterable[Sequence[CellValue]]
) -> HttpResponse:
    """A download named ``filename``; see ``csv_cell`` for how each value is written."""
    return HttpResponse(
        csv_text(header, rows).encode("utf-8"),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": content_disposition_header(True, filename) or "attachment"},
    )


def csv_stream(
    filename: str, header: Sequence[str], rows: Iterable[Sequence[CellValue]]
) -> StreamingHttpResponse:
    """The same for a table that may be too long to keep in memory."""
    return StreamingHttpResponse(
        (line.encode() for line in csv_lines(header, rows)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": content_disposition_header(True, filename) or "attachment"},
    )
