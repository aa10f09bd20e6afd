import json
import pathlib

import pytest

from services.__main__ import main

SAMPLES = pathlib.Path(__file__).parents[2] / "shared" / "testing" / "samples"
CLEAN = "样例市数据局-2024.txt"


def run(*arguments: str, capsysbinary: pytest.CaptureFixture[bytes]) -> tuple[int | str | None, str]:
    """Return exit code and standard output of a command."""
    with pytest.raises(SystemExit) as ended:
        main(list(arguments))
    return ended.value.code, capsysbinary.readouterr().out.decode()


def test_json_is_that_of_check_without_the_judgement(capsysbinary: pytest.CaptureFixture[bytes]):
    """Of every document the line is check's, key for key, without verdict, findings and not_checked."""
    _, parsed = run("parse", "--format", "json", "--with-text", str(SAMPLES), capsysbinary=capsysbinary)
    _, checked = run("check", "--format", "json", "--with-text", str(SAMPLES), capsysbinary=capsysbinary)
    expected = [json.loads(line) for line in checked.splitlines()]
    for document in expected:
        for report in document["reports"]:
            for key in ("verdict", "findings", "not_checked", "ran"):
                del report[key]
    assert [list(json.loads(line).items()) for line in parsed.splitlines()] == [list(each.items()) for each in expected]


@pytest.mark.parametrize(
    ("names", "code"),
    [((CLEAN, "样例市示范区人民政府办公室-2024.txt", "新闻-年度报告发布.html"), 0), ((CLEAN, "空文件.txt"), 3)],
)
def test_exit_codes(names: tuple[str, ...], code: int, capsysbinary: pytest.CaptureFixture[bytes]):
    """What a report says wrong is no matter of reading it; a document that is empty or unreadable is."""
    paths = [str(SAMPLES / name) for name in names]
    assert run("parse", *paths, capsysbinary=capsysbinary)[0] == code


def test_page_into_a_file(tmp_path: pathlib.Path, capsysbinary: pytest.CaptureFixture[bytes]):
    """--output writes the page into a file and nothing to standard output; without a folder for it nothing is read."""
    target = tmp_path / "read.html"
    arguments = ("parse", "--format", "html", str(SAMPLES / CLEAN), "--output")
    assert run(*arguments, str(target), capsysbinary=capsysbinary) == (0, "")
    assert target.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert run(*arguments, str(tmp_path / "no" / "read.html"), capsysbinary=capsysbinary) == (2, "")
