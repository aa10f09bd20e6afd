"""Who reports on which year is what the document prints, by grammar, in the order of precedence."""

import pytest

from services.parse.document import Content
from services.parse.identity import identify
from services.parse.sections import headings
from services.parse.titles import find_titles, read_title
from shared import names
from shared.testing.ending import ends


def _identity(text, **page):
    content = Content(text, (), **page)
    return identify(content, headings(content))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("根据样例市数据局的要求", "样例市数据局"),
        ("由样例省样例市样板区样品街道办事处负责", "样例省样例市样板区样品街道办事处"),
        ("请与样例市样板区人民政府办公室联系", "样例市样板区人民政府办公室"),
        ("样例市人力资源和社会保障局指导下", "样例市人力资源和社会保障局"),
        ("2024年样例县发展和改革委员会坚持", "样例县发展和改革委员会"),
        ("样例市市场监督管理局印发", "样例市市场监督管理局"),
        ("样例市公安局样板分局", "样例市公安局样板分局"),
        ("国家税务总局样例县税务局", "国家税务总局样例县税务局"),
        ("样例市人民政府国有资产监督管理委员会", "样例市人民政府国有资产监督管理委员会"),
        ("样例经济技术开发区管理委员会", "样例经济技术开发区管理委员会"),
        ("样例台商投资区管理委员会", "样例台商投资区管理委员会"),
        ("样例科技产业园管理委员会", "样例科技产业园管理委员会"),
        ("为认真做好样例市水利局的工作", "样例市水利局"),
        ("编制完成样例市水利局的报告", "样例市水利局"),
        ("在和美区人民政府网站和政务服务中心", "和美区人民政府"),
        ("和美区人民政府", "和美区人民政府"),
        ("样例市市样区人民政府", "样例市市样区人民政府"),
        ("梁县人民政府办公室", "梁县人民政府办公室"),
    ],
)
def test_full_names_are_found_by_their_grammar(text, name):
    """A name begins with its regions and ends with its organ, whatever words stand round it."""
    assert [match[0] for match in names.names(text)] == [name]


@pytest.mark.parametrize(
    "text",
    [
        "我局",
        "政府办公室",
        "市水利局",
        "区人民政府",
        "本市市场监督管理局",
        "全县各部门办公室",
        "召开市人民政府全体会议",
        "向区政府办公室报送",
        "我局通过县管委会网站",
        "电子版在市教育局网站发布",
        "县委县政府",
    ],
)
def test_a_short_form_names_nobody(text):
    """Without a region, or with a bare 市 or 区, there is no full name."""
    assert list(names.names(text)) == []


KIND = "政府信息公开工作年度报告"


@pytest.mark.parametrize(
    ("line", "agency", "year"),
    [
        (f"样例市数据局2024年{KIND}", "样例市数据局", 2024),
        (f"2022年样例市市场监管局{KIND}", "样例市市场监管局", 2022),
        (f"【图文】样例市2023年度{KIND}", "样例市", 2023),
        (f"# 样例市 2024年 {KIND}", "样例市", 2024),
        ("样例县水利局关于2023年政府信息公开工作情况的报告", "样例县水利局", 2023),
        ("样例市教育局二〇二四年政府信息公开年报", "样例市教育局", 2024),
        ("样例镇政府信息公开2021年度报告", "样例镇", 2021),
        ("样例市教育局2022年政务信息公开工作报告", "样例市教育局", 2022),
        (f"样例市教育局2023年{KIND}(本级机关)", "样例市教育局", 2023),
        (f"样例县水利局（本级机关）2024年{KIND}", "样例县水利局", 2024),
        (f"2024年樣例縣水利局（本級）{KIND}", "樣例縣水利局", 2024),
        (f"（机关）样例县水利局{KIND}", "样例县水利局", None),
        (f"样例县2024年水利局（局机关）{KIND}", "样例县水利局", 2024),
        (f"样例县水利局2024年{KIND}（机关）", "样例县水利局", 2024),
        (f"样例县水利局(2024年){KIND}", "样例县水利局", 2024),
        (f"样例县自然资源局（林业局）2024年{KIND}", "样例县自然资源局（林业局）", 2024),
        (f"样例县人民政府（政府办公室）2024年{KIND}", "样例县人民政府办公室", 2024),
        (f"样例县人民政府2024年{KIND}（办公室）", "样例县人民政府办公室", 2024),
        (f"样例县2024年{KIND}（政府办公室）", "样例县政府办公室", 2024),
        (f"政府办公室2019年{KIND}", "政府办公室", 2019),
        (f"2024年{KIND}", "", 2024),
        (f"样例市樣板區教育局２０２４年{KIND}", "样例市樣板區教育局", 2024),
        ("样例大学2022-2023学年信息公开工作年度报告", "样例大学", 2023),
        (f"样例市数据局2024{KIND}", "样例市数据局", 2024),
        (f"样例海关关区2023年{KIND}", "样例海关", 2023),
        (f"样例县人民政府机关2023年{KIND}", "样例县人民政府", 2023),
    ],
)
def test_titles_in_every_wording(line, agency, year):
    """The agency may stand before or behind the year, and the kind of report has many names."""
    title = read_title(line)
    assert title is not None
    assert (title.agency, title.year) == (agency, year)


