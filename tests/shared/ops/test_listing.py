import os
import pathlib
import re

import pytest
from pydantic import Field, SecretStr

from shared.ops.errors import UsageError
from shared.ops.listing import MASK, default_of, in_force, refuse_unknown, shown
from shared.ops.settings import CommonSettings


class PostSettings(CommonSettings):
    """Settings of an invented service."""

    post_box: int = Field(default=1, description="Which box.")
    post_key: SecretStr | None = Field(default=None, description="Its key.", json_schema_extra={"secret": True})


@pytest.fixture(autouse=True)
def _empty_folder(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch):
    """Run each test in a folder of its own, where no setting is in force."""
    monkeypatch.chdir(tmp_path)
    for name in ("DATABASE", "POST_BOX", "POST_KEY", "SETTINGS", "ALLOW_ROOT"):
        monkeypatch.delenv(f"NIANBAO_{name}", raising=False)


def found(name: str) -> tuple[str | None, str]:
    """Return value and origin of a setting."""
    [setting] = [setting for setting in in_force((CommonSettings, PostSettings)) if setting.name == name]
    return setting.value, setting.origin


def test_environment_before_file_before_default(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch):
    """A setting comes from the environment, else from the file, else it has its default."""
    assert found("post_box") == ("1", "default")
    (tmp_path / "nianbao.toml").write_text("post_box = 2", encoding="utf-8")
    assert found("post_box") == ("2", "file")
    monkeypatch.setenv("NIANBAO_POST_BOX", "3")
    assert found("post_box") == ("3", "environment")


def test_secrets_are_masked(monkeypatch: pytest.MonkeyPatch):
    """A key is never shown; of a database address the password and the options are not, and a default is."""
    monkeypatch.setenv("NIANBAO_POST_KEY", "hunter2")
    assert found("post_key") == (MASK, "environment")
    assert found("database") == ("embedded", "default")
    monkeypatch.setenv("NIANBAO_DATABASE", "postgresql://me:hun@ter2@db.example.invalid:5433/reports?password=hunter2")
    assert found("database") == (f"postgresql://me:{MASK}@db.example.invalid:5433/reports", "environment")
    monkeypatch.setenv("NIANBAO_DATABASE", "host=db password=hunter2")
    assert found("database") == (MASK, "environment")


def test_several_values_are_shown_as_they_are_written():
    """Folders are parted as in PATH, everything else by commas: what is shown can be copied into the variable."""
    ports, folders = (Field(default=value) for value in ((80, 443), (pathlib.Path("a"), pathlib.Path("b"))))
    assert (shown(ports.default, ports), shown(folders.default, folders)) == ("80,443", f"a{os.pathsep}b")
    assert (default_of(ports), default_of(Field(default=()))) == ("80,443", "无")


def test_a_setting_of_several_services_is_listed_once():
    """What every service inherits stands in the list once."""
    names = [setting.name for setting in in_force((CommonSettings, PostSettings))]
    assert len(names) == len(set(names))


def test_a_slip_in_the_file_is_refused(tmp_path: pathlib.Path):
    """A name that is no setting is one line, with the name that was probably meant."""
    (tmp_path / "nianbao.toml").write_text("post_bax = 2", encoding="utf-8")
    with pytest.raises(UsageError, match=r"“post_bax”.*“post_box”"):
        refuse_unknown((PostSettings,))


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"post_box = 1\n  post", "到文件末尾，不是有效的TOML（键的后面缺少“=”）"),
        (b"post_box = 1\nhost = mail\n", "第2行第8列不是有效的TOML（等号后面的值不对，文字要加引号）"),
        (b"\xff\xfe", "不是UTF-8编码的文字"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(tmp_path: pathlib.Path, content: bytes, line: str):
    """A settings file that is no TOML, or no text, is one line of Chinese with file and place."""
    (tmp_path / "nianbao.toml").write_bytes(content)
    with pytest.raises(UsageError, match=rf"^设置文件 .*nianbao\.toml：{re.escape(line)}$"):
        refuse_unknown((PostSettings,))
    with pytest.raises(UsageError, match=rf"^设置文件 .*nianbao\.toml：{re.escape(line)}$"):
        PostSettings()


def test_a_named_file_must_be_there(monkeypatch: pytest.MonkeyPatch):
    """NIANBAO_SETTINGS naming a file that is not there is a fault, not silence."""
    monkeypatch.setenv("NIANBAO_SETTINGS", "elsewhere.toml")
    with pytest.raises(UsageError, match=r"elsewhere\.toml"):
        refuse_unknown((PostSettings,))


def test_a_wrong_value_is_named_but_not_shown(monkeypatch: pytest.MonkeyPatch):
    """A value that cannot be used is one line that names the setting, never the value."""
    monkeypatch.setenv("NIANBAO_POST_BOX", "hunter2")
    with pytest.raises(UsageError, match="post_box") as fault:
        PostSettings()
    assert "hunter2" not in str(fault.value)
    assert "\n" not in str(fault.value)
