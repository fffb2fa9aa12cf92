"""A picture shows itself in a notebook and on a page, and says in words what it shows."""

import hashlib
import io
import re
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from matplotlib.figure import Figure

from course.figures.drawing.labels import escape
from course.figures.drawing.readers import SMALLEST, fitting, for_every_reader, svg_element
from course.figures.drawing.style import INK, PIXELS_PER_INCH, in_our_style, readable
from course.nn.arguments import refuse

POINTS_PER_INCH = 72
GAP = 24  # between pictures in a row


class Picture:
    """A drawing in SVG together with its description.

    A notebook shows the drawing, a terminal the description, a screen reader reads it out.
    ``alt`` is the description, ``svg`` a file of its own, ``save(path)`` writes it.  ``caption`` is
    a short line that a dial shows below the drawing.
    """

    def __init__(
        self,
        alt: str,
        width: float,
        height: float,
        body: str | Callable[[], str],
        caption: str = "",
    ):
        self.alt = " ".join(alt.split())
        self.caption = caption
        self.plane: tuple[float, ...] | None = None  # a chart's place and ends, if it is one
        self.width = width
        self.height = height
        self._body = body
        self._passing = False

    @cached_property
    def body(self) -> str:
        """The inside of the <svg> element, drawn when it is first asked for."""
        return self._body if isinstance(self._body, str) else self._body()

    @property
    def svg(self) -> str:
        """The drawing as a file of its own: well-formed XML."""
        return self._element(f"color:{INK}")

    def save(self, path: str | Path) -> None:
        """Write the drawing into an SVG file."""
        Path(path).write_text(self.svg + "\n", encoding="utf-8")

    def __repr__(self) -> str:
        return self.alt

    def _repr_html_(self) -> str:
        return self._shown()[0]

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        html, png = self._shown()
        image = {} if self._passing else {"image/png": png}
        return {"text/html": html, **image, "text/plain": self.alt}

    def passing(self) -> "Picture":
        """The same for a notebook that soon shows another: without an image, which costs time."""
        self._passing = True
        return self

    def _shown(self) -> tuple[str, str]:
        live = self._live()
        if self._passing:
            return live, ""
        return for_every_reader(live, self.alt, self.width, self.height, self.body)

    def _live(self) -> str:
        """The drawing as a page with scripts shows it."""
        return self._element(fitting(self.width))

    def _element(self, style: str) -> str:
        return svg_element(self.alt, self.width, self.height, self.body, style)


def plotted(figure: Figure, alt: str) -> Picture:
    """A matplotlib figure as a picture."""
    width, height = (float(inches) * PIXELS_PER_INCH for inches in figure.get_size_inches())
    return Picture(alt, width, height, lambda: svg_of(figure))


def svg_of(figure: Figure) -> str:
    """The inside of a figure's SVG, in pixels, fit for a page with other figures."""
    buffer = io.StringIO()
    with in_our_style():
        figure.savefig(buffer, format="svg", metadata={"Date": None})
    text = buffer.getvalue()
    text = text[text.index(">", text.index("<svg")) + 1 : text.rindex("</svg>")]
    text = re.sub(r"<metadata>.*?</metadata>|<!--.*?-->", "", text, flags=re.DOTALL)
    # A style sheet would apply to every other drawing in the page too.
    text = re.sub(r"<defs>\s*<style.*?</style>\s*</defs>", "", text, flags=re.DOTALL)
    text = text.replace("xlink:href", "href").replace(INK, "currentColor")
    text = re.sub(r'(<g id="text_\d+">\s*<g style="fill: )(#\w{6})', _coloured_word, text)
    scale = PIXELS_PER_INCH / POINTS_PER_INCH
    tight = re.sub(r">\s+<", "><", text.strip())
    look = 'stroke-linejoin="round" stroke-linecap="butt"'
    return own_names(f'<g transform="scale({scale:.6g})" {look}>{tight}</g>')


def _coloured_word(found: re.Match) -> str:
    """A word's colour, with one to read by where the page knows how to mix it."""
    before, colour = found.groups()
    return f"{before}{colour}" if colour == INK else f"{before}{colour}; fill: {readable(colour)}"


def own_names(text: str) -> str:
    """The same SVG with ids that no other drawing in the page has."""
    mark = hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()[:8]
    text = re.sub(r'\bid="([^"]+)"', rf'id="\1-{mark}"', text)
    text = re.sub(r'href="#([^"]+)"', rf'href="#\1-{mark}"', text)
    return re.sub(r"url\(#([^)]+)\)", rf"url(#\1-{mark})", text)


class Row(Picture):
    """Pictures side by side; a page that is too narrow for all of them puts the rest below."""

    def __init__(self, pictures: Sequence[Picture], title: str):
        self._pictures, self._title = pictures, title
        top, tall = 26 if title else 0, max(p.height for p in pictures)
        parts = [f'<text x="4" y="17" font-size="14" fill="currentColor">{escape(title)}</text>']
        x = 0.0
        for p in pictures:
            y = top + (tall - p.height) / 2
            parts.append(f'<g transform="translate({x:.1f} {y:.1f})">{p.body}</g>')
            x += p.width + GAP
        alt = f"{title}. " * bool(title) + " ".join(
            f"{'Left' if i == 0 else 'Right' if i == len(pictures) - 1 else 'Middle'}: {p.alt}"
            for i, p in enumerate(pictures)
        )
        super().__init__(alt, x - GAP, tall + top, "".join(parts[not title :]))

    def _live(self) -> str:
        heading = f'<div style="font-size:14px">{escape(self._title)}</div>' if self._title else ""
        parts = (p._element(f"{fitting(p.width)};{_part(p.width)}") for p in self._pictures)
        row = f"display:flex;flex-wrap:wrap;align-items:center;gap:{GAP}px"
        return f'{heading}<div style="{row}">{"".join(parts)}</div>'


def _part(width: float) -> str:
    """The style of a part of a row: it shrinks before the row is broken, and never grows."""
    return f"flex:{width:.0f} 1 {SMALLEST * width:.0f}px;max-width:min(100%,{width:.0f}px)"


def beside(*pictures: Picture, title: str = "") -> Picture:
    """Put pictures side by side, or below each other on a narrow page.

    pictures: at least one, each made by a function of `course.figures`.  title: words above them.
    Returns one picture, whose description joins their descriptions.
    """
    if not pictures or not all(isinstance(p, Picture) for p in pictures):
        raise refuse("pictures", "at least one Picture", repr(pictures)[:60])
    return Row(pictures, title)
