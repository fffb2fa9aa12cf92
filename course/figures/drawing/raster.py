"""A drawing as an image in PNG, for readers that show no SVG: GitHub, PDFs, untrusted notebooks.

It knows the parts of SVG that a pen and matplotlib write, and no others.
"""

import base64
import io
import re
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from functools import lru_cache

import numpy as np
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.colors import to_rgb
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path
from matplotlib.textpath import TextPath
from matplotlib.transforms import Affine2D, Bbox
from PIL import Image

from course.figures.drawing.style import PAPER, PRINT

SHARPNESS = 1.5  # pixels of the image for each pixel of the drawing
COLOURS = 64  # of the image's palette
HATCH = "///"
INHERITED = (
    *("fill", "fill-opacity", "stroke", "stroke-opacity", "stroke-width", "stroke-dasharray"),
    *("font-size", "font-weight", "font-style", "text-anchor"),
)
CURVES = {"M": (Path.MOVETO, 1), "L": (Path.LINETO, 1), "Q": (Path.CURVE3, 2)}
CURVES["C"] = (Path.CURVE4, 3)
Look = Mapping[str, str]


def png_of(body: str, width: float, height: float) -> bytes:
    """The inside of an <svg> element as an image on paper, with dark ink."""
    w, h = int(np.ceil(width * SHARPNESS)), int(np.ceil(height * SHARPNESS))
    # A renderer with 72 dots per inch takes points for pixels.
    painter = _Painter(RendererAgg(w, h, 72), Affine2D().scale(SHARPNESS, -SHARPNESS))
    painter.place = painter.place.translate(0, h)
    drawing = ET.fromstring(f'<g xmlns:xlink="http://www.w3.org/1999/xlink">{body}</g>')
    # matplotlib defines the patterns of hatched fills behind the shapes that they fill.
    painter.named = {e.get("id"): e for e in drawing.iter() if e.get("id")}
    painter.element(drawing)
    drawn = Image.fromarray(np.asarray(painter.renderer.buffer_rgba()).copy(), "RGBA")
    paper = Image.new("RGBA", drawn.size, PAPER)
    image = Image.alpha_composite(paper, drawn).convert("RGB")
    # The palette covers what colours there are, so thin lines keep theirs; its means are refined.
    return _file(image.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, kmeans=1, dither=0))


def image_of(pixels: np.ndarray) -> str:
    """Pixels, (rows, columns, 3) from 0 to 1 and the top row first, as an address in the page."""
    image = Image.fromarray((255 * np.clip(pixels, 0, 1)).round().astype(np.uint8))
    return "data:image/png;base64," + base64.b64encode(_file(image)).decode()


def _file(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "png")
    return buffer.getvalue()


