"""Instructions to whoever compiles the report: sentences that ask for something and speak of forms, copies, mails, reviews."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from services.validate.passages import Passage
from services.validate.subject import Subject

_HEAD = re.compile(
    r"[(\[【]?(?:注意事项|(?:填报|填写|填表|编制|编报|报送|编写)(?:说明|要求|须知)|有关要求)[)\]】]? *(?:[::]|$|[0-9一1][.、])"
)
_ASKED = re.compile(
    r"(?<![申邀聘提报恳函呈宴商敬])请(?!求|示|假|愿|教|与|登录|登陆|访问|拨打|致电|专家|法律|律师|第三方|上级|市|省|人大|社会)"
    r"|务必|切勿|勿删"
)
_MUST = re.compile(r"须|应当?")
_FOR_READERS = re.compile("申请|公众|群众|市民|疑问|咨询|欢迎|如需|意见|建议|查阅|下载")
_TELLS = re.compile("要求|通知|印发|提醒|督促|明确|规定|制定|建立|落实|坚持")
_STRONG = (
    re.compile(r"(?:审核|审批|审签|签批|呈批|会签)(?:表|单)|发文稿纸|模板|范本"),
    re.compile(
        r"扫描件|签字盖章|盖章(?:后|版|件)|签字版|纸质[版件]|电子[版档]|(?:word|pdf|wps) ?(?:版|格式)", re.IGNORECASE
    ),
    re.compile(
        r"(?:报送|发送|传送|上传|反馈|报|提交|上交|发|送)(?:至|到|给)[^,。;\n]{0,24}(?:邮箱|邮件|@|QQ|微信|群|科|股|处|室)"
        r"|报送时|上报时|[0-9]{1,2}[月日]底?前(?:报|发|送|反馈|提交)"
    ),
)
_EDITING = re.compile(
    r"(?:此|本|该|以上|以下|红色|标红|黄色|标黄|蓝色|括号内)(?:段|行|处|部分|字体|文字|内容|说明)[^,。;\n]{0,16}(?:删|修改|替换|填写)"
)
_WEAK = (
    re.compile("审核|校核|把关|核对|审定|审阅"),
    re.compile("(?:各|年报编制|编制|填报)(?:单位|部门|镇|乡镇|街道|科室|股室|处室)"),
)
_GAP = 2


@dataclass(frozen=True, slots=True)
class Block:
    """Instructions that stand together, with their heading if there is one; `count` sentences that instruct."""

    start: int
    end: int
    count: int
    at_end: bool


@dataclass(frozen=True, slots=True)
class _Sign:
    """A sentence that belongs to instructions: their heading, or one of them."""

    index: int
    passage: Passage
    heads: bool


def blocks(subject: Subject) -> list[Block]:
    """Return the blocks of instructions in the prose, in order."""
    sentences = subject.prose.sentences
    last = subject.prose.chapters.get(6)
    behind = last.start if last else len(subject.prose.text)
    signs = list(_signs(sentences, behind))
    runs: list[list[_Sign]] = []
    for sign in signs:
        near = runs and sign.index - runs[-1][-1].index <= _GAP and sign.passage.section == runs[-1][-1].passage.section
        if near:
            runs[-1].append(sign)
        else:
            runs.append([sign])
    return [_block(run, behind) for run in runs if not all(sign.heads for sign in run)]


def _block(run: Sequence[_Sign], behind: int) -> Block:
    start = run[0].passage.start
    instructing = [sign for sign in run if not sign.heads] or run
    return Block(start, run[-1].passage.end, len(instructing), start >= behind)


def _signs(sentences: Sequence[Passage], behind: int) -> Iterator[_Sign]:
    headed: tuple[int, str | None] | None = None
    for index, sentence in enumerate(sentences):
        head = _HEAD.match(sentence.text)
        if head:
            headed = (index, sentence.section)
            said = sentence.text[head.end() :]
            yield _Sign(index, sentence, heads=not _instructs(said, at_end=True, headed=True))
        elif _instructs(
            sentence.text,
            at_end=sentence.start >= behind,
            headed=headed is not None and headed[1] == sentence.section and index - headed[0] <= 2 * _GAP,
        ):
            headed = (index, sentence.section) if headed else None
            yield _Sign(index, sentence, heads=False)


def _instructs(text: str, *, at_end: bool, headed: bool) -> bool:
    """Whether a sentence tells the compilers what to do: not readers how to apply or to ask, and not what was required.

    Within the report two cues and a request are needed, one of them of forms, copies or mails; behind its end any two;
    under a heading for instructions one cue is enough, and anywhere a request to edit the text itself.
    """
    asked = _ASKED.search(text) is not None
    may = asked or headed or (at_end and _MUST.search(text) is not None)
    if not may or _FOR_READERS.search(text) or (_TELLS.search(text) and not headed):
        return False
    if asked and _EDITING.search(text):
        return True
    strong, weak = _cues(text, _STRONG), _cues(text, _WEAK)
    if headed:
        return strong > 0 or (asked and weak > 0)
    if asked:
        return strong + weak > 1 and (at_end or strong > 0)
    return strong > 1


def _cues(text: str, cues: Sequence[re.Pattern[str]]) -> int:
    return sum(cue.search(text) is not None for cue in cues)
