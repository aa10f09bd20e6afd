"""The rule-set file: what may be set, and what is refused in one line that says where."""

import re
import tomllib

import pytest

from services.validate.configuration import AS_WRITTEN, Configuration, LocalItem, Years
from services.validate.rules import RULES
from services.validate.ruleset_file import EXAMPLE, _File, configuration_of, may_be_error, read_configuration
from shared.forms.sources import SOURCES
from shared.ops.errors import UsageError

WHOLE = """
version = "样例市-2025.1"
off = ["T2-08"]
confirmed = ["T2-03"]

[severity]
T2-03 = "E"
T3-09 = "W"

[threshold]
C-07.counts = 500000
"T3-09".percent = 30

[years]
T3-09 = { from = 2021 }
C-08 = { from = 2019, until = 2020 }

[[local]]
name = "建议提案办理"
words = ["建议提案", "人大代表建议"]
"""


def test_everything_that_may_be_set():
    """Each key comes into its place; what an office confirmed only lets it say E."""
    assert read_configuration(WHOLE) == Configuration(
        version="样例市-2025.1",
        severities={"T2-03": "E", "T3-09": "W"},
        thresholds={("C-07", "counts"): 500000, ("T3-09", "percent"): 30},
        years={"T3-09": Years(2021), "C-08": Years(2019, 2020)},
        off=frozenset({"T2-08"}),
        local=(LocalItem("建议提案办理", ("建议提案", "人大代表建议")),),
    )


def test_the_hash_is_that_of_what_is_set():
    """Comments, order and white space of the file do not matter; a figure does."""
    blocks = WHOLE.strip().split("\n\n")
    otherwise = "\n\n# Otherwise.\n".join([blocks[0], *reversed(blocks[1:])])
    assert read_configuration(otherwise).ruleset == read_configuration(WHOLE).ruleset
    assert read_configuration(WHOLE.replace("30", "31")).ruleset != read_configuration(WHOLE).ruleset


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "version：缺少这个键"),
        ('version = "1"\nof = []', "第2行 of：没有这个键，是否应为“off”"),
        ('version = "1"\n[severity]\nT3-O9 = "E"', "第3行 severity.T3-O9：没有编号为“T3-O9”的规则，是否应为“T3-09”"),
        ('version = "1"\noff = ["ZZ-99"]', "第2行 off：没有编号为“ZZ-99”的规则；全部规则见 nianbao rules list"),
        (
            'version = "1"\nconfirmed = ["ZZ-99"]',
            "第2行 confirmed：没有编号为“ZZ-99”的规则；全部规则见 nianbao rules list",
        ),
        ('version = "1"\n\n[severity]\nT3-01 = "错误"', "第4行 severity.T3-01：应为E、W或I"),
        ('version = "1"\n[severity]\nT3-06 = "I"', "第3行 severity.T3-06：这条规则不单独成为问题，没有级别可定"),
        (
            'version = "1"\n[severity]\nT2-03 = "E"',
            "第3行 severity.T2-03：依据尚未核对公布文本，至多定为W；本单位已经核对的，请把规则编号列入 confirmed",
        ),
        (
            'version = "1"\n[threshold]\nC-07.count = 5',
            "第3行 threshold.C-07.count：规则C-07没有名为“count”的限值，是否应为“counts”",
        ),
        (
            'version = "1"\n[threshold]\nC-07.zz = 5',
            "第3行 threshold.C-07.zz：规则C-07没有名为“zz”的限值，可设的是counts、amounts",
        ),
        ('version = "1"\n[threshold]\nT3-01.zz = 5', "第3行 threshold.T3-01.zz：规则T3-01没有名为“zz”的限值"),
        ('version = "1"\n[threshold.C-07]\ncounts = -5', "第3行 threshold.C-07.counts：不能是负数"),
        ('version = "1"\n[threshold]\nC-07.counts = 5.5', "第3行 threshold.C-07.counts：应为整数"),
        ('version = "1"\n[threshold]\nC-07.counts = inf', "第3行 threshold.C-07.counts：应为数字"),
        ('version = "1"\n[threshold]\nC-07.counts = true', "第3行 threshold.C-07.counts：应为数字"),
        ('version = "1"\n[threshold]\nC-07.counts = "5"', "第3行 threshold.C-07.counts：应为数字"),
        ('version = "1"\n[threshold]\nC-07 = 5', "第3行 threshold.C-07：应为表（键和值）"),
        (
            'version = "1"\n[years]\nT3-09 = { since = 2021 }',
            "第3行 years.T3-09.since：没有这个键，可用的是from、until",
        ),
        ('version = "1"\n[years]\nT3-09 = { from = 21 }', "第3行 years.T3-09.from：应为2008年以后的年度"),
        (
            'version = "1"\n[years]\nT3-09 = { from = 2022, until = 2021 }',
            "第3行 years.T3-09：起始年度2022晚于截止年度2021",
        ),
        ('version = "1"\n[[local]]\nname = "甲"\nwords = []', "第4行 local.words：至少要有一项"),
        (
            'version = "1"\n[[local]]\nname = "甲"\nwords = ["甲"]\n[[local]]\nname = " "\nwords = ["乙"]',
            "第6行 local.name：不能为空",
        ),
        ('version = "1"\n[[local]]\nname = "甲"', "第2行 local.words：缺少这个键"),
        ("version = 1", "第1行 version：应为加引号的文字"),
        ('version = "1 2"', "第1行 version：只能用文字、数字和“.”“-”“_”，不超过40个字"),
        ('version = "1"\n[severity\n', "第2行第10列不是有效的TOML（缺少“]”）"),
        (
            'version = "1"\noff = ["ZZ-99"]\n[severity]\nT3-06 = "I"',
            (
                "第2行 off：没有编号为“ZZ-99”的规则；全部规则见 nianbao rules list；"
                "第4行 severity.T3-06：这条规则不单独成为问题，没有级别可定"
            ),
        ),
    ],
)
def test_what_cannot_be_used_is_told_on_one_line_with_its_place(text, told):
    """Every fault, its line, its key, and what would be right where that can be known."""
    with pytest.raises(UsageError) as refused:
        read_configuration(text)
    assert str(refused.value) == told


