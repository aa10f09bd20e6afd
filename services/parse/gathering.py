"""Which documents are one report: a page's attachments as they are now, and the pages that an attachment belongs to.

A bundle is made from the newest bytes of its page and of each attachment, whichever of them has just come. What it was made
from is its basis: at the commit it must still be the newest, else the work is done again.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from services.parse import store
from services.parse.attachments import fetchable
from services.parse.bundle import bundled
from shared.model.report import Document
from shared.stream.events import RawReport
from shared.stream.stage import Connection

Read = Callable[[RawReport], Awaitable[Document]]
"""Returns the document of an observation, by itself."""


@dataclass(frozen=True, slots=True)
class Basis:
    """What a bundle is made from: the newest observations of page and attachments, and the attachments still to be fetched."""

    newest: tuple[RawReport, ...]
    awaited: tuple[str, ...]

    @property
    def key(self) -> str:
        """What tells two bundles of one page apart."""
        return " ".join([*(str(observed.observation_id) for observed in self.newest), *self.awaited])


@dataclass(frozen=True, slots=True)
class Bundle:
    """A page as observed, joined with its attachments (`document`), made from `basis`, last changed at `observed_at`."""

    page: RawReport
    document: Document
    basis: Basis
    observed_at: datetime


async def gathered(pool: Connection, read: Read, seen: RawReport, document: Document) -> tuple[Bundle, ...]:
    """Return the bundle of a page, or those of the pages that list this file; none for a document by itself."""
    if document.attachments:
        bundle = await _bundle(pool, read, seen, document)
        return (bundle,) if bundle else ()
    listing = await store.newest(pool, await store.pages_listing(pool, seen.source))
    bundles = [await _bundle(pool, read, page, await read(page), seen.source) for page in listing.values()]
    return tuple(bundle for bundle in bundles if bundle)


async def still(connection: Connection, bundle: Bundle) -> bool:
    """Whether what a bundle was made from is still the newest."""
    return (await _basis(connection, bundle.page, bundle.document)).key == bundle.basis.key


async def _bundle(
    pool: Connection, read: Read, page: RawReport, document: Document, file: str | None = None
) -> Bundle | None:
    """Return a page's bundle; None for a page that is no longer the newest of its source, or does not list `file` any more."""
    if file is not None and file not in document.attachments:
        return None
    basis = await _basis(pool, page, document)
    if page.observation_id not in {observed.observation_id for observed in basis.newest}:
        return None
    parts = [each for each in basis.newest if each.source != page.source and each.source not in basis.awaited]
    joined = bundled(document, {each.source: await read(each) for each in parts}, basis.awaited)
    return Bundle(page, joined, basis, max(each.observed_at for each in (page, *parts)))


async def _basis(connection: Connection, page: RawReport, document: Document) -> Basis:
    newest = await store.newest(connection, (page.source, *document.attachments))
    settled = await store.settled(connection, page.observation_id)
    open_ = [source for source in document.attachments if fetchable(source, page.source) and source not in settled]
    awaited = tuple(source for source in open_ if _is_outdated(newest.get(source), page))
    return Basis(tuple(newest[source] for source in sorted(newest)), awaited)


def _is_outdated(file: RawReport | None, page: RawReport) -> bool:
    """Whether a file was not seen since its page was: it may have been corrected along with the page."""
    return file is None or file.observed_at < page.observed_at
