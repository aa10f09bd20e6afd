"""Which of a page's links lead to the rest of its report, and where: by the words of the link, never by opening it."""

import re
from urllib.parse import unquote

from services.parse.document import Link
from shared.simplified import simplify
from shared.text import fold
from shared.web import NoWebAddress, is_web, web_address

MOST = 10

ARCHIVE = re.compile(r"\.zip/", re.IGNORECASE)
"""Behind it a source names a member of an archive."""

_REPORT = re.compile(r"年度报告|年报|工作报告|(?:情况|统计|汇总)表|附表|表[一二三四1-4](?![0-9])")
_NOT_ITSELF = re.compile(r"解读|模板|格式|样式|通知|说明|图解")
_OTHER = re.compile(
    r"申请表|指南|目录|流程|须知|解读|通知|条例|办法|规定|细则|标准|清单|名录|手册|阅读器|浏览器|客户端|插件|软件|二维码|公众号|简介|预算|决算"
)
_ATTACHED = re.compile(r"附件|信息公开|正文|全文|原文|报告")
_SAYS_NOTHING = re.compile(r"点击|此处|下载|查看|打开|浏览|文件|文档|版|[a-z0-9\W_]", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(20\d\d) ?(?:年|-20\d\d)")


def listed(links: tuple[Link, ...], year: int | None, source: str) -> tuple[str, ...]:
    """Return where the files stand that a page at `source` lists as parts of its report on a year, at most MOST of them."""
    places = (located(link.address, source) for link in links if _belongs(link, year))
    return tuple(dict.fromkeys(place for place in places if place and place != source))[:MOST]


def located(address: str, source: str) -> str | None:
    """Return the source of a file that a page links to; None for what is no address.

    From a page of the web it is a web address. Beside a page that was saved as a file, or packed, it is a path; a link into
    the web is looked for under the file's own name, where a person who saves a page with its attachments puts it.
    """
    if is_web(source) and not ARCHIVE.search(source):
        try:
            return str(web_address(address, source))
        except NoWebAddress:
            return None
    parts = unquote(re.split(r"[?#]", address)[0]).replace("\\", "/").split("/")
    below = [part for part in (parts[-1:] if ":" in parts[0] or not parts[0] else parts) if part not in {"", "."}]
    head, colon, path = source.rpartition(":")  # upload:PATH, a drive
    joined = _joined(path[: path.rfind("/") + 1], below) if below else None
    return joined and head + colon + joined


def fetchable(address: str, page: str) -> bool:
    """Whether a file may be fetched on behalf of a page: both stand on the web, on the same host."""
    if not (is_web(address) and is_web(page)):
        return False
    return _site(address) == _site(page)


def _site(address: str) -> str:
    return web_address(address).host.removeprefix("www.").rstrip(".")


def _joined(folder: str, below: list[str]) -> str | None:
    """Return a path seen from a folder ("", or ending in "/"); None where it leads out of the folder's own path."""
    for part in below:
        if part != "..":
            folder += f"{part}/"
        elif folder.strip("/.") == "":
            return None
        else:
            folder = folder[: folder.rfind("/", 0, -1) + 1]
    return folder[:-1]


def _belongs(link: Link, year: int | None) -> bool:
    """Whether a link's words, or its file's name, speak of this report, or say nothing of anything else."""
    name = simplify(fold(f"{link.text} {unquote(re.split('[/?&=]', link.address)[-1])}"))
    years = {int(found) for found in _YEAR.findall(name)}
    if year is not None and years and not years & {year, year + 1}:  # a date of publication is a year later
        return False
    if _REPORT.search(name) and not _NOT_ITSELF.search(name):
        return True
    if _OTHER.search(name):
        return False
    return _ATTACHED.search(name) is not None or not _SAYS_NOTHING.sub("", name)
