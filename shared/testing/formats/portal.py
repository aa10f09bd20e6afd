"""What a government's portal puts round an article: navigation that names rows of the tables, facts, scripts, footer tables."""

_SECTIONS = ("首页", "规章", "行政规范性文件", "行政许可", "政府信息公开指南", "政府信息公开年报", "2023年", "2022年")
_FACTS = (
    "<table class='meta'><tr><td>索引号：</td><td>113700000042/2025-00001</td><td>发布机构：</td><td>样例市数据局</td></tr>"
    "<tr><td>文号：</td><td></td><td>发布日期：</td><td>2025-01-20</td></tr></table>"
    "<p>【字体：<a>大</a> <a>中</a> <a>小</a>】 浏览次数：<span id='hits'></span> 用微信扫描二维码分享<img src='qr.png'></p>"
)


def portal(body: str) -> str:
    """Return the body of a portal's page with this article: 60 scripts that write tables, lists of links, a layout table."""
    scripts = "".join(
        f"function f{number}(){{document.write('<table><tr><td>规章</td><td>{number}</td></tr></table>');}}\n"
        for number in range(60)
    )
    links = "".join(f'<li><a href="/zwgk/{number}/">{section}</a></li>' for number, section in enumerate(_SECTIONS * 4))
    foot = "".join(
        f"<table width='100%'><tr><td><a href='/{number}.html'>{name}</a></td><td>版权所有</td></tr></table>"
        for number, name in enumerate(("网站地图", "联系我们", "关于我们"))
    )
    place = f"当前位置：{' &gt; '.join(_SECTIONS[:6])}"
    return (
        f"<script>{scripts}</script><div class='nav'><ul>{links}</ul></div>"
        f"<table width='100%'><tr><td colspan='2'>{place}</td></tr><tr><td><ul>{links}</ul></td><td>{_FACTS}{body}</td></tr>"
        f"</table>{foot}"
    )
