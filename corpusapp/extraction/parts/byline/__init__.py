"""Who signed: every name that the page gives at a place for authors, judged by all its places together.

Seen in seeds/002_b626b8f401cf094e.txt: "  • Du Qiwen" as a bullet right under the date. Elsewhere: "By X and
Y", "Von X", "文/张三", "X, Professor of Y", "May 5, 2020 by X", a lone name under the title, a portrait and a
note after the text. `mentions` finds the places, `features` measures them, `choosing` judges.
"""

from corpusapp.extraction.parts.byline.choosing import (
    THRESHOLD,
    Signature,
    choose,
    merged,
    signatures,
)
from corpusapp.extraction.parts.byline.leads import led_names, may_lead
from corpusapp.extraction.parts.byline.names import is_name
from corpusapp.extraction.parts.byline.parsing import names_in

__all__ = [
    "THRESHOLD",
    "Signature",
    "choose",
    "is_name",
    "led_names",
    "may_lead",
    "merged",
    "names_in",
    "signatures",
]