class _Painter:
    def __init__(self, renderer: RendererAgg, place: Affine2D):
        self.renderer, self.place = renderer, place
        self.look = {"fill": "black", "stroke": "none", "font-size": "16", "opacity": "1"}
        self.clip: Bbox | None = None
        self.named: dict[str, ET.Element] = {}

    def element(self, e: ET.Element) -> None:
        own = {**e.attrib, **_style(e.get("style", ""))}
        tag = e.tag.rpartition("}")[2]
        if own.get("display") == "none":
            return
        before = self.look, self.place, self.clip
        self.look = self.look | {k: own[k] for k in INHERITED if k in own}
        self.look["opacity"] = str(float(own.get("opacity", 1)) * float(self.look["opacity"]))
        self.place = _transform(own.get("transform", "")) + self.place
        if href := re.fullmatch(r"url\(#(.+)\)", own.get("clip-path", "")):
            self._clip_to(self.named.get(href[1]))
        match tag:
            case "g" | "svg":
                if tag == "svg":
                    self._enter(own)
                for child in e:
                    self.element(child)
            case "use":
                target = self.named.get(own["href"].removeprefix("#"))
                if target is not None:
                    x, y = float(own.get("x", 0)), float(own.get("y", 0))
                    self.place = Affine2D().translate(x, y) + self.place
                    self.element(target)
            case "text":
                self._write(own, "".join(e.itertext()))
            case "image":
                self._paste(own)
            case _:
                path = _path(tag, own)
                if path is not None:
                    self._draw(path)
        self.look, self.place, self.clip = before

    def _enter(self, own: Look) -> None:
        """Move to the place of a drawing inside a drawing, which hides what leaves its frame."""
        x, y = float(own.get("x", 0)), float(own.get("y", 0))
        self.place = Affine2D().translate(x, y) + self.place
        self._clip_to_box(0, 0, float(own["width"]), float(own["height"]))

    def _clip_to(self, e: ET.Element | None) -> None:
        for box in [] if e is None else e:
            if box.tag.rpartition("}")[2] == "rect":
                self._clip_to_box(*(float(box.get(k)) for k in ("x", "y", "width", "height")))

    def _clip_to_box(self, x: float, y: float, width: float, height: float) -> None:
        corners = self.place.transform([(x, y), (x + width, y + height)])
        box = Bbox([corners.min(axis=0), corners.max(axis=0)])
        self.clip = box if self.clip is None else Bbox.intersection(self.clip, box) or box

    def _draw(self, path: Path) -> None:
        look, scale = self.look, float(np.sqrt(abs(np.linalg.det(self.place.get_matrix()))))
        plain, lines = self._hatched(look["fill"])
        fill, stroke = _colour(plain), _colour(look["stroke"])
        gc = self.renderer.new_gc()
        if self.clip is not None:
            gc.set_clip_rectangle(self.clip)
        if fill is not None:
            gc.set_linewidth(0)
            gc.set_snap(False)
            alpha = float(look.get("fill-opacity", 1)) * float(look["opacity"])
            self.renderer.draw_path(gc, path, self.place, (*fill, alpha))
        if lines is not None:
            gc.set_linewidth(0)
            gc.set_hatch(HATCH)
            gc.set_hatch_color((*lines, float(look["opacity"])))
            self.renderer.draw_path(gc, path, self.place)
            gc.set_hatch(None)
        if stroke is not None:
            alpha = float(look.get("stroke-opacity", 1)) * float(look["opacity"])
            gc.set_foreground((*stroke, alpha), isRGBA=True)
            gc.set_linewidth(float(look.get("stroke-width", 1)) * scale)
            gc.set_joinstyle("round")
            dashes = re.findall(r"[\d.]+", look.get("stroke-dasharray", ""))
            if dashes:
                gc.set_dashes(0, [float(d) * scale for d in dashes])
            self.renderer.draw_path(gc, path, self.place)
        gc.restore()

    def _hatched(self, fill: str) -> tuple[str, tuple[float, float, float] | None]:
        """A fill without its hatching, and the colour of the hatching's lines."""
        if not (named := re.fullmatch(r"url\(#(.+)\)", fill)) or named[1] not in self.named:
            return fill, None
        ground, lines = self.named[named[1]]
        return ground.get("fill", "none"), _colour(_style(lines.get("style", ""))["stroke"])

    def _write(self, own: Look, words: str) -> None:
        size = float(self.look["font-size"])
        path = _letters(words, self.look.get("font-weight", ""), self.look.get("font-style", ""))
        width = path.get_extents().x1 if len(path.vertices) else 0.0
        shift = {"middle": 0.5, "end": 1.0}.get(self.look.get("text-anchor", ""), 0.0) * width
        where = Affine2D().translate(-shift, 0).scale(size / 100, -size / 100)
        where = where.translate(float(own.get("x", 0)), float(own.get("y", 0)))
        before, self.place = self.place, where + self.place
        self.look = {**self.look, "stroke": "none"}
        self._draw(path)
        self.place = before

    def _paste(self, own: Look) -> None:
        address = own.get("href") or own.get("{http://www.w3.org/1999/xlink}href", "")
        data = base64.b64decode(address.partition(",")[2])
        image = Image.open(io.BytesIO(data)).convert("RGBA")
        x, y = float(own.get("x", 0)), float(own.get("y", 0))
        corners = [(x, y), (x + float(own["width"]), y + float(own["height"]))]
        (x0, y0), (x1, y1) = self.place.transform(corners)
        size = max(round(abs(x1 - x0)), 1), max(round(abs(y1 - y0)), 1)
        smooth = "pixelated" not in own.get("image-rendering", "")
        image = image.resize(
            size, Image.Resampling.BILINEAR if smooth else Image.Resampling.NEAREST
        )
        pixels = np.asarray(image)
        # The renderer counts rows from below, and so does `place`: down the page is downwards in y.
        pixels = pixels[::-1] if y1 < y0 else pixels
        pixels = pixels[:, ::-1] if x1 < x0 else pixels
        gc = self.renderer.new_gc()
        if self.clip is not None:
            gc.set_clip_rectangle(self.clip)
        self.renderer.draw_image(gc, min(x0, x1), min(y0, y1), pixels.copy())
        gc.restore()


