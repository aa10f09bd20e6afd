"""The templates of pages."""

from functools import cache

import jinja2

from shared.output.drawing import Label
from shared.output.meanings import basis, shown


@cache
def template(name: str) -> jinja2.Template:
    """Return a template of this package: what comes from documents is escaped, what is not given is an error."""
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("shared.output"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"basis": basis, "shown": shown}
    environment.tests |= {"label": lambda drawn: isinstance(drawn, Label)}
    return environment.get_template(name)
