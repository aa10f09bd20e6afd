"""The six chapters of the official format, the same in both editions (国办公开办函〔2019〕60号, 国办公开办函〔2021〕30号)."""

CHAPTERS: dict[int, tuple[str, str]] = {
    1: ("一", "总体情况"),
    2: ("二", "主动公开政府信息情况"),
    3: ("三", "收到和处理政府信息公开申请情况"),
    4: ("四", "政府信息公开行政复议、行政诉讼情况"),
    5: ("五", "存在的主要问题及改进情况"),
    6: ("六", "其他需要报告的事项"),
}
"""Chapter -> ordinal and title as the format prints them."""


def heading(chapter: int) -> str:
    """Return the heading of a chapter: 一、总体情况."""
    return "、".join(CHAPTERS[chapter])
