"""Traditional characters of labels, titles and agency names as simplified ones, for matching only: mirrors publish in both."""

import re

_FORMS = (  # each simplified character with the traditional ones that are printed for it
    "万萬 与與 专專 业業 东東 两兩 严嚴 个個箇 为為爲 丽麗 举舉 义義 乐樂 习習 乡鄉 书書 买買 于於 云雲 产產産 亿億 仅僅 从從 价價 "
    "众眾衆 优優 会會 体體 修脩 党黨 关關 兴興 内內 写寫 册冊 农農 决決 况況 准準 减減 出齣 划劃 击擊 则則 创創 别別 制製 办辦 务務 动動 励勵 "
    "势勢 区區 医醫 升陞 华華 协協 单單 卖賣 卫衛 卷捲 厅廳 县縣 叁叄 参參 发發髮 只隻 台檯臺 号號 后後 启啓啟 员員 团團糰 园園 困睏 "
    "围圍 国國 图圖 坚堅 处處 备備 复復複覆 头頭 学學 宁寧 实實 审審 宾賓 对對 导導 将將 局侷 属屬 岁歲 布佈 帐帳 席蓆 并並併 广廣 "
    "庆慶 应應 废廢 开開 张張 强強 当當 录彔錄録 彻徹 征徵 总總 户戶 托託 执執 护護 报報 挥揮 据據 数數 无無 时時 机機 权權 条條 来來 "
    "板闆 极極 构構 查査 标標 样樣 核覈 档檔 检檢 汇匯彙滙 汉漢 沈瀋 没沒 注註 测測 浏瀏 济濟 炉爐 点點 热熱 牵牽 独獨 环環 现現 电電 疗療 "
    "监監 真眞 矿礦 码碼 确確 种種 秘祕 积積 称稱 税稅 稳穩 笔筆 筹籌 简簡 类類 系係繫 纠糾 红紅 级級 纳納 线綫線 组組 织織 细細 经經 结結 "
    "绕繞 给給 络絡 统統 继繼 续續 维維 综綜 编編 缴繳 网網 罗羅 罚罰 联聯 艺藝 节節 苏蘇 范範 获獲穫 补補 表錶 见見 览覽 规規 计計 订訂 "
    "认認 让讓 议議 讯訊 记記 许許 讼訟 设設 访訪 证証證 识識 诉訴 试試 话話 询詢 该該 说說説 请請 读讀 调調 负負 财財 责責 账賬 质質 "
    "购購 贯貫 贰貳 贵貴 贸貿 费費 资資 转轉 软軟 载載 较較 输輸 辖轄 辽遼 过過 运運 这這 进進 逾踰 遗遺 邓鄧 邮郵 郑鄭 采埰採 铁鐵 银銀 "
    "销銷 锦錦 镇鎭鎮 长長 门門 问問 间間 阅閱 队隊 阳陽 陆陸 陈陳 难難 面麫麵 页頁 项項 顺順 须須 预預 领領 题題 额額 馆舘館 马馬 龙龍 "
    "偿償 传傳 余餘 占佔 卤鹵 历歷曆 咨諮 场場 层層 径徑 态態 挂掛 栏欄 槛檻 毕畢 碍礙 离離 约約 纸紙 终終 绿綠 职職 胜勝 "
    "舆輿 暂暫 鉴鑒鑑 蓝藍 视視 训訓 评評 误誤 贝貝 败敗 车車 递遞 错錯 闻聞 韦韋 频頻 风風 飞飛 驳駁 鱼魚 鸟鳥 麦麥 黄黃 齐齊 齿齒 龟龜 "
    "刘劉 杨楊 赵趙 吴吳 孙孫 谢謝 韩韓 冯馮 叶葉 吕呂 卢盧 钟鍾鐘 谭譚 贾賈 邹鄒 阎閻 闫閆 龚龔 贺賀 顾顧 钱錢 汤湯 庞龐 鲁魯 聂聶 饶饒 骆駱 蒋蔣 亲親 届屆 损損 杂雜 隐隱 紧緊 扎紮 "
)
_TABLE = str.maketrans({traditional: form[0] for form in _FORMS.split() for traditional in form[1:]})
_SIGN = re.compile(f"[{''.join(map(chr, _TABLE))}]")


def simplify(text: str) -> str:
    """Return the text with traditional characters simplified and 资讯, the word of Taiwan, as 信息: code point for code point."""
    return (text.translate(_TABLE) if _SIGN.search(text) else text).replace("资讯", "信息")
