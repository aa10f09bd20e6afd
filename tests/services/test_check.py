import io
import json
import os
import pathlib
import random
import subprocess
import sys
import zipfile
from collections.abc import Callable

import pytest

from services.__main__ import main
from shared.documents import PROBLEMS
from shared.forms import FORMS
from shared.model.cell import TableNumber
from shared.testing.figures import ODD, drawn
from shared.testing.formats import doc, docx, html, odt, rtf, sheet
from shared.testing.layouts import Laid, outline, render
from shared.testing.season import season
from shared.text import PICTURE

CLEAN = "样例市数据局-2024.txt"
FAULTY = "样例市示范区人民政府办公室-2024.txt"
SAMPLES = pathlib.Path(__file__).parents[2] / "shared" / "testing" / "samples"


class Standard(io.TextIOWrapper):
    """Standard input of given bytes."""

    def __init__(self, data: bytes) -> None:
        super().__init__(io.BytesIO(data), encoding="utf-8")


def run(*arguments: str, capsysbinary: pytest.CaptureFixture[bytes]) -> tuple[int | str | None, str]:
    """Return exit code and standard output of `nianbao check`."""
    with pytest.raises(SystemExit) as ended:
        main(["check", *arguments])
    return ended.value.code, capsysbinary.readouterr().out.decode()


def lines(output: str) -> list[dict[str, object]]:
    """Return the documents of JSON output."""
    return [json.loads(line) for line in output.splitlines()]


def test_one_line_a_document_in_the_order_of_the_arguments(capsysbinary: pytest.CaptureFixture[bytes]):
    """Each document is one line, in the order given, with the source as given; a document given twice is there twice."""
    paths = [str(SAMPLES / FAULTY), "missing.html", str(SAMPLES / CLEAN), str(SAMPLES / FAULTY)]
    code, output = run("--format", "json", *paths, capsysbinary=capsysbinary)
    assert [document["source"] for document in lines(output)] == paths
    assert code == 3


def test_a_figure_that_is_a_picture(capsysbinary: pytest.CaptureFixture[bytes], tmp_path: pathlib.Path):
    """Its cell is not said to be empty or wrong: what rests on it is not checked, and nothing else suffers."""
    place = {"table": "3", "row": "本年新收", "column": "自然人"}
    path = tmp_path / "a.html"
    path.write_bytes(html.write(outline({("3", "本年新收", "自然人"): PICTURE})))
    _, output = run("--format", "json", str(path), capsysbinary=capsysbinary)
    (report,) = json.loads(output)["reports"]
    assert not [each for each in report["findings"] if each["severity"] == "E"]
    doubted = [each for each in report["not_checked"] if each["reason"] == "low_confidence"]
    assert {"C-06", "T3-01", "T3-02"} <= {each["rule"] for each in doubted}
    assert all(each["places"] == [place] for each in doubted if each["rule"] == "C-06")


def test_a_path_that_is_not_there(capsysbinary: pytest.CaptureFixture[bytes]):
    """A missing path is a line with status unreadable, code missing, and null for what only bytes could tell."""
    _, output = run("--format", "json", "no-such.html", capsysbinary=capsysbinary)
    [document] = lines(output)
    assert (document["status"], document["reason"]) == (
        "unreadable",
        {"code": "missing", "message": PROBLEMS["missing"]},
    )
    assert [document[key] for key in ("sha256", "bytes", "media_type")] == [None, None, None]
    assert document["reports"] == []


def test_every_table_has_all_cells_of_its_form_in_order(capsysbinary: pytest.CaptureFixture[bytes]):
    """Tables hold exactly the cells of their form, also a table that is not there."""
    _, output = run("--format", "json", str(SAMPLES), capsysbinary=capsysbinary)
    numbers: tuple[TableNumber, ...] = ("2", "3", "4")
    seen = 0
    for document in lines(output):
        for report in document["reports"]:  # type: ignore[attr-defined]
            for number in numbers:
                table = report["tables"][number]
                addresses = tuple((cell["row"], cell["column"]) for cell in table["cells"])
                assert addresses in {form.tables[number].addresses for form in FORMS.values()}
                seen += 1
    assert seen >= 30


def test_a_folder_and_its_archive_give_the_same(tmp_path: pathlib.Path, capsysbinary: pytest.CaptureFixture[bytes]):
    """A ZIP counts as a folder: the same documents in the same order, named archive/member."""
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for path in SAMPLES.iterdir():
            archive.write(path, path.name)
    _, folder = run("--format", "json", str(SAMPLES), capsysbinary=capsysbinary)
    _, packed = run("--format", "json", str(tmp_path / "a.zip"), capsysbinary=capsysbinary)
    assert packed.replace(f"{tmp_path}/a.zip/", f"{SAMPLES}/") == folder


def test_standard_input(monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]):
    """`-` reads standard input, beside other paths."""
    monkeypatch.setattr(sys, "stdin", Standard((SAMPLES / CLEAN).read_bytes()))
    code, output = run("--format", "json", "-", str(SAMPLES / CLEAN), capsysbinary=capsysbinary)
    piped, named = lines(output)
    assert piped["source"] == "-"
    assert {**piped, "source": named["source"]} == named
    assert code == 0


