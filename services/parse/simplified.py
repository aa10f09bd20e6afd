"""Traditional characters of labels, titles and agency names as simplified ones, for matching only: mirrors publish in both."""

import re

_TABLE = str.maketrans(
    "總體開處請復議訴訟題進項關於報產區縣鄉鎮門戶廳數據發業務國農衛資環財規劃設審計統應監藝館療隊檢測運輸稅點協組織會員辦實現將經與為對從導華東廣歲號時間說機條編製書蘇貿園創優單獨標準結"
    "構種類級聯絡郵電話網頁內額僅無圖況動個當來後綜錄徵稱龍陽陳張馬長興寧慶樂順義漢濟遼瀋錦鐵鄭許鄧羅賓麗雲貴轉這穩護權過執詢沒確訪舉複重獲認繳繼續範罰強廢萬採購維糾係減檔眾決爲補屬銷該"
    "學訊價團線買賣備註見",
    "总体开处请复议诉讼题进项关于报产区县乡镇门户厅数据发业务国农卫资环财规划设审计统应监艺馆疗队检测运输税点协组织会员办实现将经与为对从导华东广岁号时间说机条编制书苏贸园创优单独标准结"
    "构种类级联络邮电话网页内额仅无图况动个当来后综录征称龙阳陈张马长兴宁庆乐顺义汉济辽沈锦铁郑许邓罗宾丽云贵转这稳护权过执询没确访举复重获认缴继续范罚强废万采购维纠系减档众决为补属销该"
    "学讯价团线买卖备注见",
)
_SIGN = re.compile(f"[{''.join(map(chr, _TABLE))}]")


def simplify(text: str) -> str:
    """Return the text with traditional characters simplified, code point for code point."""
    return text.translate(_TABLE) if _SIGN.search(text) else text
