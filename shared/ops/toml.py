"""What is wrong with a TOML file that a person wrote, told in Chinese: the parser speaks English only."""

import re

from shared.ops.errors import system_said

_AT = re.compile(r"(?P<what>.*) \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)")

# The sentences of tomllib (Python 3.11 to 3.14), by how they begin.
_SAID: dict[str, str] = {
    "Invalid value": "等号后面的值不对，文字要加引号",
    "Invalid statement": "不是“键 = 值”，也不是“[表]”",
    "Invalid initial character": "这里应写键的名称",
    "Invalid date": "日期或时间不对",
    "Invalid hex value": "“\\”后面的编码不对",
    "Escaped character": "“\\”后面的编码不对",
    "Unescaped '\\'": "引号中的“\\”要写成“\\\\”，或者改用单引号",
    "Expected '='": "键的后面缺少“=”",
    "Expected ']]'": "缺少“]]”",
    "Expected ']'": "缺少“]”",
    "Expected newline": "一行只能写一项，这里多出了内容",
    "Unterminated string": "缺少后一个引号",
    "Expected \"'''\"": "缺少后面的三个引号",
    'Expected \'"""\'': "缺少后面的三个引号",
    'Expected "\'"': "缺少后一个引号",
    "Expected '\"'": "缺少后一个引号",
    "Unclosed array": "方括号没有写完，缺少“]”或逗号",
    "Unclosed inline table": "花括号没有写完，缺少“}”或逗号",
    "Illegal character": "有不能写在这里的字符，例如引号中断行",
    "Found invalid character": "有不能写在这里的字符，例如引号中断行",
    "Cannot overwrite": "这个键写了两次",
    "Duplicate inline": "这个键写了两次",
    "Cannot declare": "这个表写了两次",
    "Cannot redefine": "这个表写了两次",
    "Cannot mutate": "这个表已经写完，不能再添加",
}


def toml_said(fault: OSError | ValueError) -> str:
    """Return in Chinese why a TOML file could not be read, with line and column (from 1) of what is no TOML."""
    if isinstance(fault, OSError):
        return system_said(fault)
    if isinstance(fault, UnicodeDecodeError):
        return "不是UTF-8编码的文字"
    at = _AT.fullmatch(str(fault))
    where = "" if at is None else f"第{at['line']}行第{at['column']}列" if at["line"] else "到文件末尾，"
    what = at["what"] if at else str(fault)
    return f"{where}不是有效的TOML（{next((said for begin, said in _SAID.items() if what.startswith(begin)), what)}）"
