"""The data request kit: a spreadsheet template for every list that an office fills in."""

from phusong.views.kit.book_forms import BOOK_FORMS
from phusong.views.kit.fields import Field, Heading, Template
from phusong.views.kit.network_forms import NETWORK_FORMS
from phusong.views.kit.place_forms import PLACE_FORMS
from phusong.views.kit.pupil_forms import PUPIL_FORMS
from phusong.views.kit.sheets import render_template

#: Every template by its source kind, in the order in which offices are asked.
TEMPLATES: dict[str, Template] = {
    form.kind: form for form in (*PLACE_FORMS, *NETWORK_FORMS, *PUPIL_FORMS, *BOOK_FORMS)
}

__all__ = ["TEMPLATES", "Field", "Heading", "Template", "render_template"]
