"""Made reports in the characters and words of mirror sites: traditional, also with the vocabulary of Taiwan."""

import random

_PAIRS = (
    "万萬 业業 为為爲 举舉 会會 体體 关關 内內 决決 况況 减減 制製 办辦 务務 动動 区區 单單 发發 国國 处處 复複復 实實 审審 "
    "对對 将將 属屬 废廢 开開 强強 当當 总總 执執 护護 报報 据據 数數 无無 机機 权權 条條 来來 构構 样樣 没沒 现現 监監 "
    "确確 秘祕 稳穩 类類 系係 纠糾 纳納 组組 织織 经經 结結 续續 继繼 维維 缴繳 罚罰 范範 获獲 补補 规規 计計 认認 议議 许許 "
    "讼訟 设設 访訪 诉訴 询詢 请請 购購 费費 转轉 过過 这這 进進 采採 问問 项項 题題 额額 卷卷捲 资資 讯訊 档檔 专專 众眾 网網"
)
_TRADITIONAL = {forms[0]: forms[1:] for forms in _PAIRS.split()}
_OF_TAIWAN = (
    ("规范性文件", "规范性档案"),
    ("政府信息", "政府资讯"),
    ("项目数量", "专案数量"),
    ("群众", "民众"),
    ("门户", "入口"),
    ("网络", "网路"),
)


def in_traditional(chance: random.Random, text: str) -> str:
    """Return the text in traditional characters, one of them where several are printed for the same simplified one."""
    return "".join(chance.choice(_TRADITIONAL.get(letter, letter)) for letter in text)


def in_words_of_taiwan(text: str) -> str:
    """Return the text, still in simplified characters, with the words that converters put for those of the mainland."""
    for word, other in _OF_TAIWAN:
        text = text.replace(word, other)
    return text
