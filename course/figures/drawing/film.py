"""A film is a picture with frames: a slider and a play button if there is a browser.

It needs no library and no connection: the frames are drawings in the page, and a few lines of
script in the page's own elements show one at a time. Without scripts the page shows the frame that
the film opens with: the last one, in which everything has happened.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from course.figures.drawing.labels import escape
from course.figures.drawing.picture import NARROWEST, SMALLEST, Picture
from course.figures.drawing.style import INK
from course.nn.arguments import refuse, whole

MILLISECONDS = 700

_SHOW = (
    "const f=this.closest('.course-film'),k=+this.value;"
    "f.querySelectorAll('.film-frame').forEach((g,i)=>g.style.display=i==k?'':'none');"
    "f.querySelector('output').textContent=f.querySelectorAll('.film-caption')[k].textContent"
)
_STEP = (
    "const f=this.closest('.course-film'),s=f.querySelector('input');"
    "clearInterval(f.film);f.film=0;f.querySelector('[name=play]').textContent='▶ play';"
    "s.value=+s.value+({by});s.oninput()"
)
_PLAY = (
    "const f=this.closest('.course-film'),s=f.querySelector('input'),b=this;"
    "const stop=()=>{{clearInterval(f.film);f.film=0;b.textContent='▶ play'}};"
    "if(f.film)stop();else{{b.textContent='❚❚ pause';if(s.value==s.max){{s.value=0;s.oninput()}}"
    "f.film=setInterval(()=>{{if(!f.isConnected||s.value==s.max)return stop();"
    "s.value=+s.value+1;s.oninput()}},{pause})}}"
)


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
        w, h = (f"{length:.5g}" for length in self._size)
        floor = min(self._size[0], max(NARROWEST, SMALLEST * self._size[0]))
        alt, last = escape(self.alt), len(self) - 1
        frames = "".join(
            f'<g class="film-frame"{_hidden(k != self.start)}>{body}</g>'
            for k, body in enumerate(self._frames)
        )
        captions = "".join(
            f'<li class="film-caption">{escape(caption)}</li>' for caption in self.captions
        )
        title = f'<div style="font-size:15px">{escape(self.title)}</div>' if self.title else ""
        button = 'type="button" style="font:inherit;min-width:2.4em;cursor:pointer"'
        controls = (
            f'<button {button} name="back" aria-label="one frame back" '
            f'onclick="{_STEP.format(by=-1)}">◀</button>'
            f'<button {button} name="play" '
            f'onclick="{_PLAY.format(pause=self.pause)}">▶ play</button>'
            f'<button {button} name="on" aria-label="one frame on" '
            f'onclick="{_STEP.format(by=1)}">▶</button>'
            f'<input type="range" min="0" max="{last}" value="{self.start}" '
            f'aria-label="frame, from 0 to {last}" style="flex:1;max-width:22em" '
            f'oninput="{_SHOW}">'
            f'<output style="flex-basis:100%;min-height:1.3em">'
            f"{escape(self.captions[self.start])}</output>"
        )
        return (
            f'<div class="course-figure course-film" role="group" aria-label="{alt}" '
            f'style="overflow-x:auto">{title}'
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{w}" height="{h}" '
            f'viewBox="0 0 {w} {h}" role="img" aria-label="{alt}" '
            f'style="max-width:100%;min-width:{floor:.0f}px;height:auto"><desc>{alt}</desc>'
            f"{self._backdrop}{frames}</svg>"
            f'<div style="display:flex;flex-wrap:wrap;gap:.4em;align-items:center">{controls}</div>'
            f'<ol hidden start="0">{captions}</ol></div>'
        )

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return {"text/html": self._repr_html_(), "text/plain": repr(self)}

    def save(self, path: str | Path) -> None:
        """Write the film as a page of its own."""
        page = f'<!doctype html><meta charset="utf-8"><title>{escape(self.title or "film")}</title>'
        Path(path).write_text(
            f'{page}<body style="color:{INK}">{self._repr_html_()}', encoding="utf-8"
        )


def _hidden(hide: bool) -> str:
    return ' style="display:none"' if hide else ""
