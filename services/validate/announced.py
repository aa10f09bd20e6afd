"""What the introduction says the report consists of: the parts that it lists, and how many it says there are."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from services.validate.passages import Passage, Prose
from shared.forms.chapters import CHAPTERS

_SIGNS = {
    1: r"总体|概述|概况|基本情况",
    2: r"主动公开",
    3: r"依申请|(?:收到|处理).{0,12}申请|申请.{0,8}(?:办理|处理)",
    4: r"复议|诉讼",
    5: r"问题|改进|不足|困难",
    6: r"其[他它].{0,10}(?:事项|情况)|需要报告",
}
_CHAPTER = {number: re.compile(signs) for number, signs in _SIGNS.items()}
_IN_TWO = {4, 5}
"""Chapters whose titles offices write with a comma: 行政复议、行政诉讼; 存在的主要问题、改进情况."""
_CONSISTS = re.compile(
    r"(?:全文|报告|年报|本文|正文|(?<!主要)内容)[^。;]{0,40}?(?:包括|包含|分为|共分|由)|组成|构成|部分编制"
)
_NUMBER = re.compile(r"(?<!第)(?P<number>[四五六七八九十]|\d{1,2}) ?(?:个|大)?部分(?!公开|单位|内容)")
_TITLES = re.compile(r"《[^》]{0,120}》|\([^()]{0,120}\)")
_FROM = re.compile(r"包括|包含|分为|共分|按照|由|:")
_TO = re.compile(r"等?(?:共|计)?(?:[四五六七八九十]|\d{1,2}) ?(?:个|大)?部分|组成|构成")
_JOINED = re.compile(r"(?<=情况|措施)(?:以及|及|和|与)(?=其)")
_A_PART = re.compile(r"(?!现|特|根据|按照|结合|本)[^附表统计]{4,34}(?:情况|事项|措施|思路|打算|安排)")
_ASPECT = re.compile(r"信息管理|平台|监督|保障")
_CONTENTS = re.compile(r"(?:相关|有关|各项)数据[。]?$")  # what is told, not the parts: 主动公开、依申请公开等相关数据
_FEWEST = 4
_SHORTEST = 5
_DIGITS = "零一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Announced:
    """A sentence that announces `number` parts. `said`: it says how many. `strange`: listed, but no chapter or one again."""

    sentence: Passage
    number: int
    said: bool
    strange: tuple[str, ...]


def announced(prose: Prose) -> Announced | None:
    """Return what the introduction, or the beginning of the first chapter, announces; None where it announces no parts."""
    begin = prose.within(prose.introduction, prose.sentences)
    first = prose.within(prose.chapters.get(1), prose.sentences)[:4]
    found = (_announcing(sentence) for sentence in (*begin, *first))
    return next((each for each in found if each), None)


def _announcing(sentence: Passage) -> Announced | None:
    text = _TITLES.sub("", sentence.text)
    if not _CONSISTS.search(text) or _CONTENTS.search(text.rstrip()):
        return None
    parts = _parts(text)
    known = {chapter for chapter in map(_chapter, parts) if chapter}
    if len(known) < _FEWEST:
        return None
    number = _NUMBER.search(text)
    strange = _strange(parts)
    return Announced(
        sentence, _figure(number["number"]) if number else len(known) + len(strange), number is not None, strange
    )


def _parts(text: str) -> list[str]:
    """Return the parts that a sentence lists; a comma within a title (复议、诉讼; 收到、处理) parts nothing."""
    begin = _FROM.search(text)
    listed = _TO.split(text[begin.end() if begin else 0 :])[0]
    parts: list[str] = []
    held = ""
    for piece in re.split(r"[、,]|”“", _JOINED.sub("、", listed)):
        part, held = held + piece.strip(" “”:和及与以等"), ""
        if parts and _chapter(part) in _IN_TWO and _chapter(part) == _chapter(parts[-1]):
            parts[-1] += part
        elif _chapter(part) or len(part) >= _SHORTEST:
            parts.append(part)
        else:
            held = part
    return parts


def _strange(parts: Sequence[str]) -> tuple[str, ...]:
    """Return what is listed beside the six chapters; nothing where the list goes into the aspects of the first one."""
    if any(_ASPECT.search(part) for part in parts):
        return ()
    others = [part for part in parts if not _chapter(part) and _A_PART.fullmatch(part)]
    for number, (_, title) in CHAPTERS.items():
        same = [part for part in parts if _chapter(part) == number]
        official = [part for part in same if part == title][:1] or same[:1]
        others += [part for part in same if part not in official]
    return tuple(others)


def _chapter(part: str) -> int | None:
    return next((number for number, signs in _CHAPTER.items() if signs.search(part)), None)


def _figure(number: str) -> int:
    return int(number) if number.isdigit() else _DIGITS.index(number)
