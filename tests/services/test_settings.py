"""Settings are read where a clerk works."""

import re

import pytest

from services.settings import CLASSES

FIELDS = {name: field for settings in CLASSES for name, field in settings.model_fields.items()}


@pytest.mark.parametrize("name", FIELDS)
def test_every_setting_says_in_chinese_what_it_is(name: str):
    """`nianbao settings` and docs/settings.md print it."""
    assert re.search(r"[\u4e00-\u9fff]", FIELDS[name].description or "")
