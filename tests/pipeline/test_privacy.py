"""No personal data leaves the parser: not in what a command prints, not in a row, an event, a log line, a mail, a page or a metric."""

import contextlib
import dataclasses
import importlib.resources
import io
import json
import re
import zipfile
from datetime import date
from email import message_from_bytes

import httpx2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.__main__ import main
from services.parse.core import parse
from services.validate.core import RULESET, judge
from services.validate.subject import Subject
from shared.directory import store
from shared.output.checked import Checked
from shared.output.jsonl import json_line
from shared.personal.checks import check_digit, luhn
from shared.testing.bundles import NAME, page
from shared.testing.command import Command, run
from shared.testing.formats.docx import write as docx
from shared.testing.persons import PAGE_PLACES, PERSONAL, PLACES, leaked, riddled
from shared.testing.season import season
from shared.testing.waiting import until

SAMPLES = importlib.resources.files("shared.testing") / "samples"
TEXT = (SAMPLES / "样例市数据局-2024.txt").read_text(encoding="utf-8")
PAGE = (SAMPLES / "样例市生态环境局-2023.html").read_text(encoding="utf-8")
WIDE = {ord(sign): ord(sign) + 0xFEE0 for sign in "0123456789Xx@."}

BEFORE = [
    "",
    "电话",
    "联系人张三 ",
    "手机=",
    "1.",
    "12.",
    "0999-0000000/",
    "文号：样信公〔2024〕1号，电话",
    "编号3，张三",
    "（",
]
BEHIND = ["", "。", "（李四）", "/0999-0000000", "，邮编000000", "开户行"]


@st.composite
def mobiles(draw):
    """Draw a mobile number as it may be printed; in groups also with dashes, points or spaces."""
    digits = draw(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True))
    cuts = draw(st.sampled_from([(), (3, 7), (3, 6), (3, 8), (4, 7), (4, 8), (3,)]))
    return digits, _grouped(draw, digits, cuts)


@st.composite
def identities(draw):
    """Draw an identity number whose check digit holds, whole or in groups."""
    day = draw(st.dates(min_value=date(1930, 1, 1), max_value=date(2020, 1, 1))).strftime("%Y%m%d")
    stem = draw(st.sampled_from(["110105", "320101", "440300"])) + day + draw(st.from_regex("[0-9]{3}", fullmatch=True))
    return stem + check_digit(stem), _grouped(
        draw, stem + check_digit(stem), draw(st.sampled_from([(), (6, 14), (6,)]))
    )


@st.composite
def cards(draw):
    """Draw a card number whose check sum holds, whole or in fours."""
    stem = "62" + draw(st.from_regex("[0-9]{13}", fullmatch=True))
    digits = next(number for digit in range(10) if luhn(number := f"{stem}{digit}"))
    return digits, _grouped(draw, digits, draw(st.sampled_from([(), (4, 8, 12)])))


@st.composite
def mailboxes(draw):
    """Draw a private mailbox in one of the spellings that are to keep machines away."""
    local = draw(st.from_regex("[a-z]{6,12}[0-9]{2,6}", fullmatch=True))
    at = draw(st.sampled_from(["@", " @ ", "[at]", "(at)", "【at】", "#"]))
    return local, f"{local}{at}{draw(st.sampled_from(['qq.com', '163.com', 'foxmail.com']))}"


def _grouped(draw, digits, cuts):
    sign = draw(st.sampled_from(["-", " ", "—"]))
    groups = [digits[start:end] for start, end in zip((0, *cuts), (*cuts, len(digits)), strict=True)]
    return sign.join(groups)


@st.composite
def dirty(draw, published, places):
    """Draw a report with something personal at one place; the personal part, bare, and the report."""
    bare, printed = draw(st.one_of(mobiles(), identities(), cards(), mailboxes()))
    printed = printed.translate(WIDE) if draw(st.booleans()) else printed
    before, behind = draw(st.sampled_from(BEFORE)), draw(st.sampled_from(BEHIND))
    mark, with_it = draw(st.sampled_from(places))
    assert mark in published
    return bare, published.replace(mark, with_it.format(before + printed + behind), 1)


