"""What copying and extraction do to the text of a published report, as data; for layouts of pasted text, never for files."""

import random
import re
from collections.abc import Callable, Mapping

Extraction = Callable[[random.Random, str], str]

_CHROME = (
    *(
        "打印本页",
        "关闭窗口",
        "【字体：大 中 小】",
        "扫一扫在手机打开当前页",
        "浏览次数：",
        "浏览次数：128",
        "来源：本站",
        "分享到：微信 微博",
    ),
    *(
        "首页 > 政务公开 > 政府信息公开年报 > 2023年",
        "您访问的链接即将离开本网站",
        "语音合成中,请耐心等待",
        "2025-01-20 09:30",
        "[打印]",
    ),
    *("规章", "行政规范性文件", "索引号：11999900001234567A/2025-00012"),
)
_PAGE_ENDS = ("— 3 —", "- 3 -", "第 3 页", "第3页 共9页", "3 / 9", "3", "3\n\n样例市数据局", "\f", "Page 3")

_LETTER = "(?![十五元件无])[\u4e00-\u9fff]"  # of labels and prose; figures are printed with those left out
_WIDE = {ord("0") + digit: 0xFF10 + digit for digit in range(10)}


def _lines_added(lines: tuple[str, ...], most: int) -> Extraction:
    """Return the damage that puts lines of these among those of the report."""

    def damage(chance: random.Random, text: str) -> str:
        kept = text.split("\n")
        for _ in range(chance.randint(1, most)):
            kept.insert(chance.randrange(2, len(kept)), chance.choice(lines))
        return "\n".join(kept)

    return damage


def _no_line_twice(_: random.Random, text: str) -> str:
    return "\n".join(dict.fromkeys(text.split("\n")))


def _no_line_again(_: random.Random, text: str) -> str:
    """Drop a line that is the same as the one before it."""
    lines = text.split("\n")
    return "\n".join(line for place, line in enumerate(lines) if not place or not line or line != lines[place - 1])


def _lines_lost(share: float) -> Extraction:
    def damage(chance: random.Random, text: str) -> str:
        return "\n".join(line for line in text.split("\n") if chance.random() >= share)

    return damage


def _lines_joined(chance: random.Random, text: str) -> str:
    """Join one line in ten to the next one."""
    return re.sub(r"\n+", lambda found: " " if chance.random() < 0.1 else found[0], text)


def _lines_broken(chance: random.Random, text: str) -> str:
    """Break lines at a width, but no figure."""
    wide = chance.choice((16, 24, 40))
    return re.sub(
        rf"[^\n]{{{wide}}}[\d.,件元十五 ]*+(?![^\n]{{0,1}}$)", lambda found: found[0] + "\n", text, flags=re.MULTILINE
    )


def _dates_without_digits(_: random.Random, text: str) -> str:
    return re.sub(r"\d{1,2}(?=[月日号])|(?<=〔20\d\d〕)\d+", "", text)


def _instead(pattern: str, replacement: str) -> Extraction:
    return lambda _, text: re.sub(pattern, replacement, text)


def _letters_lost(chance: random.Random, text: str) -> str:
    """Lose one letter in thirty, anywhere but in figures."""
    return re.sub(_LETTER, lambda found: "" if chance.random() < 1 / 30 else found[0], text)


def _letters_wrong(chance: random.Random, text: str) -> str:
    """Misread one letter in thirty, anywhere but in figures."""
    return re.sub(
        _LETTER, lambda found: chance.choice("口田日木囗〇一二") if chance.random() < 1 / 30 else found[0], text
    )


def _spaces(chance: random.Random, text: str) -> str:
    """Put spaces between letters here and there."""
    return re.sub(f"(?<={_LETTER})(?={_LETTER})", lambda _: " " if chance.random() < 0.15 else "", text)


def _full_width(_: random.Random, text: str) -> str:
    return re.sub("(?<![\\w.第])[0-9]+(?![\\w.])", lambda found: found[0].translate(_WIDE), text)


def _title_lost(_: random.Random, text: str) -> str:
    return text.partition("\n")[2]


def _cut_off(chance: random.Random, text: str) -> str:
    return text[: chance.randrange(len(text) // 3, len(text))]


def _begun_late(chance: random.Random, text: str) -> str:
    return text[chance.randrange(1, len(text) // 2) :]


EXTRACTED: Mapping[str, Extraction] = {
    "no line twice": _no_line_twice,
    "no line again": _no_line_again,
    "a few lines lost": _lines_lost(0.01),
    "lines lost": _lines_lost(0.08),
    "lines joined": _lines_joined,
    "lines broken at a width": _lines_broken,
    "lines of the page": _lines_added(_CHROME, 6),
    "page numbers": _lines_added(_PAGE_ENDS, 4),
    "empty lines between all": _instead("\n", "\n\n"),
    "no empty line": _instead(r"\n\s*\n", "\n"),
    "no empty cell": _instead(r"([|\t])(?:[ \xa0]*\1)+", r"\1"),
    "spaces for pipes and tabs": _instead(r"[ \xa0]*[|\t][ \xa0|\t]*", " "),
    "one space for many": _instead(r"[ \t\xa0]+", " "),
    "Windows line ends": _instead("\n", "\r\n"),
    "dates without digits": _dates_without_digits,
    "letters lost anywhere": _letters_lost,
    "letters wrong anywhere": _letters_wrong,
    "spaces between letters": _spaces,
    "full width": _full_width,
    "no title": _title_lost,
    "cut off": _cut_off,
    "begun late": _begun_late,
}
"""Name -> what it does to a text."""
