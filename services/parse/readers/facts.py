"""What a page says of itself beside its text: title, publication date and source in its meta tags, and its links to files."""

import contextlib
import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple
from urllib.parse import unquote, urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode

from services.parse.document import Link
from services.parse.readers.rare import Rare, tagged
from shared.text import normalise

_TITLE = ("articletitle", "og:title", "dc.title", "dcterms.title", "title")
_PUBLISHED = (
    *("pubdate", "publishdate", "publishtime", "article:published_time", "og:published_time", "og:release_date"),
    *("dc.date", "dc.date.issued", "dcterms.issued", "firstpublishedtime", "date"),
)
_AGENCY = ("contentsource", "source", "dc.source", "dc.publisher", "dcterms.publisher", "dc.creator")
_SITE = ("sitename", "og:site_name")
_WHOLE_GOVERNMENT = re.compile("政府|门户|政务")
_DATE = re.compile(
    r"(?<!\d)(20\d\d) ?[-年/.] ?(\d{1,2}) ?[-月/.] ?(\d{1,2})(?!\d)|(?<!\d)(20\d\d)(\d\d)(\d\d)(?=\d{6}|\D|$)"
)

_ENDINGS = (
    *(".pdf", ".doc", ".docx", ".wps", ".wpt", ".rtf", ".odt", ".xls", ".xlsx", ".et", ".ods", ".ofd"),
    *(".zip", ".rar", ".7z"),
)
_DOWNLOADS = ("download", "attach", "annex", "附件", "fileid=")
_ATTACHED = ("附件", "附表")
_ANY_ENDING = "|".join(map(re.escape, _ENDINGS))
_FILE = re.compile(rf"(?:{_ANY_ENDING})(?:$|[?#&;/])", re.IGNORECASE)
_DOWNLOAD = re.compile("|".join(_DOWNLOADS), re.IGNORECASE)
_NAMED = re.compile(rf"{'|'.join(_ATTACHED)}|(?:{_ANY_ENDING})\b", re.IGNORECASE)
_MAYBE_A_FILE = (*_ENDINGS, *_DOWNLOADS, *_ATTACHED, "%")
"""In small letters: one of these is in every address and name of a file."""

_PAGE = re.compile(r"(?:/|\.s?html?)(?:$|#)", re.IGNORECASE)
_NO_ADDRESS = ("#", "javascript:", "mailto:", "tel:", "data:", "about:", "file:", "cid:")
_LONGEST_SCHEME = max(map(len, _NO_ADDRESS))
_NO_PART = re.compile(r"[\t\n\r]")  # browsers leave these out
_LINKING = frozenset({"a", "area", "iframe", "embed", "object"})  # portals show a PDF in a frame of the page
_NAVIGATION = "nav a,header a,footer a"
_MOST_LINKS = 50
_LONGEST_ADDRESS, _LONGEST_TEXT = 2000, 200


class Facts(NamedTuple):
    """What a page says of itself; None where it does not."""

    title: str | None
    published: str | None
    agency: str | None
    links: tuple[Link, ...]


def read_facts(tree: LexborHTMLParser, found: Rare, address: str = "") -> Facts:
    """Return the facts of a page with these rare elements; links are resolved where it names its base, or `address` its own place."""
    meta = _meta(found)
    links = dict.fromkeys(_links(tree, found, address))
    return Facts(
        title=_first(meta, _TITLE) or _head_title(found),
        published=next(filter(None, (_date(meta[name]) for name in _PUBLISHED if name in meta)), None),
        agency=_first(meta, _AGENCY) or _site(meta),
        links=tuple(links)[:_MOST_LINKS],
    )


def _meta(found: Rare) -> dict[str, str]:
    """Return what the meta tags say, by their names in lower case; of several with one name, the first that says something."""
    meta: dict[str, str] = {}
    for node in tagged(found, {"meta"}):
        told = node.attributes
        name, content = told.get("name") or told.get("property"), _plain(told.get("content"))
        if name and content:
            meta.setdefault(name.strip().lower(), content)
    return meta


def _plain(text: str | None) -> str:
    return " ".join(normalise(text).split()) if text else ""


def _first(meta: Mapping[str, str], names: Iterable[str]) -> str | None:
    return next((meta[name] for name in names if name in meta), None)


def _head_title(found: Rare) -> str | None:
    title = next((node for tag, node in found if tag == "title"), None)
    return (_plain(title.text()) or None) if title is not None else None


def _site(meta: Mapping[str, str]) -> str | None:
    """Return the name of the site where it may be the agency's own; the site of a government has reports of all its offices."""
    name = _first(meta, _SITE)
    return None if name is None or _WHOLE_GOVERNMENT.search(name) else name


def _date(text: str) -> str | None:
    match = _DATE.search(text)
    try:
        return dt.date(*(int(part) for part in match.groups() if part)).isoformat() if match else None
    except ValueError:  # no such day
        return None


def _links(tree: LexborHTMLParser, found: Rare, address: str) -> Iterator[Link]:
    """Yield the links that may lead to files of the report, not those of the navigation."""
    told = [(node, *_told(tag, node)) for tag, node in found if tag in _LINKING]
    shown = "\n".join([f"{target} {text}" for _, target, text in told]).lower()
    if not any(each in shown for each in _MAYBE_A_FILE):
        return
    base = tree.css_first("base[href]")
    here = urljoin(address, (base.attributes.get("href") or "").strip()) if base is not None else address
    elsewhere = {node.mem_id for node in tree.css(_NAVIGATION)}
    for node, written, name in told:
        target, text = _address(written), _plain(name)[:_LONGEST_TEXT]
        if target and _leads_to_a_file(target, text) and node.mem_id not in elsewhere:
            with contextlib.suppress(ValueError):  # no address at all
                yield Link(urljoin(here, target), text)


def _told(tag: str, node: LexborNode) -> tuple[str, str]:
    """Return where an element leads and what it is called, as written."""
    told = node.attributes
    target = told.get("href") or told.get("src") or told.get("data") or ""
    if tag not in {"a", "area"}:
        return target, ""
    text = node.text()
    return target, text if text and not text.isspace() else told.get("title") or ""


def _address(written: str) -> str:
    """Return an address without white space; "" for what leads to no file."""
    address = _NO_PART.sub("", written).strip() if not written.isprintable() else written.strip()
    return (
        "" if len(address) > _LONGEST_ADDRESS or address[:_LONGEST_SCHEME].lower().startswith(_NO_ADDRESS) else address
    )


def _leads_to_a_file(target: str, text: str) -> bool:
    plain = unquote(target) if "%" in target else target
    if _FILE.search(plain) or _NAMED.search(text):
        return True
    return _DOWNLOAD.search(plain) is not None and not _PAGE.search(plain)