def _leaves(published, bare, name):
    """Return whether the personal part is anywhere in what `check --with-text` prints, also with signs between."""
    document = parse(published.encode(), source=name)
    judgements = tuple(judge(Subject(report)) for report in document.reports)
    line = json_line(Checked(document, judgements, RULESET), with_text=True)
    assert document.reports
    return leaked(line, [bare])


@settings(max_examples=150, deadline=None)
@given(dirty(TEXT, PLACES))
def test_check_prints_nothing_personal(case):
    """Whatever the spelling, the neighbours and the place: title, chapter, prose, row label, column head or cell."""
    bare, published = case
    assert not _leaves(published, bare, "x.txt")


@settings(max_examples=60, deadline=None)
@given(dirty(PAGE, PAGE_PLACES))
def test_check_prints_nothing_personal_of_a_page(case):
    """The same for cells, heads and titles of a web page."""
    bare, published = case
    assert not _leaves(published, bare, "x.html")


ON_NAME = "13812345678"
BYTES = re.compile(r"\\\\x((?:[0-9a-f]{2})+)")


COMMANDS = [
    *[("check", "--format", kind) for kind in ("text", "json", "html")],
    ("check", "--format", "json", "--with-text"),
    *[("parse", "--format", kind) for kind in ("text", "json", "html")],
    ("parse", "--format", "json", "--with-text"),
    *[("claims", "--format", kind) for kind in ("text", "json")],
]
FILES = [("claims", "--format", "xlsx", "--output", "claims.xlsx"), ("corpus", "run", "--to", "corpus.json")]


@pytest.fixture
def published(tmp_path, monkeypatch):
    """Give a folder with a text, a page, and a page with its attachment, all full of personal data."""
    folder = tmp_path / "published"
    (folder / "files").mkdir(parents=True)
    (folder / "text.txt").write_text(riddled(TEXT), encoding="utf-8")
    (folder / "page.html").write_text(riddled(PAGE, PAGE_PLACES), encoding="utf-8")
    (folder / "listing.html").write_bytes(riddled(page({}, {"files/P01.docx": NAME}).decode(), PAGE_PLACES).encode())
    (folder / "files" / "P01.docx").write_bytes(docx([*riddled(TEXT).split("\n")]))
    monkeypatch.chdir(tmp_path)
    return folder


def test_what_is_published_is_full_of_personal_data(published):
    """Else the tests below would show nothing; and it is masked where it was read."""
    for file in ("text.txt", "page.html", "listing.html"):
        assert leaked((published / file).read_text(encoding="utf-8")) == list(PERSONAL)
    (report,) = parse((published / "text.txt").read_bytes(), source="x.txt").reports
    kinds = {mark.kind for mark in report.marks}
    assert kinds == {"mobile", "identity_number", "mailbox", "bank_card", "applicant"}
    assert len(report.marks) > 4 * len(PLACES)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_command_prints_anything_personal(command, published, capfdbinary):
    """Text, JSON, pages, with the text of the reports as well: nothing on standard output, nothing on standard error."""
    with pytest.raises(SystemExit):
        main([*command, str(published)])
    captured = capfdbinary.readouterr()
    assert len(captured.out) > 1000
    assert leaked(captured.out.decode()) == leaked(captured.err.decode()) == []


@pytest.mark.parametrize("command", FILES, ids=" ".join)
def test_no_command_writes_anything_personal(command, published, capfdbinary):
    """A workbook of figures, the stored results of a corpus."""
    with pytest.raises(SystemExit):
        main([*command, str(published)])
    assert leaked(capfdbinary.readouterr().out.decode()) == []
    written = (published.parent / command[-1]).read_bytes()
    assert leaked(_unpacked(written)) == []


def _unpacked(data):
    """Return the text of a file, of a workbook that of its parts."""
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return data.decode()
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        return "\n".join(parts.read(name).decode() for name in parts.namelist())


