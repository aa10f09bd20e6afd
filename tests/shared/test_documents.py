import io
import os
import pathlib
import zipfile

import pytest

from shared import documents
from shared.documents import Found, documents_at, documents_in, files_in, is_archive


def archive(members: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a ZIP of these members."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as target:
        for name, data in members.items():
            target.writestr(name, data)
    return buffer.getvalue()


def seen(found: list[Found]) -> list[tuple[str, bytes | None, str | None]]:
    """Return what was found as plain tuples."""
    return [(each.source, each.data, each.problem) for each in found]


def test_folder_in_name_order(tmp_path: pathlib.Path):
    """A folder is walked in name order, files and folders alike; hidden, lock and unfinished files are passed over."""
    for name in (
        "b.txt",
        "a/2.txt",
        "a/1.txt",
        "c.html",
        ".hidden",
        "~$c.docx",
        "x.tmp",
        "y.TMP",
        "z.crdownload",
        ".git/d",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(name.encode())
    sources = [found.source for found in documents_at(str(tmp_path))]
    assert sources == [f"{tmp_path}/{name}" for name in ("a/1.txt", "a/2.txt", "b.txt", "c.html")]


def test_source_is_the_path_as_given(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch):
    """The source repeats the argument, not what it resolves to; a slash at its end is not doubled."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_bytes(b"a")
    monkeypatch.chdir(tmp_path)
    assert [found.source for found in documents_at("in/")] == ["in/a.txt"]
    assert [found.source for found in documents_at("./in/a.txt")] == ["./in/a.txt"]


def test_missing_path():
    """A path that is not there is a document without bytes and the problem `missing`; so is one that cannot be a path."""
    assert seen(list(documents_at("no/such/file"))) == [("no/such/file", None, "missing")]
    assert seen(list(documents_at("a\0b"))) == [("a\0b", None, "missing")]


def test_empty_file_is_a_document(tmp_path: pathlib.Path):
    """An empty file is found, with no bytes in it: what it is, the parser says."""
    (tmp_path / "empty").touch()
    assert seen(list(documents_at(str(tmp_path / "empty")))) == [(str(tmp_path / "empty"), b"", None)]


def test_archive_counts_as_folder(tmp_path: pathlib.Path):
    """The documents of a ZIP are named archive/member, in name order, an archive within it likewise."""
    inner = archive({"y.txt": b"y"})
    (tmp_path / "a.zip").write_bytes(
        archive({"z/2.txt": b"2", "1.txt": b"1", "__MACOSX/._1.txt": b"", ".x": b"", "in.zip": inner})
    )
    source = str(tmp_path / "a.zip")
    assert seen(list(documents_at(source))) == [
        (f"{source}/1.txt", b"1", None),
        (f"{source}/in.zip/y.txt", b"y", None),
        (f"{source}/z/2.txt", b"2", None),
    ]


def test_chinese_member_names_of_windows():
    """A name written in GB18030 without saying so, as Chinese Windows does, is read as what it is."""
    name = "样例市数据局.txt"
    data = archive({"?" * len(name.encode("gb18030")): b"x"}).replace(
        b"?" * len(name.encode("gb18030")), name.encode("gb18030")
    )
    assert [found.source for found in documents_in(data, "a.zip")] == [f"a.zip/{name}"]


@pytest.mark.parametrize("member", ["[Content_Types].xml", "mimetype", "META-INF/manifest.xml"])
def test_office_documents_are_no_archives(member: str):
    """A DOCX, XLSX, ODT or ODS is a ZIP, but one document."""
    data = archive({member: b"", "word/document.xml": b"<x/>"})
    assert not is_archive(data)
    assert [found.source for found in documents_in(data, "a.docx")] == ["a.docx"]


@pytest.mark.parametrize("name", ["../evil.txt", "a/../../evil.txt", "/etc/evil.txt", "C:/evil.txt", "..\\evil.txt"])
def test_a_name_that_leads_out_of_the_archive_is_told(name: str):
    """It is a document with its reason, never dropped without a word; its neighbours are read."""
    found = list(documents_in(archive({name: b"x", "./report.txt": b"y"}), "x.zip"))
    assert sorted(seen(found)) == sorted([(f"x.zip/{name}", None, "unsafe_name"), ("x.zip/./report.txt", b"y", None)])


def test_damaged_archive():
    """A cut-off archive is one document that could not be read; a damaged member leaves its neighbours alone."""
    whole = archive({"a.txt": b"a" * 1000, "b.txt": b"b"}, zipfile.ZIP_STORED)
    assert seen(list(documents_in(whole[:200], "x.zip"))) == [("x.zip", None, "archive_damaged")]
    spoilt = whole.replace(b"a" * 1000, b"c" * 1000)
    assert seen(list(documents_in(spoilt, "x.zip"))) == [
        ("x.zip/a.txt", None, "archive_damaged"),
        ("x.zip/b.txt", b"b", None),
    ]


def test_encrypted_member():
    """A member under a password says so."""
    data = bytearray(archive({"a.txt": b"a"}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + offset] |= 1
    assert seen(list(documents_in(bytes(data), "x.zip"))) == [("x.zip/a.txt", None, "archive_encrypted")]


def test_bomb_is_not_unpacked():
    """A member that swells more than two hundredfold is given up, not unpacked."""
    data = archive({"bomb.txt": b"0" * 60_000_000, "report.txt": b"x"})
    assert len(data) < 100_000
    assert seen(list(documents_in(data, "x.zip"))) == [
        ("x.zip/bomb.txt", None, "archive_limit"),
        ("x.zip/report.txt", b"x", None),
    ]


def test_too_many_members():
    """What stands beyond the limit of an archive is told in one line; archives within it draw on the same allowance."""
    inner = archive({f"{number:04}.txt": b"" for number in range(1500)})
    found = list(documents_in(archive({"a.zip": inner, "b.zip": inner, "c.txt": b""}), "x.zip"))
    assert sum(each.problem is None for each in found) == documents.MEMBERS - 2
    assert [(each.source, each.problem) for each in found if each.problem] == [
        ("x.zip/b.zip", "archive_limit"),
        ("x.zip", "archive_limit"),
    ]


def test_archives_within_archives_end():
    """Archives are opened three deep and no further."""
    data = archive({"report.txt": b"x"})
    for _ in range(4):
        data = archive({"in.zip": data})
    assert [each.problem for each in documents_in(data, "x.zip")] == ["archive_limit"]


def test_too_large_file(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch):
    """Of a file over the limit no bytes are handed on, only how many there are."""
    monkeypatch.setattr(documents, "LIMIT", 10)
    (tmp_path / "a").write_bytes(b"x" * 11)
    assert list(documents_at(str(tmp_path / "a"))) == [Found(str(tmp_path / "a"), problem="too_large", bytes=11)]


def test_links_to_folders_are_not_followed(tmp_path: pathlib.Path):
    """A link back to its own folder does not make the walk endless."""
    (tmp_path / "a.txt").write_bytes(b"a")
    (tmp_path / "loop").symlink_to(tmp_path)
    assert [path.name for path in files_in(tmp_path)] == ["a.txt"]


def test_unlistable_folder_is_told(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch):
    """A folder that may not be listed is one line; the files beside it are still found."""
    (tmp_path / "closed").mkdir()
    (tmp_path / "open.txt").write_bytes(b"x")
    listed = os.scandir

    def refusing(path: pathlib.Path):
        if pathlib.Path(path).name == "closed":
            raise PermissionError(path)
        return listed(path)

    monkeypatch.setattr(os, "scandir", refusing)
    assert seen(list(documents_at(str(tmp_path)))) == [
        (f"{tmp_path}/closed", None, "no_access"),
        (f"{tmp_path}/open.txt", b"x", None),
    ]
    assert seen(list(documents_at(str(tmp_path / "closed")))) == [(str(tmp_path / "closed"), None, "no_access")]
