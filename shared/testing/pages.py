"""Pages that nianbao writes: whole in themselves, every tag closed, every link with its target."""

import re
from collections import Counter
from html.parser import HTMLParser

_EMPTY = frozenset({"meta", "br"})


class _Strict(HTMLParser):
    """Keeps the open tags, to see that each is closed in its turn."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember an open tag."""
        del attrs
        if tag not in _EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close the innermost tag."""
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes another tag, line {self.getpos()[0]}")


def faults_of_page(html: str) -> list[str]:
    """Return what is wrong with a page that must need nothing from elsewhere: open tags, ids twice, links to nowhere or outside."""
    parser = _Strict()
    parser.feed(html)
    outside = re.findall(r"https?://|src=|@import|url\(", html)
    ids = Counter(re.findall(r' id="([^"]+)"', html))
    lost = set(re.findall(r'href="#([^"]+)"', html)) - set(ids)
    twice = [name for name, times in ids.items() if times > 1]
    return [*parser.faults, *parser.open, *outside, *twice, *sorted(lost)]
