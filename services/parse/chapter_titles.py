"""The titles of the six chapters as agencies word them: known for certain, as the format words them, or likely by what they speak of."""

import re

LONGEST = 40

_BREAK = r"[ \t]{0,3}(?:\n[ \t]{0,3}){0,2}"
_CHARACTER = re.compile(r"(\[[^\]]*\]|[\u4e00-\u9fff、])(\??)")

_WORDED = (
    (
        "(?:本机关|报告期|本?年度|20\\d\\d年度?)?(?:政府信息公开|政务公开)?(?:工作)?总体(?:工作|公开)?情况(?:概述)?"
        "|概述|(?:工作)?概况|总体概况|(?:政府信息公开|政务公开)?(?:工作)?基本情况"
    ),
    (
        "(?:行政机关|本机关|本?年度|20\\d\\d年度?)?主动公开(?:政府信息(?:公开)?(?:工作)?的?(?:情况)?|(?:信息|工作)?情况)"
        "|政府信息主动公开(?:工作)?的?情况"
    ),
    (
        "(?:行政机关|本机关|本?年度|20\\d\\d年度?)?(?:收到|受理)(?:和|及|与)?、?(?:办理|处理)(?:政府)?信息公开申请(?:工作)?的?(?:情况)?"
        "|处理政府信息公开申请的?情况|政府信息公开申请的?(?:收到|受理)(?:和|及|与)?、?(?:办理|处理)的?情况"
        "|(?:政府信息)?依申请公开(?:政府信息)?(?:工作|办理|处理)?的?情况"
    ),
    (
        "(?:20\\d\\d年度?)?(?:因)?(?:政府信息公开)?(?:工作)?(?:被)?(?:申请|提起|举报)?[、,]?(?:行政)?复议(?:和|与|及|以及)?[、,]?(?:被)?(?:提起)?(?:行政)?诉讼(?:、申诉|和申诉)?的?(?:情况)?"
        "|(?:因)?(?:政府信息公开)?(?:工作)?(?:被)?(?:提起)?行政诉讼(?:和|与|及|以及)?、?(?:被)?(?:申请)?行政复议的?(?:情况)?"
    ),
    (
        "(?:目前)?(?:政府信息公开|政务公开)?(?:工作)?(?:中)?(?:存在的?)?(?:主要)?(?:困难和问题|问题|困难|不足)(?:和困难|和不足)?(?:以及|和|及|与)?、?(?:今后)?(?:下一?步|下一年)?(?:工作)?"
        "(?:改进|整改|打算|计划|安排)(?:工作)?(?:情况|措施|意见|打算|计划|方向)?"
        "|存在的?(?:主要)?(?:问题|困难|不足)(?:以及|和|及|与)?、?下一?步(?:重点)?工作"
    ),
    (
        "其(?:他|它)(?:需要|需|应当|应)?(?:报告|说明)?的?(?:重要|有关)?(?:事项|情况)"
        "|(?:需要|应当)(?:报告|说明)的其(?:他|它)(?:事项|情况)"
    ),
)
_SPEAK_OF: tuple[tuple[int, re.Pattern[str]], ...] = (
    (1, re.compile("总体|概述|概况|综述|基本情况|^一[、.,:][^复诉题]{0,24}情况$")),
    (2, re.compile("主动公开")),
    (3, re.compile("依申请|(?:收到|受理|办理|处理).{0,12}申请|申请.{0,8}(?:收到|受理|办理|处理)")),
    (4, re.compile("复议|诉讼")),
    (5, re.compile("问题|不足|困难|短板|改进|打算|下一?步|努力方向|今后")),
    (6, re.compile("(?:^|[、.,:。;)分章节])其[他它]|(?:报告|说明)的?(?:其[他它])?(?:事项|情况)$|信息处理费|收费")),
)


def _broken(pattern: str) -> str:
    """Return the pattern with white space, also a line end and a blank line, allowed before each character of a title."""
    return _CHARACTER.sub(lambda each: f"(?:{_BREAK}{each[1]}){each[2]}", pattern)


FIRST = "".join(sorted(set(re.findall("[\u4e00-\u9fff]", "".join(_WORDED)))))
"""The characters that a title may begin with, unless with a year, and others: a sieve."""

TITLE = (
    rf"(?={_BREAK}[{FIRST}2、,])(?:"  # the sieve first: most lines of a table begin with none of these
    + "|".join(f"(?P<chapter{number}>{_broken(pattern)})" for number, pattern in enumerate(_WORDED, 1))
    + r")(?<!\s)"
)
"""A title of a chapter in folded, simplified text, also one broken over lines; its group names the chapter (`chapter_of`)."""


def chapter_of(match: re.Match[str]) -> int:
    """Return which chapter a match of TITLE is the title of."""
    return next(number for number in range(1, len(_WORDED) + 1) if match[f"chapter{number}"])


def likely_chapters(title: str) -> tuple[int, ...]:
    """Return the chapters that a folded title of an agency's own wording speaks of."""
    return tuple(number for number, spoken in _SPEAK_OF if spoken.search(title))
