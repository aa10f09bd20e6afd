"""`nianbao doctor`: each check says what is right, and what to do where it is not."""

import asyncio
import json
import shutil
import ssl
import sys
from types import SimpleNamespace

import pytest

from services import doctor
from services.doctor import CHECKS, Installation
from services.notify.settings import NotifySettings
from services.validate.ruleset import RULESET
from services.validate.ruleset_file import configuration_of
from shared.directory import store
from shared.model.agency import Agency
from shared.stream.bus import cluster
from shared.stream.settings import KafkaSettings
from shared.stream.topics_admin import apply
from shared.testing.certificate import self_signed
from shared.testing.command import run
from shared.testing.database import empty_database
from shared.testing.mailserver import mail_server
from shared.testing.season import season

LISTED = [each.agency for each in season(2)]


@pytest.fixture
def examined(database, tmp_path):
    """Give a way to run `nianbao doctor` as a process of its own and have its exit code and its lines."""
    (tmp_path / "data").mkdir(mode=0o700)

    async def examine(**settings):
        given = {"database": database, "data_dir": str(tmp_path / "data"), **settings}
        done = await asyncio.to_thread(run, "doctor", "--format", "json", settings=given)
        rows = [json.loads(line) for line in done.stdout.splitlines()]
        assert [row["check"] for row in rows] == list(CHECKS), done.stderr
        assert done.stderr == ""
        assert done.returncode == any(row["state"] == "todo" for row in rows)
        return {row["check"]: (row["state"], row["message"]) for row in rows}

    return examine