@pytest.mark.parametrize(
    "line",
    [
        f"关于做好2024年{KIND}编制工作的通知",
        f"样例市发布2023年{KIND}",
        f"首页 > 年报 > 样例市2021年{KIND}",
        f"现将本局2024年{KIND}公布如下",
        "样例市2023年法治政府建设年度报告",
        "一、总体情况",
    ],
)
def test_what_is_no_title(line):
    """News, notices, bread crumbs and sentences are no titles."""
    assert read_title(line) is None


@pytest.mark.parametrize(
    "text",
    [
        f"样例市数据局\n2024年{KIND}\n\n正文。",
        f"样例市数据局\n\n\n2024年{KIND}\n",
        f"样例市数据局2024年\n\n{KIND}\n",
        "样例市数据局2024年政府\n信息公开工作年度报告\n",
        "样例市数据局2024年政府信息公开\n工作年度报告\n",
        f"样例市数据局2024年{KIND} | |||||\n正文。",
        f"样例市数据局2024年{KIND} 根据条例编制。",
        f"样 例 市 数 据 局\n2024 年 {' '.join(KIND)}\n正文。",
        f"样例市数据局2024年{KIND}全文\n正文。",
        f"【字体：大 中 小】 样例市数据局2024年{KIND}\n正文。",
        f"标题：样例市数据局2024年{KIND}\n文号：\n正文。",
        f"公报标题样例市数据局2024年{KIND}\n总号\n正文。",
        f"样例市数据局2024年{KIND}发布时间：2025-01-20\n正文。",
    ],
)
def test_a_title_over_lines_is_one_title(text):
    """Name and year on lines of their own, a break inside a word, and a title before a lost line end are read as one."""
    (title,) = find_titles(Content(text, ()))
    assert (title.agency, title.year) == ("样例市数据局", 2024)
    assert title.printed == f"样例市数据局2024年{KIND}"


def test_a_navigation_word_is_no_part_of_a_title():
    """The line before a title belongs to it only if it reads like a name."""
    (title,) = find_titles(Content(f"首页\n2024年{KIND}\n", ()))
    assert title.agency == ""


def test_the_name_of_a_column_is_no_title():
    """Words that name nobody and no year are a title only where they stand alone."""
    assert not find_titles(Content("分类 | 政府信息公开年报 综合政务,其他 | 文号\n", ()))
    assert find_titles(Content(f"# {KIND}\n根据条例编制。\n", ()))


def test_a_line_that_names_the_offices_of_a_government_begins_a_title():
    """样例县人民政府机关 over the title is whose report it is."""
    (title,) = find_titles(Content(f"样例县人民政府机关\n2023年{KIND}\n", ()))
    assert (title.agency, title.year) == ("样例县人民政府", 2023)


def test_the_name_of_a_column_is_no_part_of_a_title():
    """A full name on the line before a title that names its agency in full stands on the page, not in the title."""
    (title,) = find_titles(Content(f"样例县教育局\n\n样例县教育科技局2024年{KIND}\n", ()))
    assert (title.agency, title.printed) == ("样例县教育科技局", f"样例县教育科技局2024年{KIND}")


@pytest.mark.parametrize("column", ["乡镇", "街道办事处", "乡镇街道"])
def test_a_level_alone_on_the_line_before_is_no_part_of_a_title(column):
    """A column for all towns, or all streets, is nobody's name."""
    (title,) = find_titles(Content(f"{column}\n样例区松林街道2024年{KIND}\n", ()))
    assert title.agency == "样例区松林街道"


