"""The one law of table 4, said of each of its three groups."""

from collections.abc import Iterator

from services.validate.equations import Failing, broken, case_sum
from services.validate.rule import Unchecked, Violation
from services.validate.subject import FilledTable
from services.validate.wording import figure, size


def wrong_total(filled: FilledTable, path: str) -> Iterator[Violation | Unchecked]:
    """Yield a violation if the total of a group is not the sum of its four results."""

    def message(failing: Failing) -> str:
        return (
            f"表四“{path}”：四项之和{figure(failing.expected)}，"
            f"总计{figure(failing.read)}，相差{figure(size(failing.difference))}。"
        )

    yield from broken(filled, case_sum(filled.edition, path), message)