@pytest.fixture
def tls(tmp_path):
    """Give a mail server's side of a certificate, which lies beside as cert.pem."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*self_signed(tmp_path))
    return context


def _login(mails, folder, password):
    encrypted = {"smtp_tls": "starttls", "smtp_ca_file": str(folder / "cert.pem")}
    return mails.settings | encrypted | {"smtp_user": "office", "smtp_password": password}


def _kafka(settings):
    return {"kafka": settings.kafka, "kafka_prefix": settings.kafka_prefix}


async def test_where_all_is_right_the_exit_code_is_0(examined, pool, kafka_settings, tls, tmp_path):
    """Database, directory, Kafka with its topics, a mail server with TLS and login: nothing to do, and no mail left."""
    async with pool.acquire() as connection:
        await store.replace(connection, LISTED, by="test")
    async with cluster.admin(kafka_settings) as admin:
        await apply(admin, kafka_settings)
    async with mail_server(tls=tls, login=("office", "secret")) as mails:
        found = await examined(**_kafka(kafka_settings), **_login(mails, tmp_path, "secret"))
    assert {state for state, _ in found.values()} == {"ok"}, found
    assert mails.connections >= 1
    assert mails.taken == []


async def test_the_rule_set_that_is_in_force_is_named(examined, tmp_path):
    """As written or as the office sets it; a file that cannot be used says where it is wrong."""
    file = tmp_path / "ruleset.toml"
    file.write_text('version = "试-1"\n', encoding="utf-8")
    assert (await examined())["规则集"] == ("ok", f"{RULESET.printed}，没有设置规则集文件")
    named = configuration_of(file).ruleset.printed
    assert (await examined(ruleset=str(file)))["规则集"] == ("ok", f"{named}，按 {file}")
    file.write_text('version = "试-1"\noff = 3\n', encoding="utf-8")
    told = f"规则集文件 {file}：第2行 off：应为方括号中的一列"
    assert (await examined(ruleset=str(file)))["规则集"] == ("todo", told)


async def test_what_is_wrong_says_what_to_do(examined, pool, kafka_settings, tls, tmp_path):
    """A missing mailbox, missing topics, a refused login and an open token each name the remedy."""
    async with pool.acquire() as connection:
        await store.replace(connection, [*LISTED, Agency(id="x", name="样例市某某局")], by="test")
    token = tmp_path / "data" / "upload-token"
    token.write_text("secret")
    token.chmod(0o644)
    async with mail_server(tls=tls, login=("office", "secret")) as mails:
        found = await examined(**_kafka(kafka_settings), **_login(mails, tmp_path, "wrong"))
    assert found["机关名录"] == ("todo", "1个机关没有邮箱（样例市某某局）：补全名录后 nianbao agencies import")
    assert found["Kafka"][0] == "ok"
    assert "nianbao topics apply" in found["Kafka主题"][1]
    assert found["邮件"][0] == "todo"
    assert "wrong" not in found["邮件"][1]
    assert found["权限"] == ("todo", f"可被他人读取，请执行 chmod 600 {token}")


async def test_an_empty_directory_and_missing_tables_name_their_commands(examined, database_server):
    """On a database without tables the two next steps are said."""
    async with empty_database(database_server) as empty:
        found = await examined(database=empty)
    assert found["数据库"][0] == "ok"
    assert "nianbao db migrate" in found["数据表"][1]
    assert "nianbao agencies import" in found["机关名录"][1]
    assert {found["Kafka"][0], found["Kafka主题"][0]} == {"skipped"}


async def test_what_is_down_is_said_once_and_what_leans_on_it_is_left_out(examined):
    """Nothing answers: three things to do, no traceback, no password, and the rest is still looked at."""
    nowhere = "postgresql://nobody:secret@127.0.0.1:9/none"
    mail = {"mail": "smtp", "mail_from": "a@example.invalid", "smtp_host": "127.0.0.1", "smtp_port": "9"}
    found = await examined(database=nowhere, kafka="127.0.0.1:9", **mail)
    assert {check for check, (state, _) in found.items() if state == "todo"} == {"数据库", "Kafka", "邮件"}
    assert {check for check, (state, _) in found.items() if state == "skipped"} == {
        "数据表",
        "机关名录",
        "Kafka主题",
        "时钟",
    }
    assert "secret" not in str(found)


def test_the_embedded_database_of_a_new_installation(data_dir):
    """Before the first start only the directory is to be filled in; text is one line a check."""
    done = run("doctor", settings={"data_dir": str(data_dir)})
    lines = done.stdout.splitlines()
    assert (done.returncode, len(lines)) == (1, len(CHECKS)), done.stdout
    assert [line for line in lines if line.startswith("待办")] == [line for line in lines if "机关名录" in line]
    assert any("PostgreSQL 18" in line and "内置" in line for line in lines)


@pytest.fixture
def installation(pool, tmp_path):
    """Give an installation to look at within this process."""
    settings = NotifySettings(database="postgresql://elsewhere/x", data_dir=tmp_path / "data")
    return Installation(settings, KafkaSettings(), pool)


async def test_a_full_disk_and_a_wrong_clock_are_seen(installation, monkeypatch):
    """Too little space, and a clock an hour behind or ahead of the server's."""
    full = SimpleNamespace(total=100, used=99, free=1)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: full)
    assert (await CHECKS["磁盘"](installation))[0] == "todo"
    assert (await CHECKS["时钟"](installation))[0] == "ok"
    for shift in (-3600, 3600):
        now = doctor.time.time
        with monkeypatch.context() as patched:
            patched.setattr(doctor.time, "time", lambda now=now, shift=shift: now() + shift)
            state, message = await CHECKS["时钟"](installation)
        assert state == "todo"
        assert "3600秒" in message


async def test_an_old_python_is_seen(installation, monkeypatch):
    """The oldest Python that serves is named."""
    monkeypatch.setattr(sys, "version_info", (3, 10, 4))
    state, message = await CHECKS["Python"](installation)
    assert (state, "3.11" in message) == ("todo", True)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps no such bits")
async def test_folders_and_secrets_that_others_can_read_are_seen(installation, tmp_path, monkeypatch):
    """The data folder, and a settings file where it holds a password; closed as told, all is right."""
    monkeypatch.setenv("NIANBAO_SETTINGS", str(tmp_path / "nianbao.toml"))
    (tmp_path / "nianbao.toml").write_text("deadline_days = 12\n")
    (tmp_path / "data").mkdir()
    (tmp_path / "data").chmod(0o755)
    assert await CHECKS["权限"](installation) == ("todo", f"可被他人读取，请执行 chmod go-rw {tmp_path / 'data'}")
    (tmp_path / "data").chmod(0o711)
    assert (await CHECKS["权限"](installation))[0] == "ok"
    (tmp_path / "nianbao.toml").write_text('smtp_password = "secret"\n')
    (tmp_path / "nianbao.toml").chmod(0o644)
    assert await CHECKS["权限"](installation) == ("todo", f"可被他人读取，请执行 chmod 600 {tmp_path / 'nianbao.toml'}")
