"""PDF: every figure in its place whatever wrote the file, doubt said, and nothing that only exhausts or breaks."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from services.parse.core import parse
from services.parse.readers.pdf import read
from services.parse.worker import Workers
from services.validate.core import judge
from services.validate.subject import Subject
from shared.model.cell import PageBox
from shared.testing.figures import COUNTS, ODD, drawn, misread, unread
from shared.testing.formats import pdf, pdf_leaves
from shared.testing.formats.pdf_file import Sheet, bomb, document, line, text
from shared.testing.formats.pdf_flaws import flawed
from shared.testing.layouts import outline, render

PROSE = {
    1: "一年来，本机关依法公开政府信息，规范办理公开申请，加强平台建设和监督保障，全年收到申请65件，办结58件。" * 4,
    5: "存在的主要问题是公开内容不够全面。下一步将加强培训，充实公开内容。" * 3,
    6: "本机关本年度未收取政府信息公开信息处理费。",
}
EDITIONS = ("2021", "2019")


def report(data):
    """Return the only report of a file."""
    (found,) = parse(data, source="a.pdf").reports
    return found


def made(chance, variant="lines", edition="2021", printed=ODD):
    """Return figures and a report that prints them, its tables anywhere on the page."""
    figures = drawn(chance, edition, printed)
    prose = {**PROSE, 1: PROSE[1] * chance.randint(1, 3)}
    return figures, pdf.write(outline(figures, edition, chapters=prose), variant)


def confidences(found):
    """Return the confidences of all cells."""
    return {cell.confidence for table in found.tables.values() for cell in table.cells}


def short(found):
    """Return the findings that say of a table that something is lacking in it."""
    return [finding for finding in judge(Subject(found)).findings if finding.rule in {"F-05", "F-06", "C-01"}]


@pytest.mark.parametrize("variant", pdf_leaves.RULED)
def test_every_figure_of_a_ruled_table(variant, chance):
    """Figures, blanks, strokes and words stand where they are printed, at full confidence, however the page is made."""
    for edition in EDITIONS * 2:
        figures, data = made(chance, variant, edition)
        found = report(data)
        assert misread(found.tables, figures) == unread(found.tables) == []
        assert confidences(found) == {1.0}
        assert [section.ordinal for section in found.sections] == list("一二三四五六")


def test_tables_without_lines_are_never_sure(chance):
    """By the order of the text all printed figures are found, and none is of full confidence."""
    for edition in EDITIONS * 2:
        figures, data = made(chance, "unruled", edition, COUNTS)
        found = report(data)
        assert misread(found.tables, figures) == unread(found.tables) == []
        assert max(confidences(found)) < 1


def test_figures_of_tables_without_lines_are_not_guessed(chance):
    """Where blanks vanish with the lines, cells are unplaced; what is wrong is not of full confidence."""
    for edition in EDITIONS * 2:
        figures, data = made(chance, "unruled", edition)
        found = report(data)
        assert max(confidences(found)) < 1
        assert {raw for _, raw, _ in misread(found.tables, figures)} <= {"251000元"}  # broken over two lines


def test_doubt_stays_where_it_is(chance):
    """A row of no table in chapter 一 may be one of the table behind it, and of none farther on."""
    figures = drawn(chance)
    found = report(pdf.write(outline(figures, chapters={**PROSE, 1: "— 7"})))
    surely = {number: {cell.confidence for cell in table.cells} for number, table in found.tables.items()}
    assert surely == {"2": {0.8}, "3": {1.0}, "4": {1.0}}


@pytest.mark.parametrize("wide", [330, 470])
def test_tables_that_run_off_their_page(chance, wide):
    """Of what stands beyond the paper's edge nothing is said: no row is called short, no cell blank, what is read is not sure."""
    _, data = made(chance)
    assert data.count(b"[0 0 595") > 1
    found = report(data.replace(b"[0 0 595", b"[0 0 %d" % wide))
    assert max(confidences(found)) < 1
    assert not short(found)


