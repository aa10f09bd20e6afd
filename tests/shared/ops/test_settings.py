"""How settings are read."""

import ipaddress
import pathlib
from typing import Literal

import pytest
from pydantic import Field

from shared.ops.errors import UsageError
from shared.ops.settings import CommonSettings


class PlaceSettings(CommonSettings):
    """Settings of an invented service."""

    place: pathlib.Path | None = Field(default=None, description="Where.")
    places: tuple[pathlib.Path, ...] = Field(default=(), description="Where else.")
    note: str = Field(default="", description="No path.")


@pytest.fixture
def written(tmp_path: pathlib.Path):
    """Give the folder of a settings file that names paths."""
    folder = tmp_path / "office"
    folder.mkdir()
    text = 'data_dir = "data"\nplace = "a.toml"\nplaces = ["b", "/c"]\nnote = "d"\n'
    (folder / "nianbao.toml").write_text(text, encoding="utf-8")
    return folder


def test_a_path_in_a_settings_file_stands_beside_it(written: pathlib.Path, monkeypatch: pytest.MonkeyPatch):
    """From whichever folder the program is started; an absolute path and what is no path stay as they are."""
    monkeypatch.chdir(written.parent)
    monkeypatch.delenv("NIANBAO_DATA_DIR", raising=False)
    monkeypatch.setenv("NIANBAO_SETTINGS", str(written / "nianbao.toml"))
    read = PlaceSettings()
    assert (read.data_dir, read.place) == (written / "data", written / "a.toml")
    assert (read.places, read.note) == ((written / "b", pathlib.Path("/c")), "d")


def test_in_the_working_folder_it_stays_as_written(written: pathlib.Path, monkeypatch: pytest.MonkeyPatch):
    """A watched folder keeps its name, by which its files are known."""
    monkeypatch.chdir(written)
    for name in ("NIANBAO_SETTINGS", "NIANBAO_DATA_DIR"):
        monkeypatch.delenv(name, raising=False)
    assert PlaceSettings().place == pathlib.Path("a.toml")


def test_a_path_of_the_environment_is_one_of_the_working_folder(written: pathlib.Path, monkeypatch: pytest.MonkeyPatch):
    """As on a command line."""
    monkeypatch.setenv("NIANBAO_SETTINGS", str(written / "nianbao.toml"))
    monkeypatch.setenv("NIANBAO_PLACE", "e.toml")
    assert PlaceSettings().place == pathlib.Path("e.toml")


class LimitedSettings(CommonSettings):
    """Settings of an invented service that take not every value."""

    port: int = Field(default=0, le=65535, description="A whole number.")
    seconds: float = Field(default=1.0, gt=0, description="A number.")
    way: Literal["a", "b", "c"] = Field(default="a", description="One of three.")
    nets: ipaddress.IPv4Network | None = Field(default=None, description="No kind that has a word of its own.")


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("allow_root", "jein", "应为 true 或 false"),
        ("seconds", "soon", "应为数字"),
        ("seconds", "0", "应大于 0"),
        ("port", "here", "应为整数"),
        ("port", "70000", "不能大于 65535"),
        ("way", "d", "只能是'a'、'b'或'c'"),
        ("nets", "intranet", "Input is not a valid IPv4 network"),
    ],
)
def test_a_fault_is_told_in_chinese(monkeypatch: pytest.MonkeyPatch, name: str, value: str, told: str):
    """What it should be, never what it is; of a kind without a word here what pydantic says."""
    monkeypatch.setenv(f"NIANBAO_{name.upper()}", value)
    with pytest.raises(UsageError) as raised:
        LimitedSettings()
    assert str(raised.value) == f"设置有误：{name}：{told}"