def test_the_beginning_of_an_agency_on_the_line_before_is_no_part_of_a_title():
    """松林街道 above 松林街道办事处2024年… is the name of a column."""
    (title,) = find_titles(Content(f"松林街道\n\n松林街道办事处2024年{KIND}\n", ()))
    assert title.agency == "松林街道办事处"


def test_a_title_begun_twice_is_a_title():
    """A year without 年 before a whole title is left over."""
    (title,) = find_titles(Content(f"2024样例县松林乡2024年{KIND}\n", ()))
    assert (title.agency, title.year) == ("样例县松林乡", 2024)


def test_a_path_through_the_site_is_no_title():
    """The line that leads from the front page to the report names columns, not an agency."""
    (title,) = find_titles(Content(f"首页/ 政府信息公开 / 政府信息公开年报 / 镇街 / 正文\n\n样例镇2024年{KIND}\n", ()))
    assert (title.agency, title.year) == ("样例镇", 2024)


def test_a_title_with_a_year_goes_before_one_without():
    """The name of a column may read like a title; the title of the report says on which year it is."""
    content = Content(f"样例镇政府信息公开年报\n样例镇2024年{KIND}\n{PROSE}", ())
    assert identify(content, headings(content)).title == f"样例镇2024年{KIND}"


@pytest.mark.parametrize("who", ["样例区松林街道", "样例镇", ""])
def test_the_subject_alone_on_the_line_before_is_no_part_of_a_title(who):
    """政府信息公开 above a whole title is the name of the page's column, whether the title names an agency or not."""
    (title,) = find_titles(Content(f"政府信息公开\n{who}2024年{KIND}\n", ()))
    assert (title.agency, title.printed) == (who, f"{who}2024年{KIND}")