def test_flaws_of_drawing_leave_nothing_surely_wrong(chance):
    """Texts beside their places, pieces of lines that are lacking: what may be of another cell is not of full confidence."""
    for edition in EDITIONS * 4:
        figures = drawn(chance, edition, ODD)
        for found in parse(flawed(chance, outline(figures, edition, chapters=PROSE)), source="a.pdf").reports:
            assert [cell for _, _, cell in misread(found.tables, figures) if cell.confidence == 1] == []


def test_documents_of_libreoffice(libreoffice):
    """What LibreOffice writes as PDF is read figure by figure."""
    chance = random.Random(3)  # a few tables keep it laying out pages for minutes
    figures = {f"{edition}-{place}": drawn(chance, edition, ODD) for place in range(2) for edition in EDITIONS}
    pages = {name: render(each, name[:4], "html", chapters=PROSE) for name, each in figures.items()}
    files = libreoffice.converted({f"{name}.html": page.encode() for name, page in pages.items()}, "pdf")
    for name, each in figures.items():
        found = report(files[name])
        assert misread(found.tables, each) == unread(found.tables) == []
        assert confidences(found) == {1.0}


@pytest.mark.parametrize(("edition", "heads"), [("2021", False), ("2019", True)])
def test_pages_printed_by_chromium(chromium, chance, edition, heads):
    """What a browser prints of a portal's page is read figure by figure, with the browser's heads and feet or without.

    Nothing is in doubt but 12 3 in a cell so narrow that it stands on two lines: where 123 has no room that reads as 123.
    """
    figures = drawn(chance, edition, ODD)
    found = report(chromium(render(figures, edition, "html", chapters=PROSE), heads=heads))
    wrong = misread(found.tables, figures)
    assert {(printed, cell.raw, cell.confidence) for _, printed, cell in wrong} <= {("12 3", "123", 0.8)}
    assert unread(found.tables) == []
    doubtful = [cell for table in found.tables.values() for cell in table.cells if cell.confidence < 1]
    assert {cell.raw for cell in doubtful} <= {"12 3", "123"}
    assert "file:" not in found.text


def test_printed_pages_without_borders(chromium, chance):
    """A browser prints a table as its page shows it: without lines most figures are found, none is sure, and none wrong."""
    figures = drawn(chance, "2021", COUNTS)
    found = report(chromium(render(figures, "2021", "word_html", chapters=PROSE), heads=True))
    assert misread(found.tables, figures) == []
    assert len(unread(found.tables)) < 40
    assert max(confidences(found)) < 1


def test_a_wide_table_printed_by_chromium(chromium, chance):
    """A browser cuts a page off that is far too wide for the paper: its tables are damaged, and no row is called short."""
    page = render(drawn(chance), style="html", chapters=PROSE)
    found = report(chromium(page.replace("<table", "<table style='min-width:1800px'")))
    assert {table.state for table in found.tables.values()} == {"damaged"}
    assert not short(found)
    assert judge(Subject(found)).verdict == "无法核验"


def test_the_findings_are_those_of_the_page(chance):
    """The same report says the same in both formats."""
    figures = drawn(chance)
    page = render(figures, style="html", chapters=PROSE)
    first, second = (
        judge(Subject(found)) for found in (report(page.encode()), report(pdf.write(outline(figures, chapters=PROSE))))
    )
    assert [finding.key for finding in first.findings] == [finding.key for finding in second.findings]
    assert first.verdict == second.verdict


def test_cells_know_page_and_box(chance):
    """A figure's place is a box on a page."""
    _, data = made(chance)
    cells = [cell for table in report(data).tables.values() for cell in table.cells]
    assert all(isinstance(cell.at, PageBox) and cell.at.page in range(1, 6) for cell in cells)


