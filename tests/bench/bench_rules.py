"""All rules together on one report: their time, its ratio to reading the same report, and how it grows with the text.

Run `python tests/bench/bench_rules.py`; least processor time of many rounds, for a machine does other things too.
"""

import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from services.parse.core import parse
from services.validate.core import judge
from services.validate.rules import RULES
from services.validate.subject import Subject
from shared.model.report import Report
from shared.testing.prose import chapters, clean_page

ROUNDS = 15
DEAREST = 10
MANY = 16
REPORTS = Path(__file__).parents[1] / "corpus" / "reports"


def least(job: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Return the least milliseconds that a job took."""
    times = []
    for _ in range(rounds):
        start = time.process_time()
        job()
        times.append((time.process_time() - start) * 1000)
    return min(times)


def read(data: bytes) -> Report:
    """Return the first report of a document."""
    return parse(data, source="样例.txt").reports[0]


def longer(times: int) -> bytes:
    """Return the clean page with its overview so many times as long, no two sentences alike."""
    overview = chapters()[1]
    more = "\n".join(
        "".join(f"第{copy}批{line[:40]}；" for line in overview.split("\n")) + "。" for copy in range(1, times)
    )
    return clean_page(edits=[(overview, f"{overview}\n{more}" if more else overview)]).encode()


def full_of_lists(times: int) -> bytes:
    """Return the clean page with so many hundred lists of figures more, half of them in one paragraph."""
    lists = [f"全年发布信息{total}条，其中动态{total - 3}条，公告3条。" for total in range(10, 10 + 100 * times)]
    half, overview = len(lists) // 2, chapters()[1]
    return clean_page(edits=[(overview, "\n".join((overview, "".join(lists[:half]), *lists[half:])))]).encode()


def corpus() -> None:
    """Print reading and judging of the invented reports, and the ratio of both."""
    read_in, judged_in = [], []
    for path in sorted(REPORTS.glob("*.txt")):
        data = path.read_bytes()
        document = parse(data, source=path.name)
        if document.reports:
            read_in.append(least(lambda data=data, name=path.name: parse(data, source=name), 5))
            judged_in.append(least(lambda report=document.reports[0]: judge(Subject(report)), 5))
    ratio = median(judged_in) / median(read_in)
    print(
        f"{len(judged_in)} reports, {len(RULES)} rules: reading {median(read_in):.2f} ms, judging {median(judged_in):.2f} ms "
        f"(longest {max(judged_in):.2f} ms), ratio {ratio:.2f}"
    )


def growth() -> None:
    """Print the time of the rules on texts of 1, 4 and 16 times the length, and per thousand characters."""
    for named, made in (("prose", lambda times: longer(times * 4)), ("lists", full_of_lists)):
        for times in (1, 4, MANY):
            report = read(made(times))
            taken = least(lambda report=report: judge(Subject(report)))
            thousands = len(report.text) / 1000
            print(f"{named} {len(report.text):7} characters  {taken:7.2f} ms  {taken / thousands:6.3f} ms per thousand")


def dearest() -> None:
    """Print the rules that take longest, each by itself: what they share is counted with whoever asks first."""
    report = read(longer(4))
    alone = {rule.id: least(lambda rule=rule: judge(Subject(report), [rule])) for rule in RULES}
    shared = least(lambda: (Subject(report).prose.text, Subject(report).prose.sentences, Subject(report).prose.lines))
    print(f"what rules on prose share, {shared:.2f} ms; rules by themselves, each with what it needs of that:")
    for rule_id, taken in sorted(alone.items(), key=lambda each: -each[1])[:DEAREST]:
        print(f"  {rule_id:6} {taken:6.2f} ms")


if __name__ == "__main__":
    corpus()
    growth()
    dearest()
