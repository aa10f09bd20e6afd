"""Pictures that may be tables: those that stand where tables belong."""

import re
from collections.abc import Sequence

_TABLE_CHAPTER = re.compile(r"^[ \u3000]{0,8}二、[^\n]{0,20}公开", re.MULTILINE)
_LAST_CHAPTERS = re.compile(r"^[ \u3000]{0,8}[五六]、", re.MULTILINE)
_HARDLY_ANY_TEXT = 200


def among_tables(text: str, places: Sequence[int]) -> int:
    """Count the pictures at these offsets of a simplified text that stand in the chapters of tables.

    In a document with hardly any text, all of them.
    """
    if len(text) < _HARDLY_ANY_TEXT:
        return len(places)
    first = _TABLE_CHAPTER.search(text)
    last = [match.start() for match in _LAST_CHAPTERS.finditer(text)]
    return sum(first.end() <= place <= last[-1] for place in places) if first and last else 0