@pytest.mark.parametrize(
    ("sheets", "code"),
    [
        ([Sheet("", image=True)] * 2, "no_recognition"),
        ([Sheet(text(60, 700, 12, "规章58" * 20, "N"))], "no_recognition"),
        ([Sheet(text(60, 700, 1, "".join(map(chr, range(0x7000, 0x7200)))))], "no_recognition"),
    ],
    ids=["scan", "types without names", "types with wrong names"],
)
def test_files_without_usable_text(sheets, code, monkeypatch):
    """Pictures and texts that nobody can name are not read as empty reports."""
    monkeypatch.setattr("services.parse.readers.pdf.installed", lambda: False)
    monkeypatch.setattr("services.parse.readers.recognition.installed", lambda: False)
    found = parse(document(sheets), source="a.pdf")
    assert (found.status, found.reason.code) == ("unreadable", code)


ATTACKS = {
    "packed twice": bomb(200),
    "operators": document([Sheet("1 1 m 2 2 l S\n" * 400_000)]),
    "one path": document([Sheet("0 0 m " + "9 9 l " * 1_500_000 + "S\n")]),
    "pages": document([Sheet("")] * 3000),
    "squared paper": document(
        [Sheet("".join(line(0, 4 * n, 9000, 4 * n) + line(4 * n, 0, 4 * n, 9000) for n in range(2000)))]
    ),
    "forms": document([Sheet("/X Do\n" * 100_000, form=True)]),
    "paper": document([Sheet(text(60, 700, 12, "规章"), (200_000, 200_000))]),
}


@pytest.mark.parametrize("attack", ATTACKS)
async def test_files_that_only_exhaust(attack, workers):
    """Each ends in a status, in a process with a gigabyte, and the next document is read."""
    found = await workers.parse(ATTACKS[attack], source="a.pdf")
    assert found.status in {"unreadable", "not_a_report"}
    assert found.reason.code in {"refused_structure", "too_many_pages", "no_report", "too_much_memory", "damaged"}


@settings(max_examples=60, deadline=None)
@given(some.data())
def test_damaged_files_are_never_surely_wrong(data):
    """A file cut anywhere, or with any bytes of its packed streams changed, ends in a status; no sure cell is wrong."""
    figures, whole = made(random.Random(data.draw(some.integers(0, 3))))
    streams = [place for place in range(len(whole)) if whole.startswith(b">>stream\n", place)]
    if data.draw(some.booleans()):
        damaged = whole[: data.draw(some.integers(0, len(whole)))]
    else:
        changed = bytearray(whole)
        for begin in data.draw(some.lists(some.sampled_from(streams), min_size=1, max_size=4)):
            end = whole.index(b"endstream", begin)
            changed[data.draw(some.integers(begin + 9, end - 2))] ^= 1 << data.draw(some.integers(0, 7))
        damaged = bytes(changed)
    found = parse(damaged, source="a.pdf")
    assert found.reason is None or found.reason.code != "reader_failed"
    for each in found.reports:
        assert [cell for _, _, cell in misread(each.tables, figures) if cell.confidence == 1] == []


@settings(max_examples=60, deadline=None)
@given(some.binary(max_size=400), some.integers(0, 400))
def test_any_bytes_are_answered(junk, at):
    """Whatever follows the head of a PDF, or stands in the middle of one, there is an answer."""
    whole = pdf.write(outline({}))
    for data in (b"%PDF-1.7\n" + junk, whole[: at * 8] + junk + whole[at * 8 :]):
        found = parse(data, source="a.pdf")
        assert found.reason is None or found.reason.code != "reader_failed"


def test_content_of_a_page():
    """Text outside tables becomes paragraphs."""
    content = read(document([Sheet(text(60, 700, 12, "样例市数据局2024年政府信息公开工作年度报告"))]))
    assert content.text == "样例市数据局2024年政府信息公开工作年度报告\n"
    assert content.confidence == 1


async def test_a_worker_stays_small():
    """Reading does not pile up memory in a process: it reads on after many documents."""
    _, data = made(random.Random(1))
    async with Workers(1, memory=512 * 1024 * 1024) as few:
        found = [await few.parse(data, source="a.pdf") for _ in range(30)]
    assert {each.status for each in found} == {"report"}
