"""Made Word documents are Word documents."""

import io
import zipfile

import pytest
from lxml import etree

from shared.testing.formats.docx import VARIANTS, write
from shared.testing.layouts import outline


@pytest.mark.parametrize("variant", VARIANTS)
def test_every_part_is_well_formed_and_declared(variant):
    """Each XML part parses, and every part of the document has a content type."""
    with zipfile.ZipFile(io.BytesIO(write(outline({}), variant))) as package:
        roots = {name: etree.fromstring(package.read(name)) for name in package.namelist()}
    declared = {each.get("PartName") for each in roots["[Content_Types].xml"] if each.get("PartName")}
    assert declared == {f"/{name}" for name in roots if name.startswith("word/") and not name.endswith(".rels")}


def test_variants_differ_in_markup_only():
    """No two variants are the same bytes."""
    assert len({write(outline({}), variant) for variant in VARIANTS}) == len(VARIANTS)