def _style(text: str) -> dict[str, str]:
    pairs = (part.partition(":") for part in text.split(";") if ":" in part)
    return {name.strip(): value.strip() for name, _, value in pairs}


def _colour(name: str) -> tuple[float, float, float] | None:
    """A colour as this image shows it; what takes the page's colour is printed dark."""
    if name == "none" or name.startswith("url"):
        return None
    if name == "currentColor":
        return to_rgb(PRINT)
    if mixed := re.fullmatch(r"color-mix\(in srgb, ?(#\w+) (\d+)%, ?currentColor\)", name):
        share = int(mixed[2]) / 100
        parts = zip(to_rgb(mixed[1]), to_rgb(PRINT), strict=True)
        return tuple(share * a + (1 - share) * b for a, b in parts)
    return to_rgb(name)


def _transform(text: str) -> Affine2D:
    whole = Affine2D()
    for name, inside in re.findall(r"(\w+)\(([^)]*)\)", text):
        numbers = [float(n) for n in re.findall(r"[-+.\deE]+", inside)]
        match name, numbers:
            case "translate", [x, *rest]:
                step = Affine2D().translate(x, rest[0] if rest else 0)
            case "scale", [x, *rest]:
                step = Affine2D().scale(x, rest[0] if rest else x)
            case "rotate", [angle, *about]:
                step = Affine2D().rotate_deg_around(*(about or (0, 0)), angle)
            case _, [a, b, c, d, e, f]:
                step = Affine2D.from_values(a, b, c, d, e, f)
            case _:
                raise ValueError(f"a transform that no figure has: {text}")
        whole = step + whole
    return whole


def _path(tag: str, own: Look) -> Path | None:
    match tag:
        case "path":
            return _curve(own.get("d", ""))
        case "polyline" | "polygon":
            numbers = [float(n) for n in re.split(r"[\s,]+", own["points"].strip())]
            return (
                Path(np.reshape(numbers, (-1, 2)), closed=False)
                if tag == "polyline"
                else Path(np.vstack([np.reshape(numbers, (-1, 2)), numbers[:2]]), closed=True)
            )
        case "line":
            return Path([(float(own[f"x{k}"]), float(own[f"y{k}"])) for k in "12"])
        case "circle":
            centre = float(own["cx"]), float(own["cy"])
            return Path.circle(centre, float(own["r"]))
        case "rect":
            return _box(*(float(own.get(k, 0)) for k in ("x", "y", "width", "height", "rx")))
    return None


def _curve(text: str) -> Path | None:
    vertices, codes = [], []
    for command, inside in re.findall(r"([MLQCHVz])([^MLQCHVz]*)", text.replace("Z", "z")):
        numbers = [float(n) for n in re.findall(r"-?[\d.]+(?:e-?\d+)?", inside)]
        if command == "z":
            vertices.append((0.0, 0.0))
            codes.append(Path.CLOSEPOLY)
            continue
        if command in "HV":
            x, y = vertices[-1]
            numbers = [numbers[0], y] if command == "H" else [x, numbers[0]]
            command = "L"
        code, _ = CURVES[command]
        points = np.reshape(numbers, (-1, 2)).tolist()
        vertices += points
        codes += [code] * len(points)
    return Path(vertices, codes) if vertices else None


def _box(x: float, y: float, w: float, h: float, round: float) -> Path:
    r = min(round, w / 2, h / 2)
    if not r:
        return Path([(x, y), (x + w, y), (x + w, y + h), (x, y + h), (x, y)], closed=True)
    right, low = x + w, y + h
    corners = [
        *[(x + r, y), (right - r, y), (right, y), (right, y + r)],
        *[(right, low - r), (right, low), (right - r, low)],
        *[(x + r, low), (x, low), (x, low - r)],
        *[(x, y + r), (x, y), (x + r, y)],
    ]
    turn = [Path.LINETO, Path.CURVE3, Path.CURVE3]
    return Path([*corners, (x + r, y)], [Path.MOVETO, *4 * turn, Path.CLOSEPOLY])


@lru_cache(maxsize=2048)
def _letters(words: str, weight: str, slant: str) -> Path:
    """Words of size 100 as outlines."""
    face = FontProperties(family="DejaVu Sans", weight=weight or "normal", style=slant or "normal")
    return TextPath((0, 0), words.replace("$", r"\$"), size=100, prop=face)
