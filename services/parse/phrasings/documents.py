"""What reports say of regulatory documents, decisions and charges: table 2, and the fee for handling information."""

from services.parse.phrasings import Phrase, Topic

_TEXTS = "table2/行政规范性文件"
_DECISIONS: tuple[tuple[Topic, str, str], ...] = (
    ("permits", "行政许可", "作出|做出"),
    ("penalties", "行政处罚", "作出|做出"),
    ("coercion", "行政强制", "作出|做出|实施"),
)
_NAMED_DECISIONS: tuple[tuple[Topic, str, str], ...] = (
    ("permits", "行政许可", "行政许可决定|行政许可处理决定|行政许可处理决定数量|行政许可"),
    ("penalties", "行政处罚", "行政处罚决定|行政处罚处理决定|行政处罚处理决定数量|行政处罚案件|行政处罚"),
    ("coercion", "行政强制", "行政强制决定|行政强制处理决定|行政强制处理决定数量|行政强制措施|行政强制"),
)
_COLUMNS_2019 = (
    ("本年新制作数量", "本年新制作|新制作"),
    ("本年新公开数量", "本年新公开|新公开"),
    ("对外公开总数量", "对外公开总数量|对外公开总数|对外公开"),
)

_RULES = (
    ("本年制发件数", "制发|制定|制定出台|印发|出台|新制定|新制发|修订出台"),
    ("本年废止件数", "废止|宣布废止|失效|废止失效"),
    ("现行有效件数", "现行有效|继续有效|有效"),
)

PHRASES = (
    Phrase(
        "topic",
        "政府规章|规章",
        "rules",
        example="现行有效政府规章37件。",
        claims=(("table2/规章/现行有效件数", 37),),
    ),
    *(
        Phrase(
            "metric",
            words,
            "rules",
            f"table2/规章/{column}",
            example=f"{words.split('|')[0]}政府规章2件。",
            claims=((f"table2/规章/{column}", 2),),
        )
        for column, words in _RULES
    ),
    Phrase(
        "topic",
        "行政规范性文件|规范性文件",
        "texts",
        example="全年制发行政规范性文件5件，废止2件，现行有效31件。",
        claims=((f"{_TEXTS}/本年制发件数", 5), (f"{_TEXTS}/本年废止件数", 2), (f"{_TEXTS}/现行有效件数", 31)),
    ),
    Phrase(
        "metric",
        "制发|制定出台|制定|印发|出台|新制定|新制发|制定印发|新出台",
        "texts",
        f"{_TEXTS}/本年制发件数",
        example="本机关2024年制定出台规范性文件3件。",
        claims=((f"{_TEXTS}/本年制发件数", 3),),
    ),
    *(
        Phrase(
            "metric",
            words,
            "texts",
            f"table2/规范性文件/{column}",
            example=f"规范性文件{words.split('|')[0]}4件。",
            claims=((f"table2/规范性文件/{column}", 4),),
        )
        for column, words in _COLUMNS_2019
    ),
    Phrase(
        "metric",
        "废止|宣布废止|失效|宣布失效|废止失效|废止和失效",
        "texts",
        f"{_TEXTS}/本年废止件数",
        example="废止规范性文件2件。",
        claims=((f"{_TEXTS}/本年废止件数", 2),),
    ),
    Phrase(
        "metric",
        "现行有效|继续有效|有效",
        "texts",
        f"{_TEXTS}/现行有效件数",
        example="截至年底，现行有效规范性文件31件。",
        claims=((f"{_TEXTS}/现行有效件数", 31),),
    ),
    Phrase(
        "metric",
        "公开|主动公开|发布|公布|新发布|备案|报送备案|报备",
        "texts",
        "publish/规范性文件",
        example="主动公开规范性文件5件。",
        claims=(("publish/规范性文件", 5),),
    ),
    Phrase(
        "plain",
        "清理|征求意见|政策文件|修订|修改|审查|合法性审核|解读|起草|转发",
        "else",
        example="清理规范性文件40件。",
    ),
    *(
        Phrase(
            "topic",
            words,
            topic,
            f"table2/{row}/本年处理决定数量",
            close=True,
            example=f"全年作出{words.split('|')[0]}5件。",
            claims=((f"table2/{row}/本年处理决定数量", 5),),
        )
        for topic, row, words in _NAMED_DECISIONS
    ),
    *(
        Phrase(
            "metric",
            words,
            topic,
            f"table2/{row}/本年处理决定数量",
            example=f"{words.split('|')[0]}{row}决定5件。",
            claims=((f"table2/{row}/本年处理决定数量", 5),),
        )
        for topic, row, words in _DECISIONS
    ),
    Phrase(
        "topic",
        "行政事业性收费",
        "charges",
        "table2/行政事业性收费/本年收费金额",
        example="全年行政事业性收费8.83万元。",
        claims=(("table2/行政事业性收费/本年收费金额", 8.83),),
    ),
    Phrase(
        "topic",
        "政府信息公开信息处理费|信息公开信息处理费|依申请公开信息处理费|政府信息处理费|信息公开处理费|信息处理费",
        "fee",
        "fee/信息处理费",
        example="本年度收取信息处理费200元。",
        claims=(("fee/信息处理费", 200),),
    ),
    Phrase(
        "metric",
        "收费通知书|收费通知|缴费通知",
        "fee",
        "fee/收费通知",
        example="本年度发出信息处理费收费通知2件，总金额60元。",
        claims=(("fee/收费通知", 2), ("fee/信息处理费", 60)),
    ),
    Phrase(
        "metric",
        "总金额|金额|收取|费用|收费",
        "fee",
        "fee/信息处理费",
        example="政府信息公开信息处理费收费通知1件，总金额20元。",
        claims=(("fee/收费通知", 1), ("fee/信息处理费", 20)),
    ),
)
