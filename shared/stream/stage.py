"""What a service registers: one stage, the same on every bus."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, Literal, Protocol, TypeVar
from uuid import UUID

from shared.stream.events import Event
from shared.stream.topics import Topic

E = TypeVar("E", bound=Event)
T = TypeVar("T")

StageName = Literal["ingest", "parse", "validate", "notify"]
Connection = Any  # asyncpg's connection or its pool proxy; asyncpg ships no types


@dataclass(frozen=True, slots=True)
class Received(Generic[E]):
    """An event as it arrived, with what its envelope says; `traceparent` is what anything it causes continues from."""

    id: UUID
    body: E
    key: str
    time: datetime
    correlation_id: str
    traceparent: str | None


@dataclass(frozen=True, slots=True)
class Outgoing:
    """An event to publish. Its id is uuid5 of type, subject and `inputs`: all that the body was computed from."""

    topic: Topic
    body: Event
    subject: str
    key: str
    inputs: str


def _nothing() -> None:
    """Do nothing."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What handling one event came to; `committed` is called once it is committed, for what is to be counted."""

    events: tuple[Outgoing, ...] = ()
    committed: Callable[[], None] = _nothing


class Stage(Protocol[E, T]):
    """A consumer: `work` does what is slow and holds no connection; `commit` writes inside the one transaction."""

    name: StageName
    version: str
    topic: Topic

    async def work(self, received: Received[E]) -> T:
        """Do the pure or slow part. Raise Rejected to dead-letter, Transient to wait."""
        ...

    async def commit(self, connection: Connection, received: Received[E], result: T) -> Outcome:
        """Write this service's rows and say what to publish; inbox and outbox rows are written around it."""
        ...
