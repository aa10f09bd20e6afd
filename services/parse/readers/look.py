"""How text is shown: hidden, struck out, raised or lowered."""

from typing import NamedTuple

from services.parse.small import lowered, raised
from services.parse.struck import strike


class Look(NamedTuple):
    """How text is shown; None where nothing is said of it. `align`: superscript or subscript; `position`: above the line."""

    hidden: bool | None = None
    struck: bool | None = None
    align: str | None = None
    position: int | None = None

    def over(self, below: "Look") -> "Look":
        """Return this look with what it leaves open taken from the one below."""
        if self is PLAIN:
            return below
        return below._replace(**{name: mine for name, mine in self._asdict().items() if mine is not None})

    def shown(self, text: str) -> str:
        """Return text as it is seen: strokes through struck text, raised and lowered digits of their own."""
        if self.align in {"superscript", "subscript"}:
            text = raised(text) if self.align == "superscript" else lowered(text)
        return strike(text) if self.struck else text


PLAIN = Look()
