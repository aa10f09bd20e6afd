"""Full names of agencies, found by their grammar: names of regions, then the organ.

A full name begins with a region (样例市, 样例市样例区样例镇) or is national by its own words, and ends with an organ
(人民政府, 街道办事处, …局, …委员会). A bare 政府办公室 or 市水利局 names nobody.
"""

import re
from collections.abc import Iterator

_CJK = "[\u4e00-\u9fff]"
_LONG_REGION = "自治区|自治州|自治县|自治旗|特别行政区|开发区|高新区|(?:产业|工业|科技|物流)园区?|新区|管理区|示范区|度假区|景区|保税区|合作区|投资区|试验区|实验区|风景名胜区|园区|林区|矿区"
_RURAL_TOWNSHIP = (
    "(?<!城)乡|乡(?!建设|规划|管理|统筹|融合|水务)"  # 古城乡 is one, 住房和城乡 of 住房和城乡建设局 is none
)
_REGION = rf"(?:{_CJK}{{2,4}}?(?:省|市|区|县|旗|盟|州|镇|{_RURAL_TOWNSHIP}|街道|苏木)|{_CJK}县|{_CJK}{{2,12}}?(?:{_LONG_REGION}))"
_NO_REGION = "(?!我|[\u4e00-\u9fff]{0,3}[在与]|(?:本|全|各|该|其)(?:省|市|区|县|旗|镇|乡|州|街)|[省市县区镇乡]|自治[州县区旗]|[年月日]县|现(?:公开|公布|发布|予|向)|[一二三四五六七八九]是|请|报告|年报|上级|下级|城市|社区|地区|辖区)"
_VERBS = (
    "公开|办理|加强|全年|目前|更新|开展|明确|及时|召开|坚持|推进|组织|做好|完善|执行|推动|强化|提升|围绕|建立|健全|制定|修订|发布|公布|主动|积极|认真|严格|负责|接受|参加|提交"
    "|上报|转发|转办|承办|督促|协调|牵头|统筹|贯彻|学习|成立|调整|保障|服务|收到|受理|答复|申请|同意|提请|报请|按时|定期|同时|其中|包括|涉及|依法|所有|各级"
    "|设立|配备|持续|纳入|建设|助力"
)
_INTRODUCING = (
    "根据|依据|按照|依照|遵照|关于|现将|现公开|现公布|现发布|社会公布|社会公开|通过|结合|落实|印发|编制|指导|协助|联合|会同|配合|报送|联系|登录|访问|结转|以下简称|是指"
    "|依托|利用|借助|进入|打开|属于|做好|完成"
)
_REGIONS = rf"{_NO_REGION}(?!{_VERBS}|{_INTRODUCING}){_REGION}{{1,5}}"

_BODY = "[^\\W\\d_A-Za-z的在由对将把被已并等我本其各该网]"
_ORGAN = (
    "委员会|管委会|办公厅|办公室|办事处|(?<![格布大])局(?!面|势|限|部|地)|厅(?!级|局)|总署|联合会|总工会|红十字会"
    "|研究院|医院|法院|检察院|科学院|档案馆|供销合作社|党校|学院|大学|管理处|服务处|指挥部|支队|大队|总队|调查队"
    "|中心(?!城|组|工作|任务)|管理所|研究所|事务所|交易所|监督所|管理站|集团|公司"
)
_PART = f"(?:{_BODY}{{1,10}}(?:分局|支队|大队|总队|中队|分中心|分院))?"
_GOVERNMENT = f"人民政府(?:办公厅|办公室|{_BODY}{{2,16}}?(?:委员会|办公室|办事处|研究室|管理局))?"
_NAME = re.compile(
    rf"{_REGIONS}(?:{_GOVERNMENT}|(?:党工委)?管理委员会|管委会|办事处|(?!政府){_BODY}{{1,20}}?(?:{_ORGAN}){_PART})"
)
_NATIONAL = re.compile(
    f"(?:国家税务总局|国家统计局|中国人民银行|中华人民共和国|国家|中国){_BODY}{{0,20}}?(?:局|委员会|海关|调查队|分行|支行|总署|部)(?!署)"
)
# Bodies of the central government bear a place without its level (样例海关, 样例银保监分局), its own bodies none at all.
_POSTED = (
    f"(?![省市区县旗州盟我本该各]|全[省市区县]|隶属|直属|所属|口岸){_CJK}{{2,16}}"
    "(?:海关|海事局|航道局|航务管理局|水利委员会|(?:银监|银保监|保监|证监)(?:分?局)|监管(?:分?局|专员办事处|办公室)"
    "|(?:煤矿|矿山)安全监察局|检验检疫局|专员办事处|督察局|通信管理局|邮政管理局|地震局)"
)
_CENTRAL = (
    "国务院[\u4e00-\u9fff]{0,12}(?:办公厅|办公室|委员会|中心|署|局)|海关总署|审计署|最高人民(?:法院|检察院)|(?:银保监|证监|银监|保监)会"
    "|(?:外交|国防|教育|科学技术|科技|工业和信息化|公安|民政|司法|财政|人力资源和?社会保障|自然资源|生态环境|环境保护|住房和?城乡建设"
    "|交通运输|水利|农业农村|农业|商务|文化和旅游|文化|退役军人事务|应急管理|国土资源)部|新疆生产建设兵团[\u4e00-\u9fff]{0,20}"
)
_TITLE_NAME = re.compile(
    rf"{_REGIONS}(?!(?:人民)?政府?办?$)(?:人民政府)?(?!政府){_BODY}{{0,30}}(?:局|厅|委|室|处|院|心|署|队|会|站|所|校|办|大学|学院|公司|集团|人民政府|馆|社|台|海关|分行|中学|小学|幼儿园|[农林牧茶种殖渔]场)"
    f"|(?:中国|国家|中华人民共和国){_BODY}{{2,30}}|{_CJK}{{2,20}}(?:大学|学院|医院|小学|幼儿园|[一二三四五六七八九十][中小]|(?:有限|股份|责任)公司)|{_POSTED}|{_CENTRAL}"
)
_REGION_ONLY = re.compile(_REGIONS)

