"""What stands around a number tells a code, an amount, a page's address or a row of figures from personal data.

All functions take folded text and look at a bounded piece of it.
"""

import re
import string

from shared.forms import FORMS

_BEFORE = 80
_CODE = re.compile(
    r"(?:索引号|索引码|统一编码|信息编码|文号|编号|信用代码|流水号|备案号|机构代码|许可证号)(?:\([^()\n]{0,12}\))?"
    r"[:为是 |\t]{0,3}[A-Za-z0-9〔〕\[\]【】/_-]{0,24}$|[〔\[【](?:19|20)[0-9]{2}[〕\]】]第? ?$"
)
_PERSON = re.compile(
    r"(?:电话|手机|座机|联系|热线|微信|同号|号码|拨打|致电|身份证|证件|卡号|银行卡|账号|帐号|账户|对公|户名|[Tt]el|[Pp]hone|[Mm]obile)"
    r"[^0-9\n|\t]{0,12}(?:[0-9][0-9 、,;/-]{6,60})?$"
)
_IDENTITY = re.compile(r"(?:身份证|身份号码|证件)(?:号码?)?[^0-9\n]{0,6}$")
_CARD = re.compile(r"(?:银行卡|储蓄卡|信用卡|卡号|账号|帐号|账户|对公)(?:号码?)?[^0-9\n]{0,6}$")
_CALLED = re.compile(r"(?:电话|手机|联系|热线|微信|号码|[Tt]el|[Pp]hone|[Mm]obile)[^0-9\n]{0,6}$")

_ADDRESS_CHARACTERS = string.ascii_letters + string.digits + "-._~:/?#@&+=%"
_ADDRESS = re.compile(r"(?:https?|ftp)://|[A-Za-z0-9-]\.[A-Za-z]{2,6}(?::[0-9]{2,5})?/")
_HOST = re.compile(r"(?:[a-z]{3,5}://)?[^/]*/$")
_PERSON_IN_ADDRESS = re.compile(r"(?:mobile|phone|tel|shouji|sfz|idcard)[A-Za-z_]{0,8}=$", re.IGNORECASE)
_PAGE_NAME = re.compile(r"(?:t20[0-9]{6}|art|content|post|info)_$")
_PAGE_KIND = re.compile(r"\.(?:s?html?|jspx?|aspx?|png|jpe?g|gif)(?![A-Za-z0-9])")

_CURRENCY = re.compile(r"[¥￥$€] ?$")
_UNIT = re.compile(
    r" ?(?:[万亿千百]{0,2}[美日欧港]?元(?![旦月宵])|人次|件次|%|(?:[件次条个万亿笔吨]|平方米|公里|千米)(?![\u4e00-\u9fff]))"
)
_DECIMALS = re.compile(r"\.[0-9]{1,4}(?![0-9]|\.[^0-9]|[年月日、号])")
_SHARE = re.compile(r"(?<![0-9])0\.$|[经纬]度?[:为]?[0-9]{1,3}\.$")

_LABEL_END = 5
_ENUMERATOR = re.compile(r"^(?:[一二三四五六七八九十]{1,2}、|[0-9]{1,2}[.、．])")
_REMARK = re.compile(r"（[^（）]*）")
_SQUEEZED = re.compile(r"[\W_]+")
_COUNTRY = re.compile(r"(?:\+|00)86[- ]?$")
_CELL_BEFORE, _CELL_BEHIND = re.compile(r"[|\t] *$"), re.compile(r" *[|\t]")
_LINE_END = re.compile(r" *(?:\n|$)")
_FIGURE_BEFORE, _FIGURE_BEHIND = re.compile(r"[0-9] {1,4}$"), re.compile(r" {1,4}[-+]?[0-9]")


def _label_ends() -> tuple[str, ...]:
    """Return how the official labels of rows and columns end, with and without the remark in brackets."""
    rows = [row for form in FORMS.values() for table in form.tables.values() for row in table.rows]
    printed = {label for row in rows for label in (row.label, *row.groups, *(column.label for column in row.columns))}
    cores = {_ENUMERATOR.sub("", spelling) for label in printed for spelling in (label, _REMARK.sub("", label))}
    return tuple(sorted({_SQUEEZED.sub("", core)[-_LABEL_END:] for core in cores}))


_LABEL_ENDS = _label_ends()


def is_code(folded: str, start: int) -> bool:
    """Whether the number follows a word for codes (索引号, 文号) with nothing but the code's own characters between."""
    return _CODE.search(_before(folded, start)) is not None


def is_identity(folded: str, start: int) -> bool:
    """Whether the number is said to be an identity number."""
    return _IDENTITY.search(_before(folded, start)) is not None


def is_card(folded: str, start: int) -> bool:
    """Whether the number is said to be a bank card or account."""
    return _CARD.search(_before(folded, start)) is not None


def is_called(folded: str, start: int) -> bool:
    """Whether the number is said to be a telephone number."""
    return _CALLED.search(_before(folded, start)) is not None


def is_amount(folded: str, start: int, end: int) -> bool:
    """Whether the number is an amount: with a currency, a unit or decimals, or the decimals of a share."""
    if is_called(folded, start):
        return False
    before = _before(folded, start)
    ahead = _SHARE.search(before) or _CURRENCY.search(before)
    return (ahead or _UNIT.match(folded, end) or _DECIMALS.match(folded, end)) is not None


def is_in_address(folded: str, start: int, end: int) -> bool:
    """Whether the number is part of a web address or a page's name, and not what the address says of a person."""
    before = folded[max(0, start - 300) : start]
    if _PAGE_NAME.search(before[-16:]) and _PAGE_KIND.match(folded, end):
        return True
    token = before[len(before.rstrip(_ADDRESS_CHARACTERS)) :]
    if "@" in token or _ADDRESS.search(token) is None or _PERSON_IN_ADDRESS.search(token[-24:]):
        return False
    return _HOST.fullmatch(token) is None or folded[end : end + 1] in {".", "/", "_", "-"}


def is_in_hash(folded: str, start: int, end: int) -> bool:
    """Whether the digits are part of a longer hexadecimal token: a hash, the number of a record."""
    before, behind = folded[max(0, start - 64) : start], folded[end : end + 64]
    head = before[len(before.rstrip("0123456789abcdef")) :]
    tail = behind[: len(behind) - len(behind.lstrip("0123456789abcdef"))]
    letters = set(head + tail) & set("abcdef")
    return len(letters) > 1 and len(head) + len(tail) + end - start >= 16


def is_row_of_figures(folded: str, start: int, end: int) -> bool:
    """Whether groups of digits parted by spaces are figures of a table's row: beside others, or alone behind an official label.

    One cell of its own (between pipes or tabs), or a word for telephones, identity numbers or cards, says they are not.
    """
    before = _before(folded, start)
    if _PERSON.search(before.rpartition("\n")[2]) or _COUNTRY.search(before):
        return False
    if _CELL_BEFORE.search(before) or _CELL_BEHIND.match(folded, end):
        return False
    if _FIGURE_BEFORE.search(before) or _FIGURE_BEHIND.match(folded, end):
        return True
    if _LINE_END.match(folded, end) is None:
        return False
    nearest = before.rstrip().rpartition("\n")[2]
    return _SQUEEZED.sub("", nearest).endswith(_LABEL_ENDS)


def _before(folded: str, start: int) -> str:
    return folded[max(0, start - _BEFORE) : start]
