"""What ingest decides: what a source is called, when a file is settled, what is a new observation."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from shared.documents import Problem
from shared.stream.events import RawReport, SourceKind
from shared.stream.stage import Outgoing
from shared.stream.topics import RAW

QUIET_SECONDS = 2.0
"""A file is taken when its size and time have not changed for so long."""

_SOURCE_BYTES = 2000  # a PostgreSQL index entry holds 2704 bytes
_RETRY_AFTER = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180))
_FINAL: frozenset[Problem] = frozenset(
    {
        "address_invalid",
        "address_credentials",
        "address_port",
        "address_internal",
        "too_large",
        "content_encoding",
    }
)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Stamp:
    """What tells that a file has changed: its size in bytes and its time of change in nanoseconds."""

    bytes: int
    changed_ns: int


@dataclass(frozen=True, slots=True)
class Sighting:
    """A file seen in a watched folder: its stamp, since when (seconds of any clock) it has it, whether it was dealt with."""

    stamp: Stamp
    since: float
    done: bool = False


@dataclass(frozen=True, slots=True)
class Latest:
    """The newest observation of a source so far."""

    sequence: int
    sha256: str
    observed_at: datetime


@dataclass(frozen=True, slots=True)
class Observation:
    """These bytes were seen at this source then; `sequence` counts the changes of the source from 1.

    `address` is where a web page was found that was redirected: what its links are seen from.
    """

    source: str
    source_kind: SourceKind
    sequence: int
    sha256: str
    observed_at: datetime
    address: str | None = None

    @property
    def id(self) -> UUID:
        """The same observation has the same id on every machine."""
        return uuid5(NAMESPACE_URL, f"observation {self.source}\n{self.sequence}\n{self.sha256}")


def look(before: Mapping[str, Sighting], stamps: Mapping[str, Stamp], now: float) -> dict[str, Sighting]:
    """Return the sightings after a look at the folder that ended at `now`; a file that is gone or changed starts anew."""
    return {
        path: old if (old := before.get(path)) and old.stamp == stamp else Sighting(stamp, now)
        for path, stamp in stamps.items()
    }


def settled(sightings: Mapping[str, Sighting], now: float) -> list[str]:
    """Return the files not dealt with that were quiet for QUIET_SECONDS before the look that began at `now`."""
    return [path for path, seen in sightings.items() if not seen.done and now - seen.since >= QUIET_SECONDS]


def source_name(path: str) -> str:
    """Return the name of a source: a path as one line of valid UTF-8 of bounded length, the same for the same path.

    A name in GB18030 on a UTF-8 system arrives as surrogates and is read as what it is.
    """
    name = _CONTROL.sub(lambda found: f"\\x{ord(found[0]):02x}", "/".join(map(_decoded, path.split("/"))))
    encoded = name.encode()
    if len(encoded) <= _SOURCE_BYTES:
        return name
    digest = hashlib.sha256(encoded).hexdigest()
    return encoded[: _SOURCE_BYTES - 80].decode(errors="ignore") + "…" + digest


def upload_source(name: str | None, sha256: str) -> str:
    """Return the source of an upload: the name that the client gives, else the document's own hash."""
    return source_name(f"upload:{(name or '').strip() or sha256}")


def numbered(source: str, occurrence: int) -> str:
    """Return the source of the n-th member of one name in one archive: the first keeps the name."""
    return source if occurrence == 1 else f"{source}#{occurrence}"


def observe(
    latest: Latest | None,
    *,
    source: str,
    source_kind: SourceKind,
    sha256: str,
    observed_at: datetime,
    address: str | None = None,
) -> tuple[Observation, bool]:
    """Return the observation that seeing a document is, and whether it is new: the source's latest document is not.

    The times of a source never run backwards, whatever the clocks of two replicas say.
    """
    address = address if address != source else None
    if latest is None:
        return Observation(source, source_kind, 1, sha256, observed_at, address), True
    if latest.sha256 == sha256:
        return Observation(source, source_kind, latest.sequence, sha256, latest.observed_at, address), False
    seen_at = max(observed_at, latest.observed_at)
    return Observation(source, source_kind, latest.sequence + 1, sha256, seen_at, address), True


def is_final(problem: Problem) -> bool:
    """Whether fetching again would end in the same problem."""
    return problem in _FINAL


def retry_at(attempts: int, now: datetime, until: datetime) -> datetime | None:
    """Return when to fetch again after this many attempts (from 1), once more just before the end; None after it."""
    if now >= until:
        return None
    return min(now + _RETRY_AFTER[min(attempts, len(_RETRY_AFTER)) - 1], until)


def republished(raw: RawReport, cause: str) -> Outgoing:
    """Return the raw event of a document that is to be read again, for a cause that tells it from others."""
    return Outgoing(RAW, raw, subject=raw.source, key=raw.source, inputs=f"{raw.sequence} {raw.sha256} {cause}")


def raw_report(observation: Observation, *, bytes_: int, media_type: str) -> Outgoing:
    """Return the raw event of an observation of a document of so many bytes and this media type."""
    body = RawReport(
        observation_id=observation.id,
        source=observation.source,
        source_kind=observation.source_kind,
        sequence=observation.sequence,
        observed_at=observation.observed_at,
        sha256=observation.sha256,
        bytes=bytes_,
        media_type=media_type,
        address=observation.address,
    )
    inputs = f"{observation.sequence} {observation.sha256}"
    return Outgoing(RAW, body, subject=observation.source, key=observation.source, inputs=inputs)


def _decoded(part: str) -> str:
    """Read one part of a path; the parts of one path may come from systems of different encodings."""
    try:
        part.encode()
    except UnicodeEncodeError:
        raw = _raw(part)
        try:
            return raw.decode("gb18030")
        except UnicodeDecodeError:
            return raw.decode("utf-8", "backslashreplace")
    return part


def _raw(part: str) -> bytes:
    try:
        return part.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # a lone surrogate of a Windows name, not an undecoded byte
        return part.encode("utf-8", "surrogatepass")
