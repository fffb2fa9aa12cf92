"""A film is a picture with frames: a slider and a play button if there is a browser.

It needs no library and no connection: the frames are drawings in the page, and a short script
shows one at a time. Without scripts the page shows the frame that the film opens with: the last
one, in which everything has happened.
"""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from course.figures.drawing.labels import escape
from course.figures.drawing.picture import Picture
from course.figures.drawing.readers import fitting, for_every_reader, svg_element
from course.figures.drawing.style import INK
from course.nn.arguments import refuse, whole

MILLISECONDS = 700
# JupyterLab takes the arrow keys for itself unless the very element has this attribute.
KEYS = 'data-lm-suppress-shortcuts="true"'
# What moves is seen whole on a phone, even if it is small: its caption says the numbers.
TURNED = 0.5
ROW = "display:flex;flex-wrap:wrap;gap:.4em .8em;align-items:center"


class Film:
    """Frames of a drawing, each with a caption, over a backdrop that all of them share.

    A notebook shows a player, a terminal the description and the captions. ``film[k]`` is frame k
    as a Picture, ``len(film)`` the number of frames, ``save(path)`` writes a page.
    """

    def __init__(
        self,
        alt: str,
        width: float,
        height: float,
        frames: Sequence[str],
        captions: Sequence[str],
        *,
        backdrop: str = "",
        title: str = "",
        start: int | None = None,
        pause: int = MILLISECONDS,
    ):
        if not frames or len(frames) != len(captions):
            raise refuse("frames", "at least one, and a caption for each", f"{len(frames)}")
        self.alt = " ".join(alt.split())
        self.captions = list(captions)
        self.title = title
        last = len(frames) - 1
        self.start = last if start is None else whole("start", start, 0, last)
        self.pause = whole("pause", pause, 1)
        self._size = (width, height)
        self._frames = list(frames)
        self._backdrop = backdrop

    def __len__(self) -> int:
        return len(self._frames)

    def __getitem__(self, k: int) -> Picture:
        body = self._backdrop + self._frames[k]
        alt = f"{self.alt} Frame {k}: {self.captions[k]}"
        return Picture(alt, *self._size, body)

    def __repr__(self) -> str:
        lines = (f"  {k}. {caption}" for k, caption in enumerate(self.captions))
        return "\n".join([self.alt, *lines])

    def _repr_html_(self) -> str:
        return self._shown()[0]

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        html, png = self._shown()
        return {"text/html": html, "image/png": png, "text/plain": repr(self)}

    def _shown(self) -> tuple[str, str]:
        last = len(self) - 1
        button = f'type="button" {KEYS} style="font:inherit;min-width:2.4em;cursor:pointer"'
        controls = (
            f'<button {button} name="back" aria-label="one frame back">◀</button>'
            f'<button {button} name="play">▶ play</button>'
            f'<button {button} name="on" aria-label="one frame on">▶</button>'
            f'<input type="range" {KEYS} min="0" max="{last}" value="{self.start}" '
            f'data-first="0" aria-label="frame, from 0 to {last}" style="flex:1;max-width:22em">'
        )
        picture = self[self.start]
        live = player(
            self.alt,
            self._size,
            self._backdrop,
            self._frames,
            self.captions,
            controls,
            start=self.start,
            title=self.title,
            data=f' data-pause="{self.pause}"',
        )
        return for_every_reader(live, picture.alt, *self._size, picture.body, script())

    def save(self, path: str | Path) -> None:
        """Write the film as a page of its own."""
        page = f'<!doctype html><meta charset="utf-8"><title>{escape(self.title or "film")}</title>'
        Path(path).write_text(
            f'{page}<body style="color:{INK}">{self._repr_html_()}', encoding="utf-8"
        )


def player(
    alt: str,
    size: tuple[float, float],
    backdrop: str,
    frames: Sequence[str],
    captions: Sequence[str],
    controls: str,
    *,
    start: int,
    title: str = "",
    data: str = "",
    note: str = "",
) -> str:
    """The HTML of frames with controls; `script` gives it life."""
    groups = "".join(
        f'<g class="film-frame"{_hidden(k != start)}>{body}</g>' for k, body in enumerate(frames)
    )
    lines = "".join(f'<li class="film-caption">{escape(caption)}</li>' for caption in captions)
    heading = f'<div style="font-size:15px">{escape(title)}</div>' if title else ""
    drawing = svg_element(
        alt,
        *size,
        f'<g class="film-still">{backdrop}{groups}</g><g class="film-live"></g>',
        fitting(size[0], TURNED),
    )
    return (
        f'<div class="course-film" role="group" aria-label="{escape(alt)}"{data}>{heading}{drawing}'
        f'<div style="{ROW}">{controls}</div>'
        f'<output class="film-said" aria-live="polite" style="display:block;min-height:1.3em">'
        f"{escape(captions[start])}</output>{note}"
        f'<ol hidden start="0">{lines}</ol></div>'
    )


@cache
def script() -> str:
    """The player's script, without its comments and margins."""
    text = Path(__file__).with_name("player.js").read_text(encoding="utf-8")
    return re.sub(r"^\s+", "", re.sub(r"^\s*//.*\n", "", text, flags=re.M), flags=re.M).strip()


def _hidden(hide: bool) -> str:
    return ' style="display:none"' if hide else ""