def _submission():
    """Return an agency and its faulty report with something personal at every place, under the name of a person."""
    each = next(season(1))
    data = riddled(each.data.decode())
    assert leaked(data) == list(PERSONAL)
    return dataclasses.replace(each, name=f"申请人张三 {ON_NAME}.txt", data=data.encode())


@contextlib.asynccontextmanager
async def _running(database, folder):
    (folder / "reports").mkdir()
    settings = {"database": database, "data_dir": str(folder / "data"), "mail_folder": str(folder / "mails")}
    settings |= {"upload_port": "0", "http_port": "0", "release": "auto", "office": "样例市政府信息公开工作主管部门"}
    up = Command(("up", "--watch", str(folder / "reports")), settings, folder / "log")
    up.start()
    try:
        yield up
    finally:
        await up.listening()
        assert up.stop() == 0


async def _rows(pool):
    """Return every row of every table as one line of text, without the published bytes themselves."""
    rows = []
    for (table,) in await pool.fetch("select tablename from pg_tables where schemaname = 'public' order by tablename"):
        for (row,) in await pool.fetch(f"select (to_jsonb(t) - 'content')::text from {table} t"):
            rows.append(f"{table} {BYTES.sub(_text, row)}")
    return rows


def _text(of_bytes):
    return bytes.fromhex(of_bytes[1]).decode(errors="replace")


async def test_nothing_personal_goes_through_the_pipeline(database, pool, tmp_path):
    """Only the stored document holds what was published; the file's name is the source's address, and in no mail or log.

    The mail about an applicant waits for an operator, although mails go out by themselves.
    """
    submission = _submission()
    async with pool.acquire() as connection:
        await store.replace(connection, [submission.agency], by="test")
    async with _running(database, tmp_path) as up:
        (tmp_path / "reports" / submission.name).write_bytes(submission.data)
        await until(lambda: pool.fetchval("select exists (select from notice where hold_reason = 'confirm')"))
        told = [_released(up.settings, await pool.fetchval("select notice_id::text from notice"))]
        await until(lambda: pool.fetchval("select exists (select from notice where status = 'sent')"))
        await until(lambda: pool.fetchval("select not exists (select from outbox where published_at is null)"))
        told += [each.replace(submission.name, "") for each in await _shown(up)]
    rows = await _rows(pool)
    mails = [message_from_bytes(mail.read_bytes()) for mail in (tmp_path / "mails").glob("*.eml")]
    told += [_decoded(mail) for mail in mails] + up.said.splitlines()
    assert len(mails) == 1
    assert {row.partition(" ")[0] for row in rows} >= {"outbox", "report", "judgement", "finding", "notice"}
    assert any(row.startswith("outbox ") and '"judgement_no"' in row for row in rows)
    assert [line for line in rows + told if leaked(line)] == []
    assert [line for line in told if leaked(line, [ON_NAME, "张三"])] == []
    assert any("138****5678" in line for line in told)
    assert all(rule in _decoded(mails[0]) for rule in ("P-01", "P-02", "P-03", "P-04", "P-05"))


def _released(settings, notice):
    done = run("notices", "release", notice, "--yes", settings=settings)
    assert done.returncode == 0
    return done.stdout + done.stderr


async def _shown(up):
    """Return the metrics, and what an operator sees of the notice and the report (its source, the file's name, aside)."""
    said = [json.loads(line) for line in up.said.splitlines()]
    address = next(line["address"] for line in said if line["event"] == "listening")
    async with httpx2.AsyncClient() as client:
        metrics = (await client.get(f"http://{address}/metrics")).text
    assert "nianbao_findings_total" in metrics
    shown = [("notices", "list"), ("notices", "list", "--format", "json"), ("tasks", "list"), ("rules", "list")]
    return [metrics, *(run(*command, settings=up.settings).stdout for command in shown)]


def _decoded(mail):
    parts = [part.get_payload(decode=True).decode() for part in mail.walk() if not part.is_multipart()]
    return "\n".join([*map(str, mail.values()), *parts])
