"""What is told about a rule, for a terminal."""

from collections.abc import Iterator
from textwrap import indent

from services.validate.examples import Example
from services.validate.explained import Part, explained, heading
from services.validate.rule import Rule


def explained_text(rule: Rule) -> str:
    """Return what is told about a rule as plain lines, as `explained` has it."""
    return "\n\n".join([heading(rule), *("\n".join(_lines(part)) for part in explained(rule))]) + "\n"


def _lines(part: Part) -> Iterator[str]:
    if part.heading is None:
        yield "\n\n".join(part.paragraphs)
        return
    yield part.heading
    yield from (indent(paragraph, "  ") for paragraph in part.paragraphs)
    yield from (f"  · {each}" for each in part.listed)
    yield from (line for example in part.examples for line in _example(example))


def _example(example: Example) -> Iterator[str]:
    yield f"  · {example.named}"
    for each in example.differences:
        yield f"    {each.place}"
        if each.right is None:
            yield f"      写为：{_hanging(each.printed)}"
        else:
            yield f"      错误：{_hanging(each.printed)}"
            yield f"      正确：{_hanging(each.right)}"


def _hanging(printed: str) -> str:
    """Return what is printed with its further lines under the first."""
    return "\n            ".join(printed.splitlines())
