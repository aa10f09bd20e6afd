"""How names of agencies are built; that they are found in reports is tests/services/parse/test_identity.py's."""

import pytest

from shared.names import region_of


@pytest.mark.parametrize(
    ("name", "region"),
    [
        ("样例市数据局", "样例市"),
        ("样例市市场监督管理局", "样例市"),
        ("样例市城市管理局", "样例市"),
        ("样例市住房和城乡建设局", "样例市"),
        ("样例县古城乡人民政府", "样例县古城乡"),
        ("样例市示范区教育局", "样例市示范区"),
        ("样例市示范区禾苗街道办事处", "样例市示范区禾苗街道"),
        ("样例县麦穗镇人民政府", "样例县麦穗镇"),
        ("政府办公室", ""),
        ("年县教育局", ""),
        ("现公布市教育局", ""),
        ("现公开区人民政府办公室", ""),
        ("三是街道党群服务中心", ""),
        ("请与市教育局", ""),
        ("报告由样州市教育局", ""),
        ("指导区政务服务局", ""),
        ("编制市城管执法局", ""),
        ("结合市财政局", ""),
        ("会同市林业局", ""),
        ("市教育局", ""),
        ("自治州人民政府", ""),
        ("样例族自治县教育局", "样例族自治县"),
    ],
)
def test_the_regions_at_the_beginning_of_a_name(name, region):
    """A trade that contains the character of a level (市场, 城市, 城乡) is no region."""
    assert region_of(name) == region
