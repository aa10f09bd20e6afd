"""One document, one trace: from the folder to the mail, told in spans and in log lines."""

import asyncio
import json

import pytest

from services.notify.release import release
from services.notify.sender import Sender
from services.notify.settings import NotifySettings
from services.notify.smtp import open_mailbox
from shared.directory import store
from shared.ops import logs
from shared.stream.envelope import headers_from_json
from shared.testing.season import season
from shared.testing.spans import parents, recorded

FAULTY = next(season(1))


@pytest.fixture
async def spans(pool, process, tmp_path, capsys):
    """Give the spans and the log lines of one faulty report that went all the way to a mail."""
    logs.configure()
    async with pool.acquire() as connection:
        await store.replace(connection, [FAULTY.agency], by="test")
    settings = NotifySettings(mail="folder", mail_folder=tmp_path)
    with recorded() as exporter:
        await process([FAULTY])
        async with pool.acquire() as connection:
            await release(connection, await connection.fetchval("select notice_id from notice"), by="test")
        await Sender(pool, settings, open_mailbox(settings)).round(asyncio.Event())
        yield exporter.get_finished_spans(), [json.loads(line) for line in capsys.readouterr().err.splitlines()]


async def test_a_document_is_one_trace_from_ingest_to_mail(spans, pool):
    """Each stage continues from the one before; the last event out continues from the mail."""
    finished, _ = spans
    assert parents(finished) == [
        ("ingest", None),
        ("parse", "ingest"),
        ("validate", "parse"),
        ("notify", "validate"),
        ("mail", "notify"),
    ]
    assert len({span.context.trace_id for span in finished}) == 1
    assert [span.attributes["nianbao.outcome"] for span in finished] == ["done", "done", "done", "done", "sent"]
    headers = dict(headers_from_json(await pool.fetchval("select headers from outbox order by id desc limit 1")))
    mail = finished[-1].context
    assert headers["traceparent"].decode().split("-")[1:3] == [f"{mail.trace_id:032x}", f"{mail.span_id:016x}"]


async def test_the_log_lines_of_a_document_are_found_by_trace_and_by_document(spans, pool):
    """Both are on every line of it, so that a person needs no collector of traces."""
    finished, lines = spans
    trace_id = f"{finished[0].context.trace_id:032x}"
    digest = await pool.fetchval("select sha256 from document")
    own = [line for line in lines if line["event"] in {"taken", "delivery", "notice"}]
    assert [line["event"] for line in own] == ["taken", "delivery", "delivery", "delivery", "notice"]
    assert {line["trace_id"] for line in own} == {trace_id}
    assert {line["document"] for line in own} == {digest[:12]}
    assert {span.attributes["nianbao.document"] for span in finished} == {digest[:12]}


async def test_neither_spans_nor_lines_hold_what_the_report_says(spans):
    """Numbers, names of ours and the file it came from; not the agency, not a figure, not the mailbox."""
    finished, lines = spans
    told = "".join(span.to_json() for span in finished)
    told += json.dumps([{**line, "source": None} for line in lines], ensure_ascii=False)
    assert FAULTY.agency.name not in told
    assert (FAULTY.agency.mailbox or "") not in told


async def test_a_document_seen_again_begins_no_trace(process):
    """It is no observation, and nothing follows from it."""
    with recorded() as exporter:
        await process([FAULTY])
        await process([FAULTY])
        assert [span.name for span in exporter.get_finished_spans()] == ["ingest", "parse", "validate", "notify"]
