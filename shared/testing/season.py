"""A season of invented reports: many agencies, one report each, some with a fault, and the directory that lists them."""

import importlib.resources
import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from shared.model.agency import Agency

_SYLLABLES = "东南西北中甲乙丙丁戊己庚辛壬癸"
_TEMPLATE = "样例市数据局-2024.txt"
_NAME = "样例市数据局"
_NEW = "| 38 | 4 | 0 | 0 | 0 | 0 | 42 |"


@dataclass(frozen=True, slots=True)
class Submission:
    """A report as an agency would hand it in: file name, bytes, and whether a figure in it is wrong."""

    agency: Agency
    name: str
    data: bytes
    faulty: bool


def season(count: int, *, faulty_every: int = 3, year: int = 2024) -> Iterator[Submission]:
    """Yield so many reports of so many agencies; every third has a wrong total."""
    template = importlib.resources.files("shared.testing").joinpath("samples", _TEMPLATE).read_text(encoding="utf-8")
    assert _NEW in template
    for number, syllables in enumerate(itertools.islice(itertools.product(_SYLLABLES, repeat=3), count)):
        name = f"样例市{''.join(syllables)}局"
        faulty = number % faulty_every == 0
        text = template.replace(_NAME, name).replace("2024", str(year)).replace("2025", str(year + 1))
        text = text.replace(_NEW, _NEW.replace("42", "43")) if faulty else text
        agency = Agency(id=f"{number:04}", name=name, level="市", type="部门", mailbox=f"a{number:04}@example.invalid")
        yield Submission(agency, f"{name}-{year}.txt", text.encode(), faulty)
