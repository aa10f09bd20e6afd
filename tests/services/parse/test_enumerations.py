"""A list of parts ends where its sentence goes on with something else."""

import pytest

from services.parse.document import Content, Paragraph
from services.parse.narrative import read_claims


def _listed(text: str) -> list[object]:
    content = Content(text, (Paragraph(0, len(text)),))
    claims = read_claims(content, (), (), agency="样例市数据局", year=2024)
    return [claim.value for claim in claims if claim.metric.startswith("list/")]


@pytest.mark.parametrize(
    ("said", "listed"),
    [
        ("全年发布信息423条，其中动态类300条，公告类123条，通过微信公众号发布信息977条。", [423, 300, 123]),
        ("全年发布信息423条，其中动态类300条，公告类120条，通过微信公众号发布信息77条。", [423, 300, 120]),
        ("全年发布信息423条，其中动态类300条，公告类123条，在线访谈24场。", [423, 300, 123]),
        ("全年发布信息200条，其中政策文件50条，解读信息30条；政务新媒体800条。", [200, 50, 30]),
        ("全年发布信息200条，其中政策文件150条；解读信息30条；其他30条。", [200, 150, 30, 30]),
        ("全年发布信息200条，其中网站发布150条，微信发布30条，微博发布30条。", [200, 150, 30, 30]),
        ("全年发布信息200条，其中网站150条，微信30条，其他10条。", [200, 150, 30, 10]),
        ("发布解读稿件36篇，其中文字解读20篇、图片解读12篇、视频解读6篇。", [36, 20, 12, 6]),
        ("全年发布信息516条。其中，动态类300条，公告类200条，其他类20条。", [516, 300, 200, 20]),
        ("全年发布信息516条。其中动态类300条，公告类200条。其他类16条。", [516, 300, 200]),
        ("网站发布信息300条，微信发布信息216条。其中，动态类300条，公告类400条。", []),
        ("全年发布信息516条。开展培训。其中，动态类300条，公告类200条。", []),
        ("全年发布信息516条。召开会议2次，其中专题会议1次，部署会议1次。", [2, 1, 1]),
        ("收到申请200件。其中，网站150件，信函30件，其他10件。", []),
        ("收到申请200件，其中网站150件，信函30件，其他10件。", []),
        ("全年承办建议12件、提案8件，其中主办5件、会办15件。", []),
        ("全年公开信息500条，网站公开信息300条，其中动态类200条，公告类150条。", []),
    ],
)
def test_only_parts_are_listed(said, listed):
    """What has a verb of its own, another measure or more than the whole, or follows on a complete list, is no part of it."""
    assert _listed(said) == listed
