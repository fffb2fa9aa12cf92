"""A dial is a figure that answers to the hand: its sliders call a function that draws.

What a notebook keeps of it is a film: for each slider some frames, drawn while the others stay
where they began. A kernel that runs takes the film over: the sliders then have many more places,
and every move is drawn anew (`live`).
"""

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import product
from os.path import commonprefix
from typing import Any

import numpy as np

from course.figures.drawing.film import KEYS, player, script
from course.figures.drawing.labels import escape, listing, number
from course.figures.drawing.live import connect
from course.figures.drawing.picture import Picture
from course.figures.drawing.readers import for_every_reader
from course.nn.arguments import floats, function, refuse, whole

STILLS = 13  # frames for a slider in a notebook without a kernel
STEPS = 120  # places of a slider between two ends
ALONE = "While no kernel answers, each slider turns alone: the others go back to where they began."


def dial(
    draw: Callable[..., Picture],
    *,
    start: Mapping[str, Any] | None = None,
    title: str = "",
    stills: int = STILLS,
    drag: tuple[str, str] | None = None,
    grab: bool = False,
    **values: Any,
) -> "Dial":
    """Let the reader turn the arguments of a function that draws.

        dial(draw, w=(-3, 3), b=(-2, 2), h=["relu", "tanh"])

    draw: your function, called as draw(w=…, b=…, h=…) at every move; it returns a Picture: what any
    plot_… or draw_… of `course.figures` returns, or a Chart's ``picture(…)``. It should call the
    *student's* function, so that the dial shows what that does.
    values: what each argument may be: two ends (low, high) of a slider, or a list of choices.
    start: where sliders begin, {"w": 1.0}; otherwise in the middle, and with the first choice.
    title: words above.  stills: about how many frames a slider has where no kernel runs.
    drag: two arguments with ends that also follow a finger in the plane of a Chart: ("w1", "w2").
    Without a kernel they have frames for every pair of their stills.
    grab: with it, a finger takes hold of what is drawn and moves it from where it is; otherwise the
    two arguments jump to the finger.

    If `draw` takes more than 40 ms, turning isn't smooth: a Chart takes 1 to 5 ms, a plot_… 50 to
    150. The picture must keep its size. Its ``caption``, if it has one, is shown below the sliders
    and announced: put the numbers there that the reader should watch.
    """
    function("draw", draw)
    if not values:
        raise refuse("values", "at least one argument to turn, such as w=(-3, 3)", "none")
    sliders = [_slider(name, given, (start or {}).get(name)) for name, given in values.items()]
    unknown = set(start or {}) - set(values)
    if unknown:
        raise refuse("start", f"only {listing(values)}", listing(sorted(unknown)))
    if drag is not None and not (len(set(drag)) == 2 and set(drag) <= set(values)):
        raise refuse("drag", f"two of {listing(values)}", f"{drag!r}")
    pair = [list(values).index(name) for name in drag or ()]
    if not all(is_number(place) for k in pair for place in sliders[k].places):
        raise refuse("drag", "two arguments that are numbers", f"choices in {drag!r}")
    stills = whole("stills", stills, 2)
    return Dial(draw, sliders, title=title, stills=stills, pair=pair, grab=grab)


def is_number(value: Any) -> bool:
    """Whether a value is a single number; a truth value is a choice."""
    return isinstance(value, int | float | np.number) and not isinstance(value, bool)