_RUN = re.compile(f"{_CJK}{{1,120}}")  # bounded, since the search within a run is quadratic
_WORTH = re.compile("[省市县区旗州盟镇乡道园家国].*(?:府|局|委|办|处|厅|心|院|队|署|会|校|学|部|公司|集团|行|所|站|关)")
_BEFORE = re.compile(
    f"{_INTRODUCING}|由|在|向|对|经(?!济|开)|和|与|及|以|据|为|将|请|是|至|到|从|年|月|日|度|让|把|给|使|同"
)
_AT_START_NEVER = re.compile("和|与|及|以|从|同|至|到")


def names(text: str) -> Iterator[re.Match[str]]:
    """Yield the full names in folded, simplified text in order, as matches over the text."""
    for run in _RUN.finditer(text):
        if not _WORTH.search(run[0]):
            continue
        at = run.start()
        while match := _first_name(text, at, run.end()):
            yield match
            at = match.end()


def is_full(name: str) -> bool:
    """Whether a name that stands alone (in a title, in a signature) is the full name of an agency."""
    return any(pattern.fullmatch(name) for pattern in (_NAME, _NATIONAL, _TITLE_NAME))


def ending(words: str, *, region: bool = False) -> str | None:
    """Return the full name (or the `region` alone) that words end with: from its region on, else behind what introduces it.

    梳理编制样例海关 ends with 样例海关.
    """
    begins = (0, *(word.end() for word in _BEFORE.finditer(words)))
    full = [words[begin:] for begin in begins if (is_region if region else is_full)(words[begin:])]
    return next((name for name in full if names_a_region(name)), full[-1] if full else None)


def is_region(name: str) -> bool:
    """Whether a name is that of a region alone, such as 样例市样例镇."""
    return _REGION_ONLY.fullmatch(name) is not None


def region_of(name: str) -> str:
    """Return the regions that a name begins with (样例市样例区 of 样例市样例区教育局), "" where it begins with none."""
    match = _REGION_ONLY.match(name)
    return match[0] if match else ""


def names_a_region(name: str) -> bool:
    """Whether a name begins with a region."""
    return _REGION_ONLY.match(name) is not None


def shortens(short: str, full: str) -> bool:
    """Whether the characters of a short form stand in the full name in this order (教育局 in 样例市教育局)."""
    rest = iter(full)
    return all(character in rest for character in short)


def governs(region: str, full: str) -> bool:
    """Whether a full name is that of the authority of a region itself, not of one of its departments."""
    organ = full[full.rfind(region[-4:]) + len(region[-4:]) :] if region[-4:] in full else full
    return organ in {"人民政府", "办事处", "街道办事处", "管理委员会", "管委会"} and shortens(region, full)


def _first_name(text: str, start: int, end: int) -> re.Match[str] | None:
    """Return the first name that begins at `start` or behind a word that introduces names."""
    begins = [start, *(word.end() for word in _BEFORE.finditer(text, start, end))]
    for begin in begins:
        for pattern in (_NATIONAL, _NAME):
            match = pattern.match(text, begin, end)
            if match:
                return _without_lead(match, pattern, end, begin == start)
    return None


def _without_lead(match: re.Match[str], pattern: re.Pattern[str], end: int, at_start: bool) -> re.Match[str]:
    """Strip words that introduce names from the front as long as what remains is still a name that ends there."""
    lead = _BEFORE.match(match.string, match.start(), end)
    if lead is None or (at_start and _AT_START_NEVER.fullmatch(lead[0])):
        return match
    shorter = pattern.match(match.string, lead.end(), end)
    return _without_lead(shorter, pattern, end, at_start=False) if shorter and shorter.end() == match.end() else match
