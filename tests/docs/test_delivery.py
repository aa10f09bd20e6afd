"""Each fault of docs/delivery.md is shown by a test, and the test is there."""

import pathlib
import re

DOCS = pathlib.Path(__file__).parents[2] / "docs"
FAULTS = [
    line
    for line in (DOCS / "delivery.md").read_text(encoding="utf-8").partition("| fault |")[2].splitlines()[2:]
    if line.startswith("|")
]


def test_every_fault_is_shown_by_a_test():
    """A row without a link promises what nobody tried."""
    assert len(FAULTS) > 20
    assert [fault for fault in FAULTS if "](../tests/" not in fault] == []


def test_every_test_that_is_linked_exists():
    """Each link names a function, and its file defines it; no test is linked by file alone."""
    links = [link for fault in FAULTS for link in re.findall(r"\[([^\]]*)\]\((\.\./tests/[^)]+)\)", fault)]
    missing = []
    for text, target in links:
        name = re.fullmatch(r"`(test_\w+)`", text)
        file = DOCS / target
        defined = (
            file.exists() and name and re.search(rf"^(async )?def {name[1]}\(", file.read_text("utf-8"), re.MULTILINE)
        )
        missing += [] if defined else [f"{target} {text}"]
    assert missing == []