PROSE = "一、总体情况\n2024年，认真公开。\n"


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        (f"样例市数据局2024年{KIND}\n由样例市教育局编制。\n{PROSE}", "样例市数据局"),
        (
            f"2024年{KIND}\n向样例市人民政府报告，由样例市教育局编制。\n{PROSE}样例市水利局\n2025年1月20日\n",
            "样例市水利局",
        ),
        (f"2024年{KIND}\n根据样例市人民政府的要求，由样例市教育局编制。\n{PROSE}", "样例市教育局"),
        (f"2024年{KIND}\n{PROSE}落实《样例市人民政府规定》，样例市教育局公开100条。", "样例市教育局"),
        (f"2024年{KIND}\n{PROSE}公开《样例市教育局职能配置规定》。", "样例市教育局"),
        (f"2024年{KIND}\n{PROSE}在样例市人民政府门户网站公布，样例市教育局公开100条。", "样例市教育局"),
        (f"2024年{KIND}\n{PROSE}在样例县样品镇人民政府网站公布，我镇公开100条。", "样例县样品镇人民政府"),
        (
            f"政府办公室2024年{KIND}\n{PROSE}样板区政府办公室负责，《样例市样板区人民政府办公室规定》。",
            "样例市样板区人民政府办公室",
        ),
        (f"样品镇2024年{KIND}\n{PROSE}样例县人民政府要求，样例县样品镇人民政府落实。", "样例县样品镇人民政府"),
        (f"样例县2024年{KIND}\n{PROSE}样例县教育局公开，样例县人民政府公开。", "样例县人民政府"),
        (f"样例县2024年{KIND}\n{PROSE}样例县教育局公开。", "样例县"),
        (
            f"样例县（政府办公室）2024年{KIND}\n{PROSE}样例县人民政府要求，样例县人民政府办公室公开。",
            "样例县人民政府办公室",
        ),
        (f"2024年{KIND}\n{PROSE}样例县水利局（本级）\n2025年1月20日\n", "样例县水利局"),
        (f"市教育局2024年{KIND}\n{PROSE}样例市人民政府、样例市教育局公开。", "样例市教育局"),
        (f"2024年{KIND}\n{PROSE}我局在样例县人民政府网站公开。", None),
        (f"2024年{KIND}\n{PROSE}我局公开。", None),
        (f"樣例市數據局2024年{KIND}\n{PROSE}", "樣例市數據局"),
        (f"海关总署（本级机关）2024年{KIND}\n{PROSE}", "海关总署"),
        (f"样例银保监分局2024年{KIND}\n{PROSE}", "样例银保监分局"),
        (f"海事局2024年{KIND}\n{PROSE}", None),
        (f"由样例市水利局办公室编制。\n{PROSE}", "样例市水利局"),
        (f"请与样例市卫生健康委信息公开领导小组办公室联系。\n{PROSE}", "样例市卫生健康委"),
        (f"由样例市文化委员会办公室编制。\n样例市文化委员会坚持公开。\n{PROSE}", "样例市文化委员会"),
        (f"请与样例市样板区禾苗街道党政综合办公室联系。\n{PROSE}", "样例市样板区禾苗街道"),
        (f"由样例县样例镇党政办公室编制。\n{PROSE}样例县样例镇人民政府公开。", "样例县样例镇人民政府"),
        (f"可与样例市水利局办公室联系。\n{PROSE}", "样例市水利局"),
        (f"根据《样例市人民政府办公厅关于印发办法的通知》编制。\n{PROSE}2024年，市国资委坚持公开。", None),
        (
            f"根据《样例市人民政府办公厅关于印发办法的通知》编制。\n{PROSE}2024年，市国资委坚持公开。与样例市国有资产监督管理委员会联系。",
            "样例市国有资产监督管理委员会",
        ),
        (f"在样例市人民政府门户网站公开。\n{PROSE}2024年住建局共发布信息57件。", None),
        (
            f"样例市农业农村局（市茶叶局）\n2024年{KIND}\n{PROSE}由样例市农业农村局编制。",
            "样例市农业农村局（市茶叶局）",
        ),
        (
            f"可在样例县人民政府网站下载，请与受理机构（样例县政务服务中心）联系。\n{PROSE}2024年，样例县坚持公开。",
            "样例县人民政府",
        ),
        (
            f"样例州生态环境局样例县分局编制形成了《2024年{KIND}》。\n{PROSE}2024年，样例州州生态环境局样例县分局按照要求公开。",
            "样例州生态环境局样例县分局",
        ),
        (f"样例场2024年{KIND}\n{PROSE}请与样例县样例垦殖场办公室联系。", "样例县样例垦殖场"),
        (f"与样例市数据局联系。\n{PROSE}2024年，市数据局局认真公开。", "样例市数据局"),
        (f"现向社会公布样例镇2024年度{KIND}。\n{PROSE}", "样例镇"),
        (f"由样例市国防动员委员会办公室编制。\n{PROSE}", "样例市国防动员委员会办公室"),
        (f"落实《样例省教育厅关于印发要点的通知》，公布《样例市水利局公开指南》。\n{PROSE}", "样例市水利局"),
        (f"我局通过样例示范区管委会网站公开信息。\n{PROSE}", None),
        (f"根据要求，梳理编制样例海关关区2024年{KIND}。\n{PROSE}", "样例海关"),
        (f"样例银保监分局编制了2024年度{KIND}。\n{PROSE}", "样例银保监分局"),
        (f"按照样例市人民政府的要求，现公布样例县麦穗镇人民政府2024年{KIND}。\n{PROSE}", "样例县麦穗镇人民政府"),
        (f"指导隶属海关工作。\n{PROSE}", None),
        (f"根据海关总署要求编制。\n{PROSE}2024年，样例海事局坚持公开。", "样例海事局"),
        (f"根据海关总署要求编制。\n{PROSE}2024年，教育部门坚持公开。", None),
        (
            f"{PROSE}2024年，样例市人民政府信息公开工作以习近平新时代中国特色社会主义思想为指导。与样例市信息公开办公室联系。",
            "样例市人民政府",
        ),
        (f"{PROSE}2024年，样例水务有限公司在公开办的指导下，根据《样例省人民政府规定》公开。", "样例水务有限公司"),
        (f"{PROSE}我公司根据《样例省人民政府规定》公开。", None),
        (f"样例二中2024年{KIND}\n{PROSE}", "样例二中"),
        (f"市财政局2024年{KIND}\n{PROSE}依托样例市财政局门户网公开，会同市林业局印发。", "样例市财政局"),
        (
            f"特向社会公布国家税务总局样例市税务局（以下简称“样例市税务局”）2024年{KIND}。\n{PROSE}2024年，样例市税务局坚持公开。",
            "国家税务总局样例市税务局",
        ),
        (f"由国家税务总局样例市税务局发布。\n{PROSE}2024年，样例市税务局坚持公开。", "国家税务总局样例市税务局"),
        (f"{PROSE}为助力样州经济健康发展和社会稳定大局作出贡献。", None),
    ],
)
def test_the_agency_by_precedence(text, agency):
    """Title, signature, 由…编制, prose outside 《》, prose inside; a short form only chooses; a contradiction gives none."""
    assert _identity(text).agency == agency


