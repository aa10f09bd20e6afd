import json
import pathlib
import shutil

import pytest

from services.__main__ import main

SAMPLES = pathlib.Path(__file__).parents[2] / "shared" / "testing" / "samples"
CLEAN, FAULTY = "样例市数据局-2024.txt", "样例市示范区人民政府办公室-2024.txt"


def run(*arguments: object, capsysbinary: pytest.CaptureFixture[bytes]) -> tuple[int | str | None, str]:
    """Return exit code and standard output of `nianbao corpus`."""
    with pytest.raises(SystemExit) as ended:
        main(["corpus", *map(str, arguments)])
    return ended.value.code, capsysbinary.readouterr().out.decode()


@pytest.fixture
def folder(tmp_path: pathlib.Path) -> pathlib.Path:
    """Return a folder of its own with two reports and a file that is none, one of them below."""
    (tmp_path / "documents" / "县").mkdir(parents=True)
    for name, below in ((CLEAN, ""), (FAULTY, "县"), ("空文件.txt", "")):
        shutil.copy(SAMPLES / name, tmp_path / "documents" / below / name)
    return tmp_path / "documents"


def edit(path: pathlib.Path, old: str, new: str) -> None:
    """Replace what stands once in a file."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, text.count(old)
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_the_same_documents_give_the_same_file(
    folder: pathlib.Path, tmp_path: pathlib.Path, capsysbinary: pytest.CaptureFixture[bytes]
):
    """Byte for byte, wherever the folder stands, packed or not; and nothing differs."""
    shutil.copytree(folder, tmp_path / "elsewhere")
    files = [tmp_path / name for name in ("a.jsonl", "b.jsonl", "c.gz", "d.gz")]
    for file, source in zip(files, [folder, tmp_path / "elsewhere"] * 2, strict=True):
        assert run("run", source, "--to", file, capsysbinary=capsysbinary) == (
            0,
            f"共3个文件，结果已存入：\n{file}\n",
        )
    plain, again, packed, repacked = (file.read_bytes() for file in files)
    assert (plain, packed) == (again, repacked)
    assert len(packed) < len(plain) / 5
    code, told = run("diff", files[0], files[3], capsysbinary=capsysbinary)
    assert (code, told.splitlines()[-1]) == (0, "比较了3个文件，没有不同。")
    assert run("diff", "--format", "json", files[0], files[3], capsysbinary=capsysbinary) == (0, "")


def test_what_another_rule_set_changes_is_told(
    folder: pathlib.Path, tmp_path: pathlib.Path, capsysbinary: pytest.CaptureFixture[bytes]
):
    """The same documents judged by what an office sets: its rule set is named, and every finding that is told otherwise."""
    old, new, ruleset = tmp_path / "old.jsonl", tmp_path / "new.jsonl", tmp_path / "ruleset.toml"
    ruleset.write_text('version = "试-1"\n[severity]\nT3-01 = "W"\n', "utf-8")
    run("run", folder, "--to", old, capsysbinary=capsysbinary)
    run("run", folder, "--to", new, "--ruleset", ruleset, capsysbinary=capsysbinary)
    code, told = run("diff", old, new, capsysbinary=capsysbinary)
    assert code == 1
    assert "+试-1（" in told.splitlines()[1]
    assert "发现 T3-01" in told
    assert "→ 请核实" in told


def test_every_difference_is_told(
    folder: pathlib.Path, tmp_path: pathlib.Path, capsysbinary: pytest.CaptureFixture[bytes]
):
    """A figure, what is found because of it, the verdict; documents in one only; the exit code says that there are any."""
    old, new = tmp_path / "old.jsonl", tmp_path / "new.jsonl"
    run("run", folder, "--to", old, capsysbinary=capsysbinary)
    text = (folder / CLEAN).read_text(encoding="utf-8")
    row = next(line for line in text.splitlines() if "二、上年结转" in line)
    edit(folder / CLEAN, row, row.replace(row.split("|")[1].strip(), "99", 1))
    (folder / "空文件.txt").rename(folder / "另一个.txt")
    run("run", folder, "--to", new, capsysbinary=capsysbinary)
    code, told = run("diff", "--format", "json", old, new, capsysbinary=capsysbinary)
    found = [json.loads(line) for line in told.splitlines()]
    assert code == 1
    assert {each["source"] for each in found} == {CLEAN, "另一个.txt", "空文件.txt"}
    [cell] = [each for each in found if each["what"] == "cell"]
    assert (cell["place"], cell["old"]["value"], cell["new"]["value"]) == ("表三“二、上年结转·自然人”", 3, 99)
    assert {each["new"]["rule"] for each in found if each["what"] == "finding"} >= {"T3-01", "T3-02"}
    assert [(each["old"], each["new"]) for each in found if each["what"] == "verdict"] == [("合格", "需更正")]
    code, told = run("diff", old, new, capsysbinary=capsysbinary)
    assert code == 1
    for line in ("  表三“二、上年结转·自然人”：3 → 99", "  结论：合格 → 需更正", "  仅在旧结果中", "  仅在新结果中"):
        assert line in told.splitlines()
    assert "仅在旧结果中的1个；仅在新结果中的1个。" in "".join(told.splitlines()[-2:])


def test_the_file_has_none_of_the_text(
    folder: pathlib.Path, tmp_path: pathlib.Path, capsysbinary: pytest.CaptureFixture[bytes]
):
    """No sentence of the report, no words of a cell, no personal data, no message: figures and addresses only."""
    edit(folder / CLEAN, "五、", "联系人王小明，电话13800138000。\n五、")
    to = tmp_path / "a.jsonl"
    run("run", folder, "--to", to, capsysbinary=capsysbinary)
    stored = to.read_text(encoding="utf-8")
    sentences = [line for line in (folder / CLEAN).read_text(encoding="utf-8").splitlines() if "。" in line]
    assert sentences
    assert not [line for line in sentences if line[:12] in stored]
    assert not [secret for secret in ("王小明", "138", '"message"', '"quote"') if secret in stored]


@pytest.mark.parametrize(
    "data", [b"", b"{}\n", b'{"corpus": 99}\n', b"\x1f\x8b\x00", b"\xff", b"[]\n", b'{"corpus": 1}\n']
)
def test_what_is_no_such_file_is_one_line(data: bytes, tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]):
    """A file that `corpus run` did not write, and one that is not there, are usage errors of one line."""
    (tmp_path / "a").write_bytes(data)
    for arguments in (["diff", str(tmp_path / "a"), str(tmp_path / "a")], ["diff", str(tmp_path / "b"), str(tmp_path)]):
        with pytest.raises(SystemExit) as ended:
            main(["corpus", *arguments])
        said = capsys.readouterr()
        assert (ended.value.code, said.out, len(said.err.splitlines())) == (2, "", 1)


def test_a_folder_that_is_not_there_is_refused(tmp_path: pathlib.Path, capsysbinary: pytest.CaptureFixture[bytes]):
    """Nothing is written for documents that are nowhere, nor read for a file that cannot be."""
    assert run("run", tmp_path / "none", "--to", tmp_path / "a.jsonl", capsysbinary=capsysbinary) == (2, "")
    assert run("run", tmp_path, "--to", tmp_path / "none" / "a.jsonl", capsysbinary=capsysbinary) == (2, "")
    assert list(tmp_path.iterdir()) == []
