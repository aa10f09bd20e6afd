"""Claims and the N rules, as ratios to reading the same report; then how claims grow with the text, also where it is hostile.

Run `python tests/bench/bench_claims.py`. Milliseconds of processor time, so that other work on the machine tells less.
"""

import statistics
import time
from collections.abc import Callable
from pathlib import Path

from services.parse import core
from services.parse.document import Content, Paragraph
from services.parse.lexicon import PHRASES
from services.parse.narrative import LONGEST_SENTENCE, read_claims
from services.parse.readers import text
from services.parse.sections import headings, sections
from services.parse.tables import read_tables
from services.validate.core import judge
from services.validate.rules import RULES
from services.validate.subject import Subject

ROUNDS = 40
SAMPLES = sorted((Path(__file__).parents[2] / "shared" / "testing" / "samples").glob("样例*.txt"))
N_RULES = tuple(rule for rule in RULES if rule.id.startswith("N-"))
WORDS = [words for phrase in PHRASES for words in phrase.words.split("|")]
CHARACTERS = 64 * 1024
GROWN = (1, 4, 16)

ORDINARY = (
    "2024年，本机关新收政府信息公开申请60件，上年结转4件，均为自然人。全年办结58件，结转下年度继续办理6件，"
    "其中予以公开30件，部分公开5件，本机关不掌握相关政府信息23件。未收取信息处理费。"
    "围绕群众关心的事项，及时发布政策文件和办事指南，新出台的文件与解读材料同步起草、同步发布。"
)
HOSTILE = {
    "near-matches": "".join(words[:-1] for words in WORDS if len(words) > 1),
    "matches": "".join(WORDS),
    "figures": "申请5件",
    "digits": "1,",
    "listing marks": "、",
    "brackets": "（",
    "of all": "均为",
}


def milliseconds(job: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Return the median processor time of a job."""
    times = []
    for _ in range(rounds):
        start = time.process_time()
        job()
        times.append((time.process_time() - start) * 1000)
    return statistics.median(times)


def claimed(content: Content) -> Callable[[], object]:
    """Return the reading of a text's claims alone."""
    return lambda: read_claims(content, (), (), agency="样例市数据局", year=2024)


def reports() -> None:
    """Print each sample: reading it whole, its claims, and the N rules."""
    for path in SAMPLES:
        data = path.read_bytes()
        document = core.parse(data, source=path.name)
        if not document.reports:
            continue
        (report,) = document.reports
        content = text.read(data)
        tables = read_tables(content, report.year).ranges
        chapters = sections(headings(content, tables), len(content.text))
        subject = Subject(report)
        whole = milliseconds(lambda data=data: core.parse(data, source="a.txt"))
        claims = milliseconds(
            lambda content=content, report=report, chapters=chapters, tables=tables: read_claims(
                content, chapters, tables, agency=report.agency, year=report.year
            )
        )
        rules = milliseconds(lambda subject=subject: judge(subject, N_RULES))
        print(
            f"{path.stem:24} read whole {whole:6.2f} ms   claims {claims:5.2f} ms ({len(report.claims):2})   N rules {rules:5.2f} ms"
            f"   ratio {(claims + rules) / whole:4.2f}"
        )


def grown(name: str, pattern: str, *, cut: bool) -> None:
    """Print what once, four and sixteen times a text takes, as it is or in the longest sentences that are read."""
    figures = []
    for times in GROWN:
        repeated = (pattern * (CHARACTERS * times // len(pattern) + 1))[: CHARACTERS * times]
        if cut:
            step = LONGEST_SENTENCE - 50
            repeated = "。".join(repeated[start : start + step] for start in range(0, len(repeated), step))
        figures.append(milliseconds(claimed(Content(repeated, (Paragraph(0, len(repeated)),))), rounds=1))
    told = "   ".join(f"{times:2}x {took:8.1f} ms" for times, took in zip(GROWN, figures, strict=True))
    print(f"{name:30} {told}   16x over 4x {figures[2] / figures[1]:4.1f}")


if __name__ == "__main__":
    reports()
    print(f"\nclaims of {CHARACTERS // 1024} Ki characters and of 4 and 16 times as many (linear is 4.0)")
    grown("ordinary prose", ORDINARY, cut=False)
    for kind, hostile in HOSTILE.items():
        grown(f"{kind}, one sentence", hostile, cut=False)
        grown(f"{kind}, sentences", hostile, cut=True)