@pytest.mark.parametrize(
    ("names", "code"),
    [
        ((CLEAN,), 0),
        (("新闻-年度报告发布.html",), 0),
        ((CLEAN, FAULTY), 1),
        (("样例市生态环境局-2023.html",), 1),
        ((FAULTY, "空文件.txt"), 3),
        (("空文件.txt", CLEAN), 3),
    ],
)
def test_exit_codes(names: tuple[str, ...], code: int, capsysbinary: pytest.CaptureFixture[bytes]):
    """0: nothing found, also no report; 1: a finding E or W; 3: a document that is empty or unreadable, before all else."""
    assert run(*(str(SAMPLES / name) for name in names), capsysbinary=capsysbinary)[0] == code


def test_a_rule_set_file_sets_what_is_found(tmp_path: pathlib.Path, capsysbinary: pytest.CaptureFixture[bytes]):
    """Severities are as set, the rule set is named with the file's version and a hash of its own, also by the page."""
    file = tmp_path / "ruleset.toml"
    file.write_text('version = "试-1"\n[severity]\nT3-01 = "W"\n', encoding="utf-8")
    faulty, page = str(SAMPLES / FAULTY), tmp_path / "check.html"
    as_written, as_set = (
        lines(run("--format", "json", *options, faulty, capsysbinary=capsysbinary)[1])[0]
        for options in ((), ("--ruleset", str(file)))
    )
    version = as_written["ruleset"]["version"]  # type: ignore[index]
    assert as_set["ruleset"]["version"] == f"{version}+试-1"  # type: ignore[index]
    assert as_set["ruleset"]["hash"] != as_written["ruleset"]["hash"]  # type: ignore[index]
    told, set_so = (
        {found["rule"]: found["severity"] for found in document["reports"][0]["findings"]}  # type: ignore[index]
        for document in (as_written, as_set)
    )
    assert told["T3-01"] == "E"
    assert set_so == {**told, "T3-01": "W"}
    run("--format", "html", "--output", str(page), "--ruleset", str(file), faulty, capsysbinary=capsysbinary)
    assert f"规则集 {version}+试-1" in page.read_text(encoding="utf-8")


def test_a_folder_without_documents_is_told(tmp_path: pathlib.Path, capsysbinary: pytest.CaptureFixture[bytes]):
    """Nothing was read, so nothing passed: a line as of a missing path, and exit code 3, also beside a clean report."""
    folder, archive = tmp_path / "空", tmp_path / "空.zip"
    folder.mkdir()
    (folder / ".hidden").touch()
    zipfile.ZipFile(archive, "w").close()
    code, output = run("--format", "json", str(folder), str(archive), str(SAMPLES / CLEAN), capsysbinary=capsysbinary)
    nothing = {"code": "no_documents", "message": PROBLEMS["no_documents"]}
    assert [(each["source"], each["status"], each["reason"]) for each in lines(output)] == [
        (str(folder), "unreadable", nothing),
        (str(archive), "unreadable", nothing),
        (str(SAMPLES / CLEAN), "report", None),
    ]
    assert code == 3


@pytest.mark.parametrize(
    "arguments",
    [
        ["x", "--output", "no/such/folder/x.html"],
        ["x", "--format", "yaml"],
        ["x", "--today", "yesterday"],
        ["x", "--agencies", "no-such.csv"],
        ["x", "--ruleset", "no-such.toml"],
    ],
)
def test_usage_is_refused_before_anything_is_read(arguments: list[str], capsysbinary: pytest.CaptureFixture[bytes]):
    """What cannot be done is exit code 2 and nothing on standard output."""
    assert run(*arguments, capsysbinary=capsysbinary) == (2, "")


def test_the_directory_lets_its_rules_speak(capsysbinary: pytest.CaptureFixture[bytes]):
    """Without --agencies the rules that need it are listed as not checked; with it they are not."""
    reasons = []
    for options in ([], ["--agencies", str(SAMPLES / "agencies.csv")]):
        _, output = run("--format", "json", *options, str(SAMPLES / CLEAN), capsysbinary=capsysbinary)
        [document] = lines(output)
        not_checked = document["reports"][0]["not_checked"]  # type: ignore[index]
        reasons.append({each["reason"] for each in not_checked})
    assert reasons == [{"no_directory", "no_prior_year"}, {"no_prior_year"}]


def test_two_years_of_one_agency_are_held_against_each_other(
    tmp_path: pathlib.Path, capsysbinary: pytest.CaptureFixture[bytes]
):
    """The finding stands on the later report, whichever is given first, and names the earlier one."""
    years = [next(season(1, faulty_every=2, year=year)) for year in (2024, 2023)]
    for each in years:
        (tmp_path / each.name).write_bytes(each.data)
    _, output = run("--format", "json", *(str(tmp_path / each.name) for each in years), capsysbinary=capsysbinary)
    later, earlier = ([f for f in d["reports"][0]["findings"] if f["rule"] == "XY-01"] for d in lines(output))  # type: ignore[index]
    assert earlier == []
    assert [(f["read"], f["expected"], f["difference"]) for f in later] == [(3, 5, -2)]
    assert "上一年度（2023年）报告" in later[0]["message"]