class Slider:
    """An argument that can be turned: its name, its places and where it begins."""

    def __init__(self, name: str, places: Sequence[Any], begin: int):
        self.name, self.places, self.begin = name, list(places), begin

    def stills(self, most: int) -> list[int]:
        """The places of the frames, from the first to the last and through the beginning.

        They lie evenly if about as many frames as `most` allow it.
        """
        last = len(self.places) - 1
        steps = min(most - 1, last)
        even = (k for k in range(steps, steps // 2, -1) if self.begin * k % last == 0)
        places = np.linspace(0, last, next(even, steps) + 1)
        return sorted({self.begin, *(int(place + 0.5) for place in places)})

    def said(self, place: int) -> str:
        value = self.places[place]
        return number(value, 4) if is_number(value) else getattr(value, "__name__", str(value))

    def html(self, stills: Sequence[int], first: int, stride: int) -> str:
        """The slider for frames at some places; it has all its places once a kernel redraws."""
        names = escape("|".join(map(self.said, range(len(self.places)))))
        name = escape(self.name)
        return (
            '<label style="display:flex;gap:.4em;align-items:center;'
            'flex:1 1 max(15em,30%);max-width:30em">'
            f'<span style="min-width:1.5em;white-space:nowrap">{name}</span>'
            f'<input type="range" {KEYS} min="0" max="{len(stills) - 1}" '
            f'value="{stills.index(self.begin)}" data-first="{first}" data-stride="{stride}" '
            f'data-stills="{" ".join(map(str, stills))}" data-names="{names}" aria-label="{name}" '
            f'style="flex:1;min-width:6em;height:2em">'
            f'<output style="min-width:3.5em;font-variant-numeric:tabular-nums">'
            f"{escape(self.said(self.begin))}</output></label>"
        )


class Dial:
    """A picture with sliders; `dial` makes it."""

    def __init__(
        self,
        draw: Callable[..., Picture],
        sliders: Sequence[Slider],
        *,
        title: str,
        stills: int,
        pair: Sequence[int],
        grab: bool,
    ):
        self.sliders, self.title, self._pair = list(sliders), title, list(pair)
        self._draw, self._most, self._grab = draw, stills, grab
        # A function that isn't written yet, or is wrong, says so in the cell that makes the dial.
        self.picture = self.drawn([s.begin for s in self.sliders])
        self._live: Any = None

    @property
    def alt(self) -> str:
        """What the dial shows before it is turned, and what can be turned."""
        return f"{self.picture.alt} It can be turned: {listing(map(_told, self.sliders))}."

    def drawn(self, places: Sequence[int]) -> Picture:
        """The picture with each slider at a place."""
        chosen = {s.name: s.places[k] for s, k in zip(self.sliders, places, strict=True)}
        picture = self._draw(**chosen)
        if not isinstance(picture, Picture):
            raise refuse("what draw returned", "a Picture", type(picture).__name__)
        return picture

    def __repr__(self) -> str:
        return self.alt

    def _repr_html_(self) -> str:
        return self._shown("")[0]

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        self._live = connect(self)
        html, png = self._shown(self._live.dial if self._live else "")
        return {"text/html": html, "image/png": png, "text/plain": repr(self)}

    def _shown(self, name: str) -> tuple[str, str]:
        begin = {j: s.begin for j, s in enumerate(self.sliders)}
        frames, captions, controls, start = [], [], dict.fromkeys(begin, ""), 0
        for group in self._groups():
            each = [self.sliders[j].stills(self._most) for j in group]
            stride = 1
            for j, places in zip(group, each, strict=True):
                controls[j] = self.sliders[j].html(places, len(frames), stride)
                stride *= len(places)
            for turned in product(*reversed(each)):
                at = begin | dict(zip(reversed(group), turned, strict=True))
                if at == begin:
                    start = len(frames)
                body, caption = self._frame(list(at.values()))
                frames.append(body)
                captions.append(caption)
        backdrop, frames = _parted(frames)
        size = (self.picture.width, self.picture.height)
        live = player(
            self.alt,
            size,
            backdrop,
            frames,
            captions,
            "".join(controls.values()),
            start=start,
            title=self.title,
            data=f' data-dial="{name}"{self._dragged()}',
            note=f'<div class="film-alone" style="opacity:.75">{ALONE}</div>'
            * (len(self._groups()) > 1),
        )
        return for_every_reader(live, self.alt, *size, self.picture.body, script())

    def _groups(self) -> list[list[int]]:
        """The sliders that turn alone without a kernel, and those that a finger moves together."""
        alone = [[j] for j in range(len(self.sliders)) if j not in self._pair]
        return [self._pair, *alone] if self._pair else alone

    def _dragged(self) -> str:
        if not self._pair or self.picture.plane is None:
            return ""
        ends = [
            v for j in self._pair for v in (self.sliders[j].places[0], self.sliders[j].places[-1])
        ]
        grabbed = ' data-grab=""' * self._grab
        return f' data-drag="{[*self._pair, *self.picture.plane, *ends]}"{grabbed}'

    def _frame(self, places: Sequence[int]) -> tuple[str, str]:
        try:
            picture = self.drawn(places)
        except Exception as error:
            return "", f"{type(error).__name__}: {error}"
        return picture.body, picture.caption


def _parted(bodies: Sequence[str]) -> tuple[str, list[str]]:
    """The elements with which all drawings begin, such as axes, and the rest of each drawing."""
    begin = commonprefix([body for body in bodies if body])  # noqa: RUF071 - letters, not paths
    end, around, unclosed = 0, [], []
    for tag in re.finditer(r"<(/?)\w[^>]*?(/?)>", begin):
        if tag[1]:
            unclosed.pop()
        elif not tag[2]:
            unclosed.append(tag[0])
        if tag[1] or tag[2]:
            end, around = tag.end(), list(unclosed)
    closed = "".join(f"</{opening[1:-1].split()[0]}>" for opening in reversed(around))
    opened = "".join(around)
    return begin[:end] + closed, [opened + body[end:] if body else "" for body in bodies]


def _slider(name: str, given: Any, start: Any) -> Slider:
    if isinstance(given, tuple) and len(given) == 2:
        low, high = (float(end) for end in floats(name, given, (2,)))
        if not low < high:
            raise refuse(name, "two ends, the smaller first", f"{given}")
        digits = max(0, 2 - int(np.floor(np.log10(high - low))))
        places = [round(v, digits) + 0.0 for v in np.linspace(low, high, STEPS + 1).tolist()]
        begin = STEPS // 2 if start is None else int(np.argmin(np.abs(np.subtract(places, start))))
        return Slider(name, places, begin)
    places = list(given)
    if len(places) < 2:
        raise refuse(name, "two ends (low, high), or a list of choices", f"{given!r}")
    if start is not None and start not in places:
        raise refuse(f"start[{name!r}]", f"one of {places}", f"{start!r}")
    return Slider(name, places, 0 if start is None else places.index(start))


def _told(slider: Slider) -> str:
    low, high = slider.said(0), slider.said(len(slider.places) - 1)
    return f"{slider.name} from {low} to {high}, now {slider.said(slider.begin)}"
