"""The official tables as data: sizes, addresses and years of both editions."""

import csv
import os
import pathlib

import pytest

from shared.forms import FORMS, form_of_year


@pytest.mark.parametrize(("edition", "sizes"), [("2019", (22, 161, 15)), ("2021", (10, 175, 15))])
def test_each_table_has_as_many_cells_as_the_form_orders(edition, sizes):
    """22, 161 and 15 cells in 2019; 10, 175 and 15 since 2021."""
    assert tuple(len(FORMS[edition].tables[number].addresses) for number in "234") == sizes


def test_years_choose_the_edition():
    """The trial form holds for 2019 and 2020, the present one since 2021, none before."""
    assert form_of_year(2018) is None
    assert [form_of_year(year).edition for year in (2019, 2020, 2021, 2030)] == ["2019", "2019", "2021", "2021"]


def test_an_unknown_address_is_a_key_error():
    """Asking for a row or column that the form lacks fails loudly."""
    with pytest.raises(KeyError):
        FORMS["2021"].tables["2"].column("规章", "采购总金额")


@pytest.mark.skipif("NIANBAO_TEST_CORPUS" not in os.environ, reason="needs the samples: set NIANBAO_TEST_CORPUS")
def test_addresses_are_those_of_the_published_list():
    """Programs outside read cells by the addresses of cells.tsv."""
    listed = {}
    path = pathlib.Path(os.environ["NIANBAO_TEST_CORPUS"], "acceptance", "cells.tsv")
    with path.open(encoding="utf-8") as lines:
        for line in csv.DictReader(lines, delimiter="\t"):
            listed.setdefault((line["form"], line["table"]), []).append((line["row"], line["column"]))
    for edition, form in FORMS.items():
        for number, table in form.tables.items():
            assert list(table.addresses) == listed[edition, number]
