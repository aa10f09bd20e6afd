"""A report in traditional characters is the same report."""

import ast
import pathlib
import re

import pytest

import services.parse
from services.parse.labels import squeeze
from services.parse.readers import html
from services.parse.tables import read_tables
from shared import forms
from shared.forms import FORMS
from shared.simplified import simplify
from shared.testing.layouts import render

SAME_IN_BOTH = (
    "一七三上下不中主之九也予事二五交人仍他仟代令以件任份企伍位作佰使例供依促保信借假做健元入全八公六共其具再"
    "函分列利到前加助勾包化十卅半南卡印危去及反取受另召可司各名告和商善四因在地城基填境增壹外大好如委字存季它"
    "安完宗官定室家容密察封小尚展州工已市年府度建廿式引形律得微心性息情意成我或所手打承把投括拾持指按捌掌接推"
    "措提握撰支收改政效整敷文新方施旗日明易是景更月有服期木未本林果柒校根格案概模次止正此步比民水求治法流海涉"
    "源漏然照版物特玖理生用由申留登白百的益盟目直相省督知研示社禁科程稽究空立站章第等答算管索署者肆自至草落行"
    "衍街被要解起超足近述送逐通道遵部配重量金附限院障集零雷需高鼓鿿"
    "千合同向介原器客插清看端"
    "丁丑丙乙了互亥低充免判午博卯口右含回均培壬多失媒子宣寄寅少履左差己巳幅平序底庚延往快悉戊戌截批招摘撤料曾款活渠率王甲癸窗竹稿策箱累考能色角言辛辰途都酉降雨青非食骨鬼黑洋距"
    "今倍力努天害排每疑短私跨除革"
    "初刊待深篇首"
)
"""Characters of the grammar that have no traditional form of their own."""

PRINTED = {
    "本年處理決定數量": "本年处理决定数量",
    "行政事業性收費": "行政事业性收费",
    "本年收費金額（單位：萬元）": "本年收费金额（单位：万元）",
    "採購總金額": "采购总金额",
    "規範性檔案": "规范性档案",
    "二、上年結轉政府資訊公開申請數量": "二、上年结转政府信息公开申请数量",
    "三、本年度辦理結果": "三、本年度办理结果",
    "2.其他法律行政法規禁止公開": "2.其他法律行政法规禁止公开",
    "3.危及“三安全一穩定”": "3.危及“三安全一稳定”",
    "4.保護第三方合法權益": "4.保护第三方合法权益",
    "7.屬於行政執法案卷": "7.属于行政执法案卷",
    "8.屬於行政查詢事項": "8.属于行政查询事项",
    "1.本機關不掌握相關政府資訊": "1.本机关不掌握相关政府信息",
    "3.補正後申請內容仍不明確": "3.补正后申请内容仍不明确",
    "1.信訪舉報投訴類申請": "1.信访举报投诉类申请",
    "2.重複申請": "2.重复申请",
    "4.無正當理由大量反覆申請": "4.无正当理由大量反复申请",
    "5.要求行政機關確認或重新出具已獲取資訊": "5.要求行政机关确认或重新出具已获取信息",
    "2.申請人逾期未按收費通知要求繳納費用、行政機關不再處理其政府資訊公開申請": (
        "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"
    ),
    "四、結轉下年度繼續辦理": "四、结转下年度继续办理",
    "未經複議直接起訴": "未经复议直接起诉",
    "五、存在的主要問題及改進情況": "五、存在的主要问题及改进情况",
}


TOLD_TO_PEOPLE = {"app.py", "reasons.py", "settings.py", "store.py", "worker.py"}
CHARACTERS = "".join(map(chr, range(0x4E00, 0xA000)))
TRADITIONAL = {character: simplify(character) for character in CHARACTERS if simplify(character) != character}


def grammar():
    """Return every Chinese character that stands in a string of the parser or of the forms."""
    folders = (pathlib.Path(services.parse.__file__).parent, pathlib.Path(forms.__file__).parent)
    files = (file for folder in folders for file in folder.rglob("*.py") if file.name not in TOLD_TO_PEOPLE)
    return set(re.findall("[\u4e00-\u9fff]", "".join(text for file in files for text in strings(file))))


def strings(file):
    """Yield the strings of a program file that are no docstrings."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.value


def test_every_character_of_the_grammar_has_its_traditional_form():
    """A new word in a pattern or a label either has its traditional characters in the table or is known to have none."""
    assert grammar() - set(TRADITIONAL) - set(TRADITIONAL.values()) <= set(SAME_IN_BOTH)
    assert set(TRADITIONAL.values()).isdisjoint({*TRADITIONAL, *SAME_IN_BOTH})


@pytest.mark.parametrize(("traditional", "simplified"), PRINTED.items())
def test_labels_as_mirrors_print_them(traditional, simplified):
    """An official label is the same label in traditional characters."""
    assert squeeze(traditional) == squeeze(simplified)


def test_the_word_of_taiwan_for_information_is_known():
    """政府資訊公開 is 政府信息公开, at the same places."""
    assert simplify("政府資訊公開、政府资讯公开") == "政府信息公开、政府信息公开"


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_a_page_in_traditional_characters_is_read_like_any(edition):
    """No label counts as altered, no unit is lost, no cell is unsure."""
    spelled = str.maketrans({simplified: traditional for traditional, simplified in TRADITIONAL.items()})
    page = render({("3", "本年新收", "自然人"): "60"}, edition, "html")
    plain, mirrored = (read_tables(html.read(text.encode()), None).tables for text in (page, page.translate(spelled)))
    assert mirrored["2"].printing.units == plain["2"].printing.units
    for number in FORMS[edition].tables:
        assert [cell.value for cell in mirrored[number].cells] == [cell.value for cell in plain[number].cells]
        assert {cell.confidence for cell in mirrored[number].cells} == {1.0}
        assert not mirrored[number].printing.altered