def test_text_only_when_asked(capsysbinary: pytest.CaptureFixture[bytes]):
    """--with-text adds the normalised text, whose ranges quote the chapters."""
    _, output = run("--format", "json", "--with-text", str(SAMPLES / CLEAN), capsysbinary=capsysbinary)
    [document] = lines(output)
    report = document["reports"][0]  # type: ignore[index]
    section = report["sections"][0]
    assert "总体情况" in report["text"][section["start"] : section["end"]]
    _, output = run("--format", "json", str(SAMPLES / CLEAN), capsysbinary=capsysbinary)
    assert "text" not in json.loads(output)["reports"][0]


def test_page_into_a_file(tmp_path: pathlib.Path, capsysbinary: pytest.CaptureFixture[bytes]):
    """--output writes the page into a file and nothing to standard output."""
    target = tmp_path / "check.html"
    code, output = run("--format", "html", "--output", str(target), str(SAMPLES), capsysbinary=capsysbinary)
    assert (code, output) == (3, "")
    assert target.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_large_documents_are_read_in_their_place(tmp_path: pathlib.Path, capsysbinary: pytest.CaptureFixture[bytes]):
    """A document large enough for a worker process stands in its place among the others."""
    text = (SAMPLES / CLEAN).read_text(encoding="utf-8")
    (tmp_path / "b.txt").write_text(text + "\n" * 200_000, encoding="utf-8")
    for name in ("a.txt", "c.txt"):
        (tmp_path / name).write_text(text, encoding="utf-8")
    _, output = run("--format", "json", str(tmp_path), capsysbinary=capsysbinary)
    documents = lines(output)
    assert [document["source"] for document in documents] == [f"{tmp_path}/{name}.txt" for name in "abc"]
    assert {document["status"] for document in documents} == {"report"}


def test_byte_for_byte_the_same_under_another_locale(tmp_path: pathlib.Path):
    """Neither locale, time zone, hash seed nor terminal width changes an output on the same bytes, rule set, directory and day."""
    ruleset = tmp_path / "ruleset.toml"
    ruleset.write_text('version = "1"\noff = ["T2-08", "C-08"]\n[severity]\nT3-01 = "W"\nT3-09 = "W"\n', "utf-8")
    given = ("--ruleset", str(ruleset), "--agencies", str(SAMPLES / "agencies.csv"), "--today", "2025-02-01")
    for format_ in ("json", "text", "html"):
        outputs = set()
        for environment in (
            {"LC_ALL": "C", "PYTHONHASHSEED": "1"},
            {"TZ": "Asia/Shanghai", "COLUMNS": "40", "PYTHONHASHSEED": "2"},
        ):
            command = [sys.executable, "-m", "services", "check", "--format", format_, *given, str(SAMPLES)]
            ran = subprocess.run(
                command, env={**os.environ, **environment}, capture_output=True, check=False, cwd=tmp_path
            )
            assert ran.stderr == b""
            outputs.add(ran.stdout)
        assert len(outputs) == 1


def test_a_file_name_that_is_no_text(tmp_path: pathlib.Path):
    """A file name of bytes that are no UTF-8 does not stop the output."""
    path = os.fsencode(tmp_path) + b"/\xff.txt"
    with open(path, "wb") as file:  # noqa: PTH123 - pathlib knows no such names
        file.write(b"")
    ran = subprocess.run(
        [sys.executable, "-m", "services", "check", "--format", "json", path], capture_output=True, check=False
    )
    assert (ran.returncode, ran.stderr) == (3, b"")
    assert json.loads(ran.stdout)["status"] == "empty"


WRITERS: dict[str, Callable[[list[str | Laid]], bytes]] = {
    "doc": doc.write,
    "docx": docx.write,
    "rtf": rtf.write,
    "odt": odt.write,
    "ods": odt.write_sheet,
    "xlsx": sheet.write,
}


@pytest.mark.parametrize("format_", WRITERS)
def test_the_same_findings_whatever_the_format(
    format_: str, tmp_path: pathlib.Path, capsysbinary: pytest.CaptureFixture[bytes]
):
    """A report with blanks, strokes and faults is judged alike as a page and as a file of any format."""
    figures = drawn(random.Random(format_), "2021", ODD)
    page, file = tmp_path / "page.html", tmp_path / f"file.{format_}"
    page.write_text(render(figures, style="html"), "utf-8")
    file.write_bytes(WRITERS[format_](outline(figures)))
    _, output = run("--format", "json", str(page), str(file), capsysbinary=capsysbinary)
    told = [document["reports"][0] for document in map(json.loads, output.splitlines())]
    judged = [{key: report[key] for key in ("agency", "year", "form", "verdict", "not_checked")} for report in told]
    found = [
        sorted((each["key"], each["fingerprint"], each["severity"]) for each in report["findings"]) for report in told
    ]
    assert judged[0] == judged[1]
    assert found[0] == found[1]
    assert found[0]
