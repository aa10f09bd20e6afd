"""The template is an empty list that reads back, with drop-downs for what is a choice."""

import io

import openpyxl
import pytest

from shared.directory.rows import read_rows
from shared.directory.sheet import COLUMNS
from shared.directory.template import HOW_TO, template
from shared.ops.errors import UsageError


def test_the_template_has_every_column_and_explains_each():
    """A column without a word on how to fill it is filled wrongly."""
    book = openpyxl.load_workbook(io.BytesIO(template()))
    assert tuple(cell.value for cell in book["机关名录"][1]) == COLUMNS
    assert {column for column, _ in HOW_TO} >= set(COLUMNS)
    assert {row[0].value for row in book["填写说明"].iter_rows()} >= set(COLUMNS)


def test_choices_are_drop_downs():
    """Level and type are chosen, not typed."""
    sheet = openpyxl.load_workbook(io.BytesIO(template()))["机关名录"]
    sources = {rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert sources == {'"国家,省,市,县,乡"', '"政府,政府办公室,部门,执法,派出机关,其他"'}


def test_a_filled_template_is_read():
    """What an office fills in comes back as agencies; unfilled it is refused."""
    book = openpyxl.load_workbook(io.BytesIO(template()))
    book["机关名录"].append([None, "样例市数据局", None, None, "市", "部门", "a@example.invalid"])
    filled = io.BytesIO()
    book.save(filled)
    (agency,) = read_rows(filled.getvalue())
    assert (agency.name, agency.level, agency.mailbox) == ("样例市数据局", "市", "a@example.invalid")
    with pytest.raises(UsageError, match="没有机关"):
        read_rows(template())


def test_the_template_is_the_same_every_time():
    """Nothing of the machine or the hour is in it."""
    assert template() == template()
