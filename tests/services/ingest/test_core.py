"""What ingest decides, without files, clock or database."""

from datetime import UTC, datetime, timedelta

import pytest

from services.ingest.core import (
    Latest,
    Sighting,
    Stamp,
    is_final,
    look,
    numbered,
    observe,
    raw_report,
    retry_at,
    settled,
    source_name,
    upload_source,
)
from shared.stream.envelope import event_id

NOON = datetime(2025, 1, 20, 4, tzinfo=UTC)
A, B = "a" * 64, "b" * 64


def seen(latest: Latest | None, sha256: str, at: datetime = NOON):
    """Return what seeing a document at one source comes to."""
    return observe(latest, source="/样例/年报.html", source_kind="folder", sha256=sha256, observed_at=at)


def test_a_to_b_to_a_is_three_observations():
    """A raw event is due whenever the current document of a source changes, back to an older one too."""
    latest, made = None, []
    for sha256 in (A, A, B, B, A, A):
        observation, new = seen(latest, sha256)
        latest = Latest(observation.sequence, observation.sha256, observation.observed_at)
        if new:
            made.append(observation)
    assert [(one.sequence, one.sha256) for one in made] == [(1, A), (2, B), (3, A)]
    assert len({one.id for one in made}) == 3


def test_the_same_document_again_is_the_observation_it_was():
    """Seeing the latest document again names its observation, so that a client can be told it."""
    first, _ = seen(None, A)
    again, new = seen(Latest(1, A, NOON), A, NOON + timedelta(hours=1))
    assert not new
    assert again == first


def test_the_times_of_a_source_never_run_backwards():
    """A replica whose clock is slow must not make a newer version look older."""
    observation, _ = seen(Latest(4, A, NOON), B, NOON - timedelta(minutes=3))
    assert (observation.sequence, observation.observed_at) == (5, NOON)


def test_each_observation_has_an_event_of_its_own():
    """A → B → A gives three event ids; the same observation gives the same id again."""
    observations = [
        seen(latest, sha)[0] for latest, sha in ((None, A), (Latest(1, A, NOON), B), (Latest(2, B, NOON), A))
    ]
    ids = [event_id(raw_report(one, bytes_=3, media_type="text/html")) for one in observations]
    assert len(set(ids)) == 3
    assert event_id(raw_report(observations[0], bytes_=3, media_type="text/html")) == ids[0]


def test_the_raw_event_is_keyed_by_its_source():
    """Versions of one source stay in order because they share a key."""
    outgoing = raw_report(seen(None, A)[0], bytes_=3, media_type="text/html")
    assert outgoing.key == outgoing.subject == "/样例/年报.html"
    assert outgoing.body.sequence == 1


def test_a_file_is_settled_when_it_was_left_alone_for_two_seconds():
    """Size and time the same from the end of one look to the beginning of another at least 2 s later."""
    stamps = {"a": Stamp(10, 1)}
    sightings = look({}, stamps, now=100.0)
    assert settled(sightings, now=101.9) == []
    assert settled(look(sightings, stamps, now=102.5), now=102.0) == ["a"]


@pytest.mark.parametrize("changed", [Stamp(11, 1), Stamp(10, 2)])
def test_a_file_that_changes_is_waited_for_anew(changed: Stamp):
    """A growing file, or one rewritten at the same size, starts its wait again."""
    sightings = look({"a": Sighting(Stamp(10, 1), since=100.0)}, {"a": changed}, now=101.0)
    assert sightings == {"a": Sighting(changed, since=101.0)}


def test_a_file_dealt_with_is_not_due_until_it_changes():
    """Done stays done for the same stamp; a file that is gone is forgotten."""
    done = {"a": Sighting(Stamp(10, 1), since=1.0, done=True), "b": Sighting(Stamp(1, 1), since=1.0, done=True)}
    sightings = look(done, {"a": Stamp(10, 1)}, now=50.0)
    assert list(sightings) == ["a"]
    assert settled(sightings, now=60.0) == []
    assert not look(done, {"a": Stamp(10, 9)}, now=50.0)["a"].done


def test_a_name_of_another_encoding_is_read_as_what_it_is():
    """A GB18030 name on a UTF-8 system arrives as surrogates, which no database or JSON takes."""
    assert source_name("年报.html".encode("gb18030").decode("utf-8", "surrogateescape")) == "年报.html"
    mixed = "样例市/".encode() + "年报.html".encode("gb18030")
    assert source_name(mixed.decode("utf-8", "surrogateescape")) == "样例市/年报.html"
    source_name(b"\xff\xff.html".decode("utf-8", "surrogateescape")).encode()
    source_name("\ud800.html").encode()


def test_a_source_is_one_line_of_bounded_length():
    """Line ends and NULs in names are written out; a name too long for an index is cut and keeps apart by its hash."""
    assert source_name("a\nb\0.html") == "a\\x0ab\\x00.html"
    long = "/" + "年报" * 2000
    assert len(source_name(long).encode()) <= 2000
    assert source_name(long) != source_name(long + "二")
    assert source_name(source_name(long)) == source_name(long)


def test_an_upload_is_named_by_its_client_or_by_its_hash():
    """An upload never shares a source with a watched file, and one without a name is its own source."""
    assert upload_source("/样例/年报.html", A) == "upload:/样例/年报.html"
    assert upload_source(" ", A) == upload_source(None, A) == f"upload:{A}"


def test_two_members_of_one_name_are_two_sources():
    """Else each look at such an archive would be two changes of one source."""
    assert [numbered("a.zip/x", count) for count in (1, 2)] == ["a.zip/x", "a.zip/x#2"]


def test_fetching_is_tried_less_and_less_often_and_once_more_at_the_end():
    """The last attempt falls on the end of the time that a report may wait, none after it."""
    until = NOON + timedelta(hours=24)
    assert retry_at(1, NOON, until) == NOON + timedelta(minutes=1)
    assert retry_at(3, NOON, until) == NOON + timedelta(minutes=15)
    assert retry_at(99, NOON, until) == NOON + timedelta(hours=3)
    assert retry_at(99, until - timedelta(minutes=5), until) == until
    assert retry_at(1, until, until) is None


def test_what_may_pass_is_tried_again():
    """A server that is away may come back; an address that may not be asked stays one."""
    assert [is_final(problem) for problem in ("too_slow", "not_served", "host_unknown")] == [False, False, False]
    assert [is_final(problem) for problem in ("address_internal", "too_large")] == [True, True]
