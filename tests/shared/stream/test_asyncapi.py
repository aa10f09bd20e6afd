"""The AsyncAPI document says what the services do, and its page stands by itself."""

import asyncio
import html.parser
import json
import pathlib
import urllib.request
from datetime import UTC, datetime

from services.notify.app import NotifyStage
from services.parse.app import ParseStage
from services.validate.app import ValidateStage
from shared.ops.health import Health, application
from shared.ops.http import address_of, listen, serve
from shared.stream.asyncapi import FLOWS, document, page
from shared.stream.claim_check import HEADER
from shared.stream.envelope import encode
from shared.stream.stage import Outgoing
from shared.stream.topics import TOPICS, VIOLATIONS
from shared.testing.judgements import finding, violations

COMMITTED = pathlib.Path(__file__).parents[3] / "docs" / "asyncapi.json"


def walk(node):
    """Yield every object of a document."""
    if isinstance(node, dict):
        yield node
        for each in node.values():
            yield from walk(each)
    elif isinstance(node, list):
        for each in node:
            yield from walk(each)


def test_the_committed_document_is_that_of_the_code():
    """`make docs` would change nothing."""
    assert json.loads(COMMITTED.read_text(encoding="utf-8")) == document()


def test_every_topic_flows_as_the_services_take_it():
    """The document lists the topics of the one table, and each service under the topic that its stage takes."""
    assert tuple(flow.topic for flow in FLOWS) == TOPICS
    taken = {flow.topic: flow.receiver for flow in FLOWS if flow.receiver}
    assert taken == {stage.topic: stage.name for stage in (ParseStage, ValidateStage, NotifyStage)}


def test_every_reference_leads_somewhere():
    """No `$ref` of the document hangs in the air."""
    whole = document()
    for node in walk(whole):
        reference = node.get("$ref")
        if reference:
            found = whole
            for part in reference.removeprefix("#/").split("/"):
                found = found[part]


def test_the_headers_are_those_of_the_envelope():
    """What an event carries is what its message lists: always the required ones, otherwise only listed ones, with their values."""
    for traceparent, causation in ((None, None), ("t", "c")):
        outgoing = Outgoing(VIOLATIONS, violations(finding()), subject="s", key="k", inputs="i")
        sent = encode(
            "validate",
            outgoing,
            time=datetime.now(UTC),
            correlation_id="c",
            causation_id=causation,
            traceparent=traceparent,
        )
        carried = {name: value.decode() for name, value in sent}
        listed = document()["components"]["messages"][VIOLATIONS.event.type]["headers"]
        assert set(listed["required"]) <= set(carried) <= set(listed["properties"])
        assert all(carried[name] == says["const"] for name, says in listed["properties"].items() if "const" in says)
    assert set(listed["properties"]) - set(carried) == {HEADER}


class Page(html.parser.HTMLParser):
    """Gathers the tags, links and anchors of a page."""

    def __init__(self):
        super().__init__()
        self.tags, self.links, self.ids, self.elsewhere = set(), set(), [], []

    def handle_starttag(self, tag, attributes):
        """Take note of a tag."""
        self.tags.add(tag)
        for name, value in attributes:
            if name == "id":
                self.ids.append(value)
            elif name == "href":
                self.links.add(value)
            elif name == "src":
                self.elsewhere.append(value)


def test_the_page_needs_no_network():
    """No script, nothing fetched; every link leads to a place on the page, and every topic, event and header is there."""
    text = page()
    read = Page()
    read.feed(text)
    assert not read.tags & {"script", "link", "img", "iframe"}
    assert read.elsewhere == []
    assert "url(" not in text
    assert {link.removeprefix("#") for link in read.links} <= set(read.ids)
    assert len(read.ids) == len(set(read.ids))
    for flow in FLOWS:
        assert flow.topic.name in read.ids
        assert flow.topic.event.__name__ in read.ids


async def test_a_service_shows_page_and_document():
    """Under /asyncapi and /asyncapi.json, with a policy that forbids the page to fetch anything."""
    stop = asyncio.Event()
    with listen("127.0.0.1", 0, setting="") as listener:
        serving = asyncio.create_task(serve(application(Health("validate")), listener, stop))
        address = f"http://{address_of(listener)}"

        def get(path):
            with urllib.request.urlopen(address + path, timeout=10) as answer:
                return answer.headers, answer.read().decode()

        headers, shown = await asyncio.to_thread(get, "/asyncapi")
        _, sent = await asyncio.to_thread(get, "/asyncapi.json")
        stop.set()
        await serving
    assert shown == page()
    assert "default-src 'none'" in headers["content-security-policy"]
    assert json.loads(sent) == document()
