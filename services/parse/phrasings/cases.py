"""What reports say of review and litigation over disclosure."""

from services.parse.phrasings import Phrase, Topic

_LEAD = "2024年，因政府信息公开被申请行政复议9件，提起行政诉讼5件"
_BOTH = (("table4/行政复议/总计", 9), ("table4/行政诉讼/总计", 5))


def _of(topic: Topic, metric: str, words: str, example: str, claims: tuple[tuple[str, object], ...]) -> Phrase:
    return Phrase("metric", words, topic, metric, example=example, claims=claims)


TOPICS = (
    Phrase(
        "topic",
        "行政复议申请|复议申请|申请行政复议|行政复议案件|行政复议案|行政复议|复议案件|复议",
        "review",
        "table4/行政复议/总计",
        example=f"{_LEAD}。",
        claims=_BOTH,
    ),
    Phrase(
        "topic",
        "收到行政复议申请|收到行政复议案件|新收行政复议申请|新收行政复议案件|接收行政复议申请|登记行政复议申请",
        "review",
        "table4/行政复议/总计",
        sure=0.6,  # as the organ that decides on others' cases, as often as not
        example="市政府全年收到行政复议申请486件。",
        claims=(("table4/行政复议/总计", 486),),
    ),
    Phrase(
        "topic",
        "行政诉讼案件|行政诉讼案|行政诉讼|诉讼案件|诉讼|行政应诉案件|行政应诉|应诉",
        "suit",
        "table4/行政诉讼/总计",
        example=f"{_LEAD}。",
        claims=_BOTH,
    ),
    Phrase(
        "topic",
        "行政复议和行政诉讼|行政复议、行政诉讼|行政复议、诉讼|行政复议和诉讼|行政复议及行政诉讼|行政复议或行政诉讼|行政复议与行政诉讼|复议诉讼|复议、诉讼",
        "review",
        "table4/复议诉讼/总计",
        example="全年共发生政府信息公开行政复议、行政诉讼14件。",
        claims=(("table4/复议诉讼/总计", 14),),
    ),
    Phrase(
        "topic",
        "未经复议直接起诉|直接起诉|直接提起行政诉讼",
        "suit",
        "table4/未经复议直接起诉/总计",
        example="发生行政诉讼5件，其中未经复议直接起诉3件。",
        claims=(("table4/行政诉讼/总计", 5), ("table4/未经复议直接起诉/总计", 3)),
    ),
    Phrase(
        "topic",
        "复议后起诉|经复议后起诉|复议后提起行政诉讼|复议后提起诉讼",
        "suit",
        "table4/复议后起诉/总计",
        example="发生行政诉讼5件，其中复议后起诉2件。",
        claims=(("table4/行政诉讼/总计", 5), ("table4/复议后起诉/总计", 2)),
    ),
)

_RESULTS: tuple[tuple[str, str, str], ...] = (
    (
        "结果维持",
        "维持具体行政行为|维持原行政行为|予以维持|被维持|复议维持|结果维持|维持",
        "维持具体行政行为|结果维持|维持|胜诉|驳回诉讼请求",
    ),
    (
        "结果纠正",
        "被依法纠错|结果纠正|被纠错|纠错|予以纠正|被纠正|纠正|撤销|责令重新答复|责令履行",
        "被依法纠错|结果纠正|被纠错|纠错|被纠正|纠正|败诉|撤销",
    ),
    ("其他结果", "其他情形|其他结果|其它结果|其他|其它|撤回|终止", "其他情形|其他结果|其它结果|其他|其它|撤诉"),
    (
        "尚未审结",
        "尚未审结|未审结|尚未办结|正在审理|正在办理|尚在审理|在审",
        "尚未审结|未审结|正在审理|尚在审理|在审|未判决",
    ),
)

RESULTS = tuple(
    phrase
    for result, review, suit in _RESULTS
    for phrase in (
        _of(
            "review",
            f"table4/行政复议/{result}",
            review,
            f"本年政府信息公开行政复议9起，{review.split('|')[0]}8起。",
            (("table4/行政复议/总计", 9), (f"table4/行政复议/{result}", 8)),
        ),
        _of(
            "suit",
            f"table4/行政诉讼/{result}",
            suit,
            f"本年政府信息公开行政诉讼5起，{suit.split('|')[0]}2起。",
            (("table4/行政诉讼/总计", 5), (f"table4/行政诉讼/{result}", 2)),
        ),
    )
)

DISMISSED = (
    Phrase(
        "metric",
        "驳回起诉|驳回",
        "suit",
        "table4/行政诉讼/结果维持",
        sure=0.6,  # often entered as another result
        example="本年政府信息公开行政诉讼5起，驳回起诉2起。",
        claims=(("table4/行政诉讼/总计", 5), ("table4/行政诉讼/结果维持", 2)),
    ),
)

PHRASES = (*TOPICS, *RESULTS, *DISMISSED)
