"""The prose of a report as rules read it: in one normal form, by chapters, paragraphs and sentences, the tables left out.

Every position is one of the report's text; the normal form (`shared.text.fold`, simplified characters) has its length.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from services.validate.wording import quoted
from shared.citations import without_citations
from shared.model.cell import Span
from shared.model.finding import TextPlace
from shared.model.report import Report, Section
from shared.simplified import simplify
from shared.spelled_years import with_years_in_digits
from shared.text import fold

_SHOWN = 10
_LINE = re.compile(r"[^\n]+")
_SENTENCE = re.compile(r"[^。!?;\n]+[。!?;]*")


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of the prose at start..end of the report's text, without white space at its ends; `text` in the normal form.

    `section`: the ordinal of its chapter, "title" for the title, None before the first chapter.
    """

    section: str | None
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Prose:
    """The prose of a report. Where nothing was read, there are no passages."""

    report: Report

    @cached_property
    def whole(self) -> str:
        """All that the report says, its tables as well, in the normal form."""
        return simplify(fold(self.report.text))

    @cached_property
    def text(self) -> str:
        """The text in the normal form, its years in digits, with blanks in the place of its tables (their line ends stay)."""
        text = with_years_in_digits(self.whole)
        for span in self.report.tabular:
            blank = re.sub(r"[^\n]", " ", text[span.start : span.end])
            text = text[: span.start] + blank + text[span.end :]
        return text

    @cached_property
    def uncited(self) -> str:
        """The same without the titles of documents, file numbers and addresses that it cites."""
        return without_citations(self.text)

    @cached_property
    def title(self) -> Passage | None:
        """The title line, where it stands in the text."""
        at = self.report.title_at
        return self._passage("title", at.start, at.end) if at else None

    @cached_property
    def opening(self) -> str:
        """All that stands before the first chapter, the title and what is printed above it as well; it begins with the text."""
        return self.text[: self.report.sections[0].start] if self.report.sections else ""

    @cached_property
    def introduction(self) -> Passage | None:
        """What stands between the title and the first chapter; None where there is nothing."""
        if not self.report.sections:
            return None
        start = self.report.title_at.end if self.report.title_at else 0
        return self._passage(None, start, self.report.sections[0].start)

    @cached_property
    def chapters(self) -> dict[int, Passage | None]:
        """What each chapter of the official format that was found says, behind its heading; None: nothing."""
        found: dict[int, Passage | None] = {}
        for section in self.report.sections:
            if section.chapter and not found.get(section.chapter):
                found[section.chapter] = self._passage(section.ordinal, section.body, section.end)
        return found

    @cached_property
    def sentences(self) -> tuple[Passage, ...]:
        """All sentences but headings and title, in order: up to 。！？； or the end of a line."""
        return tuple(self._cut(_SENTENCE))

    @cached_property
    def lines(self) -> tuple[Passage, ...]:
        """All lines but headings and title, in order: the paragraphs of most sources."""
        return tuple(self._cut(_LINE))

    def within(self, passage: Passage | None, parts: Iterable[Passage]) -> list[Passage]:
        """Return those of the lines or sentences that stand in a passage."""
        return [part for part in parts if passage and passage.start <= part.start and part.end <= passage.end]

    def place(self, start: int, end: int) -> TextPlace:
        """Return the place start..end of the text, quoted as printed up to the end of its line."""
        printed = self.report.text[start:end]
        start += len(printed) - len(printed.lstrip())
        printed = printed.strip()
        return TextPlace(self.section_at(start), quoted(printed.partition("\n")[0]), start, start + len(printed))

    def places(self, spans: Iterable[tuple[int, int]]) -> tuple[TextPlace, ...]:
        """Return the places of the first ten spans: who finds those finds the others."""
        return tuple(self.place(*span) for span in islice(spans, _SHOWN))

    def heading(self, chapter: int) -> TextPlace:
        """Return where a chapter's heading stands: the place of what the chapter lacks. Without one: the title, else the text's begin."""
        section = next((each for each in self.report.sections if each.chapter == chapter), None)
        if section and section.body > section.start:
            return self.place(section.start, section.body)
        at = self.report.title_at
        return self.place(at.start, at.end) if at else TextPlace(None, "", 0, 0)

    def section_at(self, position: int) -> str | None:
        """Return the ordinal of the chapter that a position stands in, "title" in the title, None before the first chapter."""
        at = self.report.title_at
        if at and at.start <= position < at.end:
            return "title"
        section = self._section(position)
        return section.ordinal if section else None

    def _section(self, position: int) -> Section | None:
        return next((each for each in self.report.sections if each.start <= position < each.end), None)

    def _passage(self, section: str | None, start: int, end: int) -> Passage | None:
        inside = self.text[start:end]
        start += len(inside) - len(inside.lstrip())
        text = inside.strip()
        return Passage(section, start, start + len(text), text) if text else None

    def _cut(self, pattern: re.Pattern[str]) -> Iterator[Passage]:
        for section, piece in self._pieces():
            for match in pattern.finditer(self.text, piece.start, piece.end):
                passage = self._passage(section, *match.span())
                if passage:
                    yield passage

    def _pieces(self) -> Iterator[tuple[str | None, Span]]:
        """Yield the stretches of text between headings; before the first chapter, those before and behind the title."""
        sections, at = self.report.sections, self.report.title_at
        first = sections[0].start if sections else len(self.text)
        if at and at.end <= first:
            yield None, Span(0, at.start)
            yield None, Span(at.end, first)
        else:
            yield None, Span(0, first)
        yield from ((section.ordinal, Span(section.body, section.end)) for section in sections)
