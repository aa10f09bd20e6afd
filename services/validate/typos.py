"""Words that are hardly ever meant as they stand: one table, each with what is meant and where it does mean something else."""

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Typo:
    """`wrong` for `right`, but not behind `after` nor before `before` (classes of characters). `fine`: a text that is right."""

    wrong: str
    right: str
    after: str = ""
    before: str = ""
    fine: str = ""


TYPOS = (
    Typo("长态", "常态", "成增生延专", "势", "产业成长态势良好"),
    Typo("常太化", "常态化"),
    Typo("长校机制", "长效机制"),
    Typo("监督检出", "监督检查"),
    Typo("不法定事项", "非法定事项"),
    Typo("政俯", "政府"),
    Typo("公开条列", "公开条例"),
    Typo("依申请公升", "依申请公开"),
    Typo("依伸请", "依申请"),
    Typo("依审请", "依申请"),
    Typo("行政复义", "行政复议"),
    Typo("行政复意", "行政复议"),
    Typo("行政诉颂", "行政诉讼"),
    Typo("年渡", "年度", "", "过", "中老年渡过汛期"),
    Typo("不于公开", "不予公开", "", "渠平网场栏", "不于公开渠道发布"),
    Typo("于以公开", "予以公开"),
    Typo("部份公开", "部分公开"),
    Typo("行政规泛性", "行政规范性"),
    Typo("规范性文仵", "规范性文件"),
    Typo("责任追纠", "责任追究"),
    Typo("社会评仪", "社会评议"),
    Typo("社会评义", "社会评议"),
    Typo("保密审察", "保密审查"),
    Typo("三审三教", "三审三校"),
    Typo("建立建全", "建立健全"),
    Typo("不断建全", "不断健全", "", "国省市县", "不断建全国文明城市"),
    Typo("进一步建全", "进一步健全", "", "国省市县", "进一步建全国文明城市"),
    Typo("贯撤", "贯彻"),
    Typo("贯切落实", "贯彻落实"),
    Typo("及时跟新", "及时更新"),
    Typo("知请权", "知情权"),
    Typo("参于权", "参与权"),
    Typo("公信利", "公信力", "", "用率息润", "提升办公信利用率"),
    Typo("透明渡", "透明度"),
    Typo("满意渡", "满意度", "", "过", "群众满意渡过汛期"),
    Typo("微信公重号", "微信公众号"),
    Typo("公从号", "公众号"),
    Typo("政务新媒休", "政务新媒体"),
    Typo("门户网占", "门户网站"),
    Typo("政策解渎", "政策解读"),
    Typo("社会关却", "社会关切"),
    Typo("舆请", "舆情"),
    Typo("业务陪训", "业务培训"),
    Typo("领导小祖", "领导小组"),
    Typo("重点领城", "重点领域"),
    Typo("布署", "部署", "公发颁宣", "名", "公布署名文章"),
    Typo("按排", "安排", "", "名序列队", "按排名先后公布"),
    Typo("坐谈会", "座谈会"),
    Typo("签定", "签订"),
    Typo("通迅", "通讯", "", "速猛即", "交通迅速恢复"),
    Typo("防碍", "妨碍", "预消设", "", "消防碍物清理"),
    Typo("迫不急待", "迫不及待"),
    Typo("一如继往", "一如既往"),
    Typo("再接再励", "再接再厉"),
    Typo("再接再历", "再接再厉"),
    Typo("一股作气", "一鼓作气"),
    Typo("默守成规", "墨守成规"),
    Typo("名符其实", "名副其实"),
    Typo("峻工", "竣工", "严险陡", "", "形势严峻工作繁重"),
    Typo("亲睐", "青睐"),
    Typo("竟争", "竞争", "", "取论", "毕竟争取了时间"),
    Typo("既使", "即使", "", "群人企干公得", "既使群众满意，又使企业受益"),
    Typo("出奇不意", "出其不意"),
    Typo("题纲", "提纲", "问课专", "", "问题纲要"),
)


@dataclass(frozen=True, slots=True)
class Slip:
    """A typo at start..end of a text."""

    start: int
    end: int
    typo: Typo


_BY_WORD = {typo.wrong: typo for typo in TYPOS}
_ANY = re.compile("|".join(sorted(_BY_WORD, key=len, reverse=True)))


def slips(text: str) -> Iterator[Slip]:
    """Yield the typos of a text in the normal form, in their order."""
    for match in _ANY.finditer(text):
        typo = _BY_WORD[match[0]]
        behind = text[match.end() : match.end() + 1]
        before = text[match.start() - 1 : match.start()] if match.start() else ""
        if not (before and before in typo.after) and not (behind and behind in typo.before):
            yield Slip(match.start(), match.end(), typo)
