"""What codes mean to a clerk, and which form a table is drawn in."""

from collections.abc import Iterable

from shared.forms import FORMS
from shared.forms.sources import SOURCES
from shared.model.cell import FormEdition, Table, TableNumber
from shared.model.reasons import REASONS

_REASONS = {str(code): sentence for code, sentence in REASONS.items()}


def edition_of(number: TableNumber, table: Table) -> FormEdition:
    """Return the edition whose cells the table has; a table that was not found has the cells of its year's form."""
    addresses = tuple((cell.row, cell.column) for cell in table.cells)
    return next(edition for edition, form in FORMS.items() if form.tables[number].addresses == addresses)


def basis(codes: Iterable[str]) -> str:
    """Return the sources of law by document number and article: 国办公开办函〔2021〕30号；国令第711号第五十条."""
    sources = (SOURCES[code] for code in codes)
    return "；".join(f"{source.number}{source.article or ''}" for source in sources)


def reason(code: str) -> str:
    """Return why a rule was not checked; the bare code where a stored judgement has one that is no longer listed."""
    return _REASONS.get(code, code)
