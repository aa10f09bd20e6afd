"""Names of persons who applied, complained or sued, where the text itself says that they did; never names of officials.

A name is a surname and one or two characters. What only looks like one (申请人对答复, 申请人马上, 全年申请公开) is known by the
words that begin with a surname's character and by characters that no given name has. 张某某 and 李XX hide the name already.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from shared.simplified import simplify

_SURNAMES = (  # each with the characters behind it that make a word of it
    "王国 李子 张贴扬力开榜 刘 陈述列旧情词设 杨树柳浦陵凌 赵 黄金色牛河石山岩冈州埔陂 吴江忠起 徐州闻汇 孙女子 朱 胡乱同 郭 林业地权木区场草州 郑重州 梁平山 "
    "谢谢意绝 宋 唐突山县 韩国城 冯 邓州 曹县 彭州水 肖 董事 潘 袁州 蔡 蒋 杜绝 叶 魏 苏州北南 吕梁 丁类等 卢氏 姚 沈阳 姜 崔 谭 汪 廖 "
    "韦 贾 邹城 熊猫 孟州津 秦皇岭淮 邱 侯 尹 薛 闫 阎 郝 龚 邵阳 覃 戴 莫 孔 罗列湖山田平定 田地间园东径野 钟头 石材料油家泉柱景狮首棉楼 范围例本畴式畸 "
    "金额融钱属银华山昌寨湾坛乡 夏季天粮津邑 白天色银云城 江苏西北南东津门山阴油华干汉岸宁夏都城永 雷同州 龙头岗江湾华泉山口门 史料实志迹 陶瓷 贺信电州兰 毛 "
    "顾虑问客及全 钱款财物塘 汤阴 康复 洪水涝灾湖江雅 武装汉器功进乡 段落 邢台 温州度江岭泉 季度节末 葛 樊 倪 齐全备河 殷 牛 翁 庞大 鲁 柯 焦点作急虑 "
    "周边期围知到年末转报密全日旋折长 马上路鞍尾 何时种人事处以谓地 高度校等效兴新速质标中压频额铁于 许可多久诺愿昌 余下额款地项件姚杭 "
    "万元件宗余人州 程序度式 陆续地路军 曾经在多向于被因就用任有 任何务意职命免期教 方便式法面向案可才针圆 "
    "詹 耿 阮 欧洲 翟 蒲 靳 聂 柳州林 甘肃愿 涂 祝 霍 裴 祁 饶 尤其 狄 穆 骆 俞 路"
)
_COMPOUND = "欧阳|上官|司马|诸葛|皇甫|尉迟|令狐|慕容|夏侯|端木|东方|公孙|宇文|长孙|司徒"
_OTHERWISE = (  # common surnames that begin many words: names only where what follows leaves no doubt
    "付严常易文向于安平包关成明单计尚权时全满解查管支和应申宣项施宁云乔赖"
)
_NOT_GIVEN = (
    "的了是为在对向与及或和等应需要已未不均将被把该此各每某所并但且而则请申诉提件份条次个户位号共又也都还仅只依据由至到因按从撤"
    "年月日局县市区镇乡村办委会者们就其以两"
)
_GIVEN = rf"[\u4e00-\u9fff](?<![{_NOT_GIVEN}])"
_BARE = "(?!先生|女士|小姐|同志|老师|某)"  # 李先生 hides the name already
_SINGLE = "|".join(rf"{each[0]}(?![{each[1:]}])" if each[1:] else each for each in _SURNAMES.split())
_REST = rf"{_BARE}{_GIVEN}(?:{_BARE}{_GIVEN})?"
_NAME = rf"(?:(?:{_COMPOUND})|(?:{_SINGLE})){_REST}"

_ROLE = re.compile(
    r"(?:(?:申请(?<!被申请)|信访|举报|投诉|上诉|起诉|当事|第三)人|原告人?)方?(?:的?姓名\n?)? ?[:|\t为是]? ?[\"“”(]?"
)
_DOES = (
    r"(?:先生|女士|同志)?(?= ?[0-9,.。;、()_|\t\n\"“”-]| ?$|等[\d人]|申请|要求|请求|向|于|就|对|诉|不服|提出|提交|来|通过|因|反映|咨询"
    r"|身份证|电话|联系|手机|住|家住|系|的(?:申请|政府信息)|与|和[\u4e00-\u9fff])"
)
_PERSONAL = (
    r"[,(、 ]{1,2}(?:公民)?(?:身份证|身份号|居民身份|证件|男|女|汉族|电话|手机|联系|住|家住|地址|现住|系|工作单位)"
)
_NAMED = re.compile(rf"{_NAME}{_DOES}|(?:{_NAME}|[{_OTHERWISE}]{_REST})(?={_PERSONAL})")

_REQUEST = re.compile(
    r"申请(?:公开|获取|查询|查阅)|向[^,。;\n]{1,20}(?:提出|提交|递交|邮寄|申请)[^,。;\n]{0,12}(?:申请|公开|信息)"
    r"|(?:诉|不服)[^,。;\n]{2,30}(?:案|纠纷|行政复议|行政诉讼|答复|告知书)"
)
_HANDED_IN = re.compile(
    rf"(?:收到|接到|受理|答复|办结)了?(?:申请人|原告|村民|居民|市民|群众|公民|业主|职工)?(?P<names>{_NAME}(?:[、和与]{_NAME}){{0,9}})"
    r"等?[0-9两二三四五六七八九十]{0,3}[人户名位]?(?:通过[^,。;\n]{1,12}|当面|书面)?"
    r"(?:提出|提交|递交|邮寄|寄来)的?[^,。;\n]{0,16}(?:申请|公开)"
)
_UP_TO_CLAUSE = re.compile(r"(?s:.*)[\n,。;:|\t(\"“”]")
_REQUESTING = re.compile(
    r"[ 0-9年月日]*(?:其中|例如|如|即|另有)?(?:申请人|原告|村民|居民|市民|群众|公民|业主|职工)?"
    rf"(?P<names>{_NAME}(?:[、和与]{_NAME}){{0,9}})"
    r"(?:先生|女士)?等?[0-9两二三四五六七八九十]{0,3}[人户名位]?"
)
_AND = ("、", "和", "与")
_LONGEST_LIST = 60
_ONE = re.compile(_NAME)
_FIRST = re.compile(_COMPOUND)


@dataclass(frozen=True, slots=True)
class Applicant:
    """A name at start..end of a text; the surname, which stays readable, ends at `surname_end`."""

    start: int
    surname_end: int
    end: int


def applicants(folded: str) -> Iterator[Applicant]:
    """Yield the names of applicants in folded text, in no order, and perhaps twice; linear in the text."""
    text = simplify(folded)
    for role in _ROLE.finditer(text):
        named = _NAMED.match(text, role.end())
        while named:
            yield _applicant(text, *named.span())
            named = _NAMED.match(text, named.end() + 1) if text[named.end() : named.end() + 1] in _AND else None
    for handed_in in _HANDED_IN.finditer(text):
        yield from _named(text, handed_in)
    for request in _REQUEST.finditer(text):
        yield from _requesting(text, request.start())


def _requesting(text: str, at: int) -> Iterator[Applicant]:
    """Yield the names that a request at a position follows: they are all that its clause says before."""
    first = max(0, at - _LONGEST_LIST)
    before = _UP_TO_CLAUSE.match(text, first, at)
    who = _REQUESTING.fullmatch(text, before.end() if before else first, at)
    if who:
        yield from _named(text, who)


def _named(text: str, who: re.Match[str]) -> Iterator[Applicant]:
    for name in _ONE.finditer(text, *who.span("names")):
        yield _applicant(text, *name.span())


def _applicant(text: str, start: int, end: int) -> Applicant:
    compound = _FIRST.match(text, start, end)
    surname_end = compound.end() if compound and compound.end() < end else start + 1
    title = text[surname_end:end]
    return Applicant(start, surname_end, end - (2 if title.endswith(("先生", "女士", "同志")) else 0))
