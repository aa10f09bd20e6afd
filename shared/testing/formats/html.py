"""Made reports as web pages, with the markup and the damage that real ones bear."""

from collections.abc import Sequence
from html import escape
from typing import get_args

from shared.testing.formats.html_markup import MARKUPS, Markup, Variant
from shared.testing.layouts import TITLE, Laid
from shared.testing.sheets import Sheet
from shared.text import PICTURE

VARIANTS: tuple[Variant, ...] = get_args(Variant)


def write(
    parts: Sequence[str | Laid], variant: Variant = "plain", *, encoding: str = "utf-8", head: str | None = None
) -> bytes:
    """Return a web page of these lines and tables (`shared.testing.layouts.outline`); `head` in place of charset and title."""
    markup = MARKUPS[variant]
    body = "".join(
        markup.line(escape(part)) if isinstance(part, str) else markup.table(rows(part.sheet, markup)) for part in parts
    )
    told = f'<meta charset="{encoding}"><title>{TITLE}</title>' if head is None else head
    return markup.page(f"<!DOCTYPE html><html><head>{told}</head><body>{markup.body(body)}</body></html>").encode(
        encoding
    )


def rows(printed: Sheet, markup: Markup) -> list[str]:
    """Return the rows of a table; a position that another cell covers is not in them."""
    return [markup.row("".join(markup.cell(cell, _content(cell.text, markup)) for cell in row)) for row in printed]


def _content(printed: str, markup: Markup) -> str:
    return '<img src="7.png" width="14" height="12">' if printed == PICTURE else markup.text(printed)
