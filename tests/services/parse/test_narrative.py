"""Claims: doubt said where it is; of hostile text, the work grows with its length and no faster."""

import gc
import itertools
import sys

import pytest

from services.parse.document import Content, Paragraph
from services.parse.lexicon import PHRASES
from services.parse.narrative import LONGEST_SENTENCE, read_claims
from services.parse.worker import Workers
from services.validate.subject import FIRM
from shared.model.cell import Span
from shared.testing.layouts import blank_figures, render

WORDS = [words for phrase in PHRASES for words in phrase.words.split("|")]
MEGABYTE = 1024 * 1024
SAID = "全年共收到政府信息公开申请65件。\n全年共收到政府信息公开申请65件。\n"
HOSTILE = {
    "near-matches": "".join(words[:-1] for words in WORDS if len(words) > 1),
    "matches": "".join(WORDS),
    "matches with figures": "".join(f"{words}5件" for words in WORDS),
    "figures": "申请5件",
    "totals": "共收到申请5件，上年结转2件，共计7件，",
    "parts": "共5条，其中动态3条，公告2条，",
    "digits": "1",
    "digits and commas": "1,",
    "numerals": "一二三四",
    "years": "2024年5件",
    "listing marks": "、",
    "brackets": "（",
    "denials": "没有、",
    "denied and counted": "未收到申请5件、",
    "of all": "均为",
    "of all with figures": "均5件为",
    "all of it": "申请100%办结",
    "carried": "结转",
}


def test_only_what_is_in_doubt_is_said_with_doubt():
    """A claim of a paragraph that may have been misread is not firm; the same claim of another one is."""
    half = len(SAID) // 2
    content = Content(SAID, (Paragraph(0, half - 1), Paragraph(half, 2 * half - 1)), doubtful=frozenset({Span(0, 3)}))
    doubtful, firm = read_claims(content, (), (), agency="样例市数据局", year=2024)
    assert (doubtful.metric, doubtful.value) == (firm.metric, firm.value)
    assert doubtful.confidence < FIRM <= firm.confidence