def test_what_the_page_says_of_itself():
    """The head of a page gives title and date where the text has none, and its source the agency at last."""
    page = {"title": f"样例市数据局2024年{KIND}_样例市人民政府", "published": "2025-01-20"}
    identity = _identity(PROSE, **page)
    assert (identity.agency, identity.year, identity.published) == ("样例市数据局", 2024, "2025-01-20")
    assert identity.title == f"样例市数据局2024年{KIND}"
    assert _identity(PROSE, agency="样例市数据局").agency == "样例市数据局"


@pytest.mark.parametrize(
    ("text", "year"),
    [
        (f"样例市数据局2024年{KIND}\n2023年，我局公开。\n", 2024),
        (f"样例市数据局{KIND}\n统计期限自2023年1月1日起至2023年12月31日止。\n", 2023),
        (f"样例市数据局{KIND}\n统计期限2022 11日到1231日。\n", 2022),
        (f"样例市数据局{KIND}\n统计期限202211日至20221231日。\n", 2022),
        ("一、总体情况\n2021年，我局公开。较2020年增加。2020年结转3件。2021年共收到5件。\n", 2021),
        ("一、总体情况\n依据〔2019〕13号和《2018年度报告》，2020年以来公开。http://a.cn/2017年/x\n", 2020),
        ("一、总体情况\n今年以来公开。\n二、主动公开政府信息情况\n2023年公开。\n", None),
        (
            f"样例市数据局2024年{KIND}\n自2023年1月1日至2023年12月31日。\n一、总体情况\n2023年公开。2023年收到5件。\n",
            2023,
        ),
        (
            f"样例市数据局2024年{KIND}\n自2023年1月1日至2023年12月31日。\n一、总体情况\n2024年公开。2024年收到5件。\n",
            2024,
        ),
        ("自2023年1月1日至2023年12月31日。\n一、总体情况\n2024年公开。2024年收到5件。\n", 2024),
        ("自2023年1月1日至2023年12月31日。\n一、总体情况\n2024年公开。\n", 2023),
        (
            "自2024年1月1日至2024年12月31日。\n一、总体情况\n公开2023年度区级预算执行和2023年法治政府建设情况。\n",
            2024,
        ),
        ("一、总体情况\n截止2024年12月31日，我局公开信息34条。\n", 2024),
        ("一、总体情况\n2024年公开。余1件转2025年度办理。\n", 2024),
        ("一、总体情况\n公开。\n样例市数据局\n2025年1月20日\n", None),
    ],
)
def test_the_year_reported_on(text, year):
    """Title, period and prose vote; dates of publication, numbers of documents and other years' mentions do not."""
    assert _identity(text).year == year


def test_the_title_of_the_year_among_links_to_other_years():
    """Among titles of several years on a page, the one whose year the report states is its title."""
    text = f"样例市数据局2021年{KIND}\n样例市数据局2022年{KIND}\n{PROSE.replace('2024', '2022')}自2022年1月1日至2022年12月31日。\n"
    assert _identity(text).title == f"样例市数据局2022年{KIND}"


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("发布日期：2025-01-20 来源", "2025-01-20"),
        ("发表日期:2025-01-20    文章来源", "2025-01-20"),
        ("来源：    时间：2025年01月20日", "2025-01-20"),
        ("发布时间 2025年1月9日", "2025-01-09"),
        ("年报\n 时间：2025/1/9 浏览", "2025-01-09"),
        ("2025年1月20日", None),
        ("统计时间：2025年1月20日", None),
    ],
)
def test_the_date_is_given_only_where_it_is_printed_as_such(text, published):
    """A signature's date is no date of publication."""
    assert _identity(text).published == published


def test_hostile_text_ends():
    """Endless near-names, near-titles and near-periods end: what grew with the square of the text would not."""
    units = [
        "样例市",
        "政府信息公开",
        "年度报告\n",
        "2024年",
        "局",
        "由样例市数据局编制",
        "《",
        "2024年1月1日至",
        "省市区县",
    ]
    assert ends(_identify_each, [unit * (300_000 // len(unit)) for unit in units])


def _identify_each(texts):
    for text in texts:
        assert _identity(text).published is None
