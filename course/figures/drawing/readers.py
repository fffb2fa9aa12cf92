"""One output for every reader: live in a page with scripts, a still image elsewhere, and words.

JupyterLab takes drawings and scripts out of a notebook that it doesn't trust, and shows the words
that stood in them. So a page gets an image first, and the drawing as text inside a <script>, which
such a reader drops as a whole. If scripts may run, the drawing takes the image's place.
"""

import base64

from course.figures.drawing.labels import escape
from course.figures.drawing.raster import png_of

# A picture wider than the page shrinks, but not below this part of its width: rather than become
# too small to read, it is scrolled sideways. One that just misses a phone's width shrinks to it.
SMALLEST, ON_A_PHONE, PHONE = 0.7, 0.6, 330
# What is scrolled sideways has a shadow at each edge behind which it goes on. Its covers, in the
# colour of the page, move with the picture; a page that doesn't tell its colour gets no shadows.
_PAGE = "var(--jp-layout-color0,var(--pst-color-background,var(--vscode-editor-background)))"
_SHADOW = "color-mix(in srgb,currentColor 35%,transparent)"
_EDGES = ",".join(
    f"linear-gradient(to {to},{colour} {solid}%,transparent) {side}/{wide}px 100% no-repeat {moves}"
    for colour, solid, wide, moves in ((_PAGE, 40, 40, "local"), (_SHADOW, 0, 14, "scroll"))
    for side, to in (("left", "right"), ("right", "left"))
)
_COME_ALIVE = "this.parentNode.innerHTML=this.previousElementSibling.textContent"


def svg_element(alt: str, width: float, height: float, inner: str, style: str) -> str:
    """A drawing as an <svg> element, with what it shows in words."""
    w, h, alt = f"{width:.5g}", f"{height:.5g}", escape(alt)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{w}" height="{h}" '
        f'viewBox="0 0 {w} {h}" role="img" aria-label="{alt}" style="{style}">'
        f"<desc>{alt}</desc>{inner}</svg>"
    )


def fitting(width: float, on_a_phone: float = ON_A_PHONE) -> str:
    """The style of a drawing of this width that shrinks with the page, within reason.

    on_a_phone: to which part of its width it may shrink if a phone then shows all of it.
    """
    if PHONE < width <= PHONE / on_a_phone:
        floor = PHONE
    else:
        floor = min(width, SMALLEST * max(width, PHONE / SMALLEST))
    return f"max-width:100%;min-width:{floor:.0f}px;height:auto"


def for_every_reader(
    live: str, alt: str, width: float, height: float, still: str, script: str = _COME_ALIVE
) -> tuple[str, str]:
    """The HTML that becomes `live`, and the image in PNG that stands for it elsewhere.

    live: HTML.  still: the inside of an <svg> element.  script: what the image does once loaded.
    """
    png = base64.b64encode(png_of(still, width, height)).decode()
    image = (
        f'<img src="data:image/png;base64,{png}" alt="{escape(alt)}" width="{width:.0f}" '
        f'style="{fitting(width)}" onload="{escape(script)}">'
    )
    return (
        f'<div class="course-figure" style="overflow-x:auto;background:{_EDGES}">'
        f'<script type="text/plain">{live}</script>{image}</div>',
        png,
    )