def _sentences(pattern: str, characters: int) -> str:
    """Return the pattern over and over, in the longest sentences that are read as such."""
    text = pattern * (characters // len(pattern) + 1)
    starts = range(0, characters, LONGEST_SENTENCE - 50)
    return "。".join(text[start:end] for start, end in itertools.pairwise([*starts, characters]))


def _steps(text: str) -> int:
    """Return how many calls reading the claims of a text takes, and steps of generators."""
    content = Content(text, (Paragraph(0, len(text)),))
    read_claims(content, (), (), agency="样例市数据局", year=2024)
    steps = 0

    def count(*_: object) -> None:
        nonlocal steps
        steps += 1

    gc.disable()  # what it finalizes of other tests would be counted
    sys.setprofile(count)
    try:
        read_claims(content, (), (), agency="样例市数据局", year=2024)
    finally:
        sys.setprofile(None)
        gc.enable()
    return steps


@pytest.mark.parametrize("pattern", HOSTILE.values(), ids=HOSTILE)
def test_work_grows_with_the_sentence_and_no_faster(pattern):
    """Four times the sentence takes about four times the steps, not sixteen."""
    length = (LONGEST_SENTENCE - 50) // 4
    text = pattern * (LONGEST_SENTENCE // len(pattern) + 1)
    assert _steps(text[: 4 * length]) <= 6 * _steps(text[:length])


@pytest.mark.parametrize("pattern", HOSTILE.values(), ids=HOSTILE)
def test_work_grows_with_the_text_and_no_faster(pattern):
    """Four times the text takes about four times the steps."""
    once = len(pattern) * (4500 // len(pattern) + 1)  # the whole pattern: its words differ in what they cost
    assert _steps(_sentences(pattern, 4 * once)) <= 5 * _steps(_sentences(pattern, once))


async def test_a_hostile_megabyte_is_read_within_the_deadline():
    """A report with a megabyte of it, in sentences or as one, is read like any other."""
    async with Workers(1) as workers:
        for name in ("near-matches", "digits", "listing marks", "brackets", "of all"):
            pattern = HOSTILE[name]
            times = MEGABYTE // len(pattern.encode())
            for prose in (pattern * times, _sentences(pattern, times * len(pattern))):
                report = render(blank_figures(printed="0"), "2021", chapters={1: prose}).encode()
                document = await workers.parse(report, source="a.txt", mark_key=None)
                assert document.status == "report", (name, document.reason)


@pytest.mark.parametrize(
    "parts",
    [
        "，其中网上申请件69件，书面申请件1件。",
        "，涉及征地的申请12件，涉及规划的申请58件。",
        "。其中，涉及征地的申请12件，涉及规划的申请58件。",
    ],
)
def test_kinds_of_applications_are_not_all_that_came_in(parts):
    """Where a sentence has told how many applications came in, or goes into parts, what only the topic names is a part."""
    text = f"全年共收到政府信息公开申请70件{parts}"
    read = read_claims(Content(text, (Paragraph(0, len(text)),)), (), (), agency="样例市数据局", year=2024)
    assert [claim.value for claim in read if claim.metric == "table3/本年新收/总计"] == [70]


@pytest.mark.parametrize(
    ("said", "sure"),
    [
        ("被行政复议2宗、行政诉讼1宗，其中2宗维持原答复，1宗尚未审结", set()),
        ("被行政复议2宗，行政诉讼3宗，其中2宗维持，1宗尚未审结", {"结果维持", "尚未审结"}),
        ("被行政诉讼3宗，其中2宗维持，1宗尚未审结", {"结果维持", "尚未审结"}),
    ],
)
def test_results_that_add_up_to_reviews_and_suits_are_of_both(said, sure):
    """What stands behind both totals is of the last one, unless it adds up to both."""
    text = f"因政府信息公开申请{said}。"
    read = read_claims(Content(text, (Paragraph(0, len(text)),)), (), (), agency="样例市数据局", year=2024)
    assert {claim.metric.split("/")[-1] for claim in read if claim.confidence > 0.9} - {"总计"} == sure


def test_applications_for_permits_are_none_for_disclosure():
    """未收到行政许可申请 denies nothing of disclosure."""
    text = "全年未收到行政许可申请。"
    assert read_claims(Content(text, (Paragraph(0, len(text)),)), (), (), agency="样例市数据局", year=2024) == ()


def test_replies_that_include_those_carried_in_leave_what_came_in_alone():
    """A bracket belongs to the figure before it: of 答复226件(含上年结转15件) the replies include them, not 受理222件."""
    text = (
        "共受理政府信息公开申请222件，答复政府信息公开申请226件（含上年度结转申请15件，另有11件结转下年度继续办理）。"
    )
    read = read_claims(Content(text, (Paragraph(0, len(text)),)), (), (), agency="样例市数据局", year=2024)
    assert {claim.value: claim.metric.split("/")[1] for claim in read} == {
        222: "本年新收",
        226: "总计",
        15: "上年结转",
        11: "结转下年度",
    }


@pytest.mark.parametrize(
    ("said", "metric"),
    [
        ("部分同意公开", "table3/部分公开/总计"),
        ("因信息不存在无法提供", "outcome/不存在"),
        ("因不属于本机关信息无法提供", "outcome/不属于本机关"),
        ("因涉及国家秘密不予公开", "table3/不予公开/属于国家秘密/总计"),
        ("涉及第三方合法权益不予公开", "table3/不予公开/保护第三方合法权益/总计"),
        ("因涉及第三方权益，不予公开", "table3/不予公开/保护第三方合法权益/总计"),
        ("因涉及商业秘密，决定不予公开", "table3/不予公开/保护第三方合法权益/总计"),
        ("因属于内部事务等原因不予公开答复", "table3/不予公开/总计"),
        ("作出不予处理答复", "table3/不予处理/总计"),
        ("上年度未办结", "table3/上年结转/总计"),
        ("2023年未办结", "table3/上年结转/总计"),
        ("暂未办结", "table3/结转下年度/总计"),
        ("因重复申请不予处理", "table3/不予处理/重复申请/总计"),
        ("因信息不存在、不属于本机关等无法提供", "table3/无法提供/总计"),
        ("因本机关不掌握等原因无法提供", "table3/无法提供/总计"),
        ("因重复申请等不予处理", "table3/不予处理/总计"),
        ("因信息不存在不予公开", "table3/不予公开/总计"),
        ("无法提供", "table3/无法提供/总计"),
    ],
)
def test_the_one_reason_of_a_refusal_is_the_row_counted(said, metric):
    """A refusal told with one reason of its group counts that reason; with several, or one of another group, the group."""
    text = f"全年共收到政府信息公开申请70件，其中予以公开62件，{said}8件。"
    read = read_claims(Content(text, (Paragraph(0, len(text)),)), (), (), agency="样例市数据局", year=2024)
    assert [claim.metric for claim in read if claim.value == 8] == [metric]


@pytest.mark.parametrize(
    ("said", "row"),
    [
        ("2023年收到，结转至2024年作出答复的政府信息公开申请30件。", "上年结转"),
        ("政府信息公开申请30件，系2023年结转。", None),
        ("收到政府信息公开申请70件，结转至2025年答复30件。", "结转下年度"),
    ],
)
def test_the_year_that_applications_are_carried_to_tells_which_way(said, row):
    """What is carried to the year of the report came in from the year before, and what to the next goes out; neither is a reply."""
    read = read_claims(Content(said, (Paragraph(0, len(said)),)), (), (), agency="样例市数据局", year=2024)
    told = {claim.metric for claim in read if claim.value == 30}
    assert "table3/总计/总计" not in told
    assert row is None or told <= {f"table3/{row}/总计"}


@pytest.mark.parametrize(
    ("said", "certain"),
    [
        ("共收到书面申请3件，网上申请4件。", {"channel/网络": 4}),
        ("通过平台收到申请12件、信函申请6件。", {"channel/信函": 6}),
        ("收到申请31件、其中网络申请20件。", {"table3/本年新收/总计": 31, "channel/网络": 20}),
        ("通过网站、信函等渠道收到申请16件。", {"table3/本年新收/总计": 16}),
        ("共收到依申请公开办理事项7件。", {"table3/本年新收/总计": 7}),
        (
            "收到申请15件，2件转至其他单位，其他13件均按期答复。",
            {"table3/本年新收/总计": 15, "statement/全部办结": True},
        ),
        ("收到申请15件，顺延至下一年答复2件。", {"table3/本年新收/总计": 15, "table3/结转下年度/总计": 2}),
        ("累计公开政策文件51条，行政许可207条，行政处罚59条。", {}),
        ("2024年累计收到申请58件。", {"table3/本年新收/总计": 58}),
        ("截至2024年底，累计收到申请58件。", {}),
        ("2023年累计收到申请58件。", {}),
        ("被申请行政复议7件，其中信息公开类3件。", {}),
        ("未因依申请公开收取费用。", {}),
        ("全年答复申请6件，1件未收到申请人的申请材料。", {"table3/总计/总计": 6}),
        ("收到申请数5件，线上3件、线下2件。", {"table3/本年新收/总计": 5, "channel/网络": 3, "channel/其他": 2}),
        ("收到申请数十件。", {}),
        ("收到申请32件（上年结转2件）。", {"table3/本年新收/总计": 32, "table3/上年结转/总计": 2}),
        ("收到申请32件（不含上年结转2件）。", {"table3/本年新收/总计": 32, "table3/上年结转/总计": 2}),
        ("收到申请32件（另有上年结转2件）。", {"table3/本年新收/总计": 32, "table3/上年结转/总计": 2}),
        ("收到申请32件（含上年结转2件）。", {"table3/新收加结转/总计": 32, "table3/上年结转/总计": 2}),
        ("依申请公开方面，受理公民申请政府信息公开19件。", {"table3/本年新收/总计": 19}),
        ("收到申请20件，其中公民申请19件。", {"table3/本年新收/总计": 20, "table3/本年新收/自然人": 19}),
        ("目录中主动公开信息120条、依申请公开信息3条、不予公开信息2条。", {}),
        ("主动公开信息120条，收到依申请公开3条，不予公开2条。", {"table3/本年新收/总计": 3, "table3/不予公开/总计": 2}),
        ("收到申请9件，邮寄答复3件。", {"table3/本年新收/总计": 9}),
        ("未发生行政复议被纠错、行政诉讼败诉的情况。", {"statement/零纠错": True, "statement/零败诉": True}),
        ("收到申请9件，不予公开答复2件。", {"table3/本年新收/总计": 9, "table3/不予公开/总计": 2}),
        ("收到申请9件，同意公开或部分公开共8件。", {"table3/本年新收/总计": 9, "table3/公开及部分公开/总计": 8}),
        ("收到申请9件，予以公开、部分公开、不予公开分别为5件、3件、1件。", {"table3/本年新收/总计": 9}),
        (
            "收到申请27件，除1件尚在答复状态中，其余均已答复。",
            {"table3/本年新收/总计": 27, "table3/结转下年度/总计": 1, "statement/全部办结": True},
        ),
        ("收到申请10件，结转2025年度继续办理2件。", {"table3/本年新收/总计": 10, "table3/结转下年度/总计": 2}),
        ("依申请公开政府信息共4件。", {"table3/本年新收/总计": 4}),
        ("行政许可处理决定数量为13134件。", {"table2/行政许可/本年处理决定数量": 13134}),
        (
            "收到申请5件（自然人4件，商业企业1件），上年结转3件（均为自然人）。",
            {
                "table3/本年新收/总计": 5,
                "table3/本年新收/自然人": 4,
                "table3/本年新收/商业企业": 1,
                "table3/上年结转/总计": 3,
            },
        ),
        (
            "收到申请30件，其中主动公开10件，同意公开20件。",
            {"table3/本年新收/总计": 30, "outcome/已主动公开": 10, "table3/予以公开/总计": 20},
        ),
    ],
)
def test_figures_that_only_look_so_are_not_sure(said, certain):
    """One kind of several, the rest, what others handle, what was published or summed up since long is not what the tables count."""
    content = Content(said, (Paragraph(0, len(said)),))
    claims = read_claims(content, (), (), agency="样例市数据局", year=2024)
    firm = {claim.metric: claim.value for claim in claims if claim.confidence >= FIRM}
    assert {metric: value for metric, value in firm.items() if not metric.startswith("list/")} == certain


@pytest.mark.parametrize(
    ("said", "own"),
    [
        ("全县收到政府信息公开申请70件。\n县政府办公室收到政府信息公开申请12件。", [70]),
        ("县政府办公室收到政府信息公开申请12件。", [12]),
    ],
)
def test_a_region_speaks_of_its_office_only_where_it_says_nothing_of_the_whole(said, own):
    """In the report of a county, what its office received is the report's own figure only if no other stands there."""
    lines = said.split("\n")
    starts = [said.index(line) for line in lines]
    content = Content(said, tuple(Paragraph(at, at + len(line)) for at, line in zip(starts, lines, strict=True)))
    claims = read_claims(content, (), (), agency="样板县人民政府", year=2024)
    assert [claim.value for claim in claims if claim.scope == "own"] == own


def test_a_refusal_for_two_reasons_is_not_surely_all_of_its_group():
    """因过程性信息、内部事务信息不予公开2件 counts two rows of eight: no rule makes an error of it."""
    text = "收到政府信息公开申请9件，因属于过程性信息、内部事务信息不予公开2件。"
    read = read_claims(Content(text, (Paragraph(0, len(text)),)), (), (), agency="样例市数据局", year=2024)
    assert [claim.confidence < 0.9 for claim in read if claim.value == 2] == [True]
