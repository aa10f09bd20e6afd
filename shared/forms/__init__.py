"""The official tables as data, one file an edition."""

from shared.forms.form import Form
from shared.forms.y2019 import Y2019
from shared.forms.y2021 import Y2021
from shared.model.cell import FormEdition

FORMS: dict[FormEdition, Form] = {"2019": Y2019, "2021": Y2021}


def form_of_year(year: int) -> Form | None:
    """Return the edition ordered for reports on this year; None before 2019, when there was no official form."""
    return next((form for form in FORMS.values() if form.covers(year)), None)
