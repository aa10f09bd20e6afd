"""Every row of a list is checked and all faults are told at once, by row number."""

import pytest

from shared.directory.core import agency_id
from shared.directory.rows import FaultyDirectory, read_rows
from shared.model.agency import Agency
from shared.ops.errors import UsageError

HEADER = "编号,名称,别名,地区,层级,类型,邮箱,上级机关\n"


def _faults(body):
    with pytest.raises(FaultyDirectory) as raised:
        read_rows((HEADER + body).encode())
    return [(fault.row, fault.message) for fault in raised.value.faults]


def test_a_clean_list_becomes_agencies():
    """Each field stands where it belongs; an agency without a number gets its id from its name."""
    body = (
        "G1,样例市人民政府办公室,市府办；样例市政府办,样例市,市,政府办公室,office@example.invalid,\n"
        ",样例市数据局,样例市数据局,,,,,市府办\n"
    )
    assert read_rows((HEADER + body).encode()) == (
        Agency(
            id="G1",
            name="样例市人民政府办公室",
            aliases=("市府办", "样例市政府办"),
            region="样例市",
            level="市",
            type="政府办公室",
            mailbox="office@example.invalid",
        ),
        Agency(id=agency_id("样例市数据局"), name="样例市数据局", supervisor="市府办"),
    )


def test_all_faults_are_told_at_once():
    """An operator mends a list in one go."""
    body = (
        "1,样例市数据局,市数据局,,市,部门,a@example.invalid,\n"
        "1,样例市财政局,市数据局,,镇,单位,a@@example,样例省财政厅\n"
        ",,,样例市,,,,\n"
        "4,样例市数据局,,,,,a@example.invalid;b@example.invalid,\n"
    )
    assert _faults(body) == [
        (3, "上级机关“样例省财政厅”不在名录中"),
        (3, "名称或别名“市数据局”与第2行重复，一个名称只能属于一个机关"),
        (3, "层级“镇”不在国家、省、市、县、乡之中"),
        (3, "类型“单位”不在政府、政府办公室、部门、执法、派出机关、其他之中"),
        (3, "编号“1”与第2行重复"),
        (3, "邮箱“a@@example”不是一个有效的邮箱地址（只能填一个）"),
        (4, "没有填写名称"),
        (5, "名称或别名“样例市数据局”与第2行重复，一个名称只能属于一个机关"),
        (5, "邮箱“a@example.invalid;b@example.invalid”不是一个有效的邮箱地址（只能填一个）"),
    ]


def test_a_name_given_twice_is_told_as_a_name():
    """Not as a number that nobody typed; a number that somebody typed is told though the other row has none."""
    assert _faults(",样例市数据局,,,,,,\n,样例市数据局,,,,,,\n") == [
        (3, "名称或别名“样例市数据局”与第2行重复，一个名称只能属于一个机关")
    ]
    typed = agency_id("样例市数据局")
    assert _faults(f",样例市数据局,,,,,,\n{typed},样例市财政局,,,,,,\n") == [(3, f"编号“{typed}”与第2行重复")]


@pytest.mark.parametrize(
    "mailbox",
    [
        "a",
        "a@b",
        "a@b..c",
        "a b@example.invalid",
        "a@example.invalid\nBcc: x@example.invalid",
        "数据局@example.invalid",
        "a\N{FULLWIDTH COMMERCIAL AT}example.invalid",
        "<a@example.invalid>",
        ".a@example.invalid",
        "a@-example.invalid",
        "x" * 65 + "@example.invalid",
        "a@" + "b" * 60 + "." + "c" * 60 + "." + "d" * 60 + "." + "e" * 60 + "." + "f" * 20 + ".invalid",
    ],
)
def test_a_bad_mailbox_is_refused(mailbox):
    """What a server would refuse, or could be read as a header or a second address, never enters the directory."""
    assert [row for row, _ in _faults(f'1,样例市数据局,,,,,"{mailbox}",\n')] == [2]


def test_supervisors_in_a_circle_are_refused():
    """Nobody stands above himself."""
    told = _faults("1,甲局,,,,,,乙局\n2,乙局,,,,,,甲局\n3,丙局,,,,,,甲局\n")
    assert [row for row, _ in told] == [2, 3]


def test_a_name_with_a_line_break_is_refused():
    """A name becomes part of a mail's subject."""
    assert _faults('1,"样例市\n数据局",,,,,,\n') == [(2, "名称超过100字或含有换行等控制字符")]


def test_many_faults_make_one_line():
    """A command line that does not list them still says how many there are."""
    body = "".join(f"{n},机关{n},,,镇,,,\n" for n in range(5))
    with pytest.raises(FaultyDirectory, match=r"^名录有5处错误：第2行：.*；另有2处$"):
        read_rows((HEADER + body).encode())


def test_a_list_without_agencies_is_refused():
    """An empty file must not empty the directory."""
    with pytest.raises(UsageError, match="没有机关"):
        read_rows(HEADER.encode())
