"""Formulas as MathML, which browsers show by themselves: no script, no font, nothing to fetch.

latex2mathml reads TeX, students' too, so nothing of its result is believed: elements, attributes
and their values go through lists of what is allowed, and the rest becomes text.
"""

import html
import re
from xml.etree.ElementTree import Element, tostring

from latex2mathml.converter import convert_to_element

from course.grading.limits import FORMULA_CHARACTERS

ELEMENTS = {
    *("math", "mrow", "mi", "mn", "mo", "ms", "mtext", "mspace", "mphantom", "mpadded", "mstyle"),
    *("mfrac", "msqrt", "mroot", "msub", "msup", "msubsup", "munder", "mover", "munderover"),
    *("mmultiscripts", "mprescripts", "none", "mtable", "mtr", "mtd", "menclose"),
}
ATTRIBUTES = {
    *("accent", "accentunder", "columnalign", "columnlines", "columnspacing", "depth"),
    *("display", "displaystyle", "fence", "form", "height", "largeop", "linebreak"),
    *("linethickness", "lspace", "mathvariant", "maxsize", "minsize", "movablelimits"),
    *("notation", "rowalign", "rowlines", "rowspacing", "rspace", "scriptlevel", "separator"),
    *("stretchy", "symmetric", "voffset", "width", "xmlns"),
}
VALUE = re.compile(r"[A-Za-z0-9.+ %-]{0,60}")
MATHML = "http://www.w3.org/1998/Math/MathML"
# What latex2mathml doesn't know, in words that it does.
DIALECT = [
    (re.compile(r"\\(begin|end)\{aligned\}"), r"\\\1{split}"),
    (re.compile(r"\\(begin|end)\{gathered\}"), r"\\\1{matrix}"),
    (re.compile(r"\\arg\s*\\(max|min)(?![A-Za-z])"), r"\\arg\1"),
    (re.compile(r"\\operatorname\*?\s*\{\s*arg\s*(?:\\,)?\s*(max|min)\s*\}"), r"\\arg\1"),
    (re.compile(r"\\operatorname\*"), r"\\operatorname"),
]
ESCAPED = re.compile(r"\\([_#$%&{}])")


def mathml(tex: str, display: bool = False) -> str:
    """Return a formula as MathML; what can't be read as TeX is shown as it was written.

    tex: the formula, without dollar signs.
    display: whether it is on a line of its own.
    """
    if len(tex) > FORMULA_CHARACTERS:
        return as_written(tex)
    for pattern, known in DIALECT:
        tex = pattern.sub(known, tex)
    try:
        formula = convert_to_element(tex, display="block" if display else "inline")
        return tostring(_safe(formula), encoding="unicode", short_empty_elements=False)
    except Exception:
        # The library has an error for every way in which TeX can be wrong, and recurses.
        return as_written(tex)


def as_written(tex: str) -> str:
    """Return a formula's TeX as HTML."""
    return f"<code>{html.escape(tex)}</code>"


def _safe(element: Element) -> Element:
    """Return a copy of an element with what is allowed; the texts of the rest are kept."""
    known = element.tag in ELEMENTS
    attributes = {
        name: value
        for name, value in element.attrib.items()
        if known and name in ATTRIBUTES and (value == MATHML or VALUE.fullmatch(value))
    }
    copy = Element(element.tag if known else "mrow", attributes)
    copy.text = _plain(element.text)
    for child in element:
        safe = _safe(child)
        safe.tail = _plain(child.tail)
        copy.append(safe)
    return copy


def _plain(text: str | None) -> str | None:
    return text and ESCAPED.sub(r"\1", html.unescape(text))