def test_a_severity_below_e_needs_no_verified_basis():
    """And an E that the rule is anyway may be said."""
    for each in RULES:
        if each.severity is not None:
            assert read_configuration(f'version = "1"\n[severity]\n{each.id} = "W"').severities == {each.id: "W"}
            confirmed = f'version = "1"\nconfirmed = ["{each.id}"]\n[severity]\n{each.id} = "E"'
            assert read_configuration(confirmed).severities == {each.id: "E"}


def test_an_error_needs_a_verified_basis():
    """A rule that rests on general knowledge alone is at most a W unless the office says otherwise."""
    for each in RULES:
        verified = any(SOURCES[ref].status == "V" for ref in each.basis)
        assert may_be_error(each) == (each.severity == "E" or verified)
    assert any(not may_be_error(each) for each in RULES)


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    """Missing, no text, or wrong: the line begins with the file."""
    missing, bytes_, wrong = (tmp_path / name for name in ("missing.toml", "bytes.toml", "wrong.toml"))
    bytes_.write_bytes('version = "样例"'.encode("gbk"))
    wrong.write_text("version = 1", "utf-8")
    for file, said in ((missing, "没有这个文件"), (bytes_, "不是UTF-8编码的文字"), (wrong, "第1行 version：")):
        with pytest.raises(UsageError, match=rf"^[^\n]*规则集文件[ ：]{re.escape(str(file))}[^\n]*{said}[^\n]*$"):
            configuration_of(file)
    assert configuration_of(None) is AS_WRITTEN


def test_a_file_of_windows_is_read(tmp_path):
    """With a byte-order mark and CRLF it says the same."""
    file = tmp_path / "ruleset.toml"
    file.write_bytes(b"\xef\xbb\xbf" + WHOLE.replace("\n", "\r\n").encode())
    assert configuration_of(file) == read_configuration(WHOLE)


def test_the_example_is_valid_and_names_every_key():
    """As it is, and with all that it shows taken into use."""
    shown = EXAMPLE.read_text(encoding="utf-8")
    assert read_configuration(shown).version
    in_use = re.sub(r"(?m)^#(?=\S)", "", shown)
    written = _File.model_validate(tomllib.loads(in_use))
    assert written.model_fields_set == set(_File.model_fields)
    assert {name for each in written.years.values() for name in each.model_fields_set} == {"first", "last"}
    read_configuration(in_use)
