"""Students' texts are shown to them and to graders, and nothing in them runs in a browser."""

import html
import re
import time

import pytest
from nbconvert.exporters import HTMLExporter

from course.grading.course_folder import course_directory
from course.grading.feedback.safe_html import highlight_code, markdown2html
from tests.grading.notebooks import CONFIG
from tests.speed import effort

MATHEMATICS = [
    "$a<b$",
    "$x_1 * y_1 * z$",
    r"$\sum_{u \to v} w_{uv} \, h_u$",
    "$$\n\\begin{align}\na &< b \\\\\nc &> d_1 * e_1\n\\end{align}\n$$",
    "\\begin{align}\na &< b \\\\\nc &> d_1 * e_1\n\\end{align}",
]
ATTACKS = [
    "<script>pwned()</script>",
    "<scr<script>ipt>pwned()</scr</script>ipt>",
    "<img src=x onerror=pwned()>",
    "<img src='x' oNeRrOr='pwned()'>",
    "<svg onload=pwned()><a xlink:href='javascript:pwned()'>x</a></svg>",
    "<svg><script>pwned()</script></svg>",
    "<math><mtext></mtext><mglyph><style><img src onerror=pwned()></style></mglyph></math>",
    "<iframe src='https://pwned.example'></iframe>",
    "<iframe srcdoc='<script>pwned()</script>'></iframe>",
    "<object data='pwned.svg'></object><embed src='pwned.svg'>",
    "[x](javascript:pwned())",
    "[x](JaVaScRiPt&colon;pwned())",
    "<a href='java\tscript:pwned()'>x</a>",
    "<a href='&#106;avascript:pwned()'>x</a>",
    "<javascript:pwned()>",
    "[x]: javascript:pwned()\n\n[y][x]",
    "[x](data:text/html,<script>pwned()</script>)",
    "![x](javascript:pwned())",
    "![x](https://pwned.example/beacon.png)",
    "![x](//pwned.example/beacon.png)",
    "![x](/logout?pwned)",
    "![x](data:image/svg+xml;base64,pwned)",
    "<p style='position:fixed;background:url(https://pwned.example)'>x</p>",
    "<style>body { background: url(pwned) }</style>",
    "<link rel=stylesheet href=pwned.css><meta http-equiv=refresh content='0;url=pwned'>",
    "<base href='https://pwned.example'>",
    "<form action=pwned><input name=pwned><button formaction=pwned>x</button></form>",
    "<b id='test-neuron' name='pwned' class='pwned modal'>x</b>",
    "<details open ontoggle=pwned()>x</details>",
    "<video><source onerror=pwned()></video>",
    "$</p><img src=x onerror=pwned()>$",
    "$$<script>pwned()</script>$$",
    "\\begin{align}<script>pwned()</script>\\end{align}",
    "`<script>pwned()</script>`",
    "```\n<script>pwned()</script>\n```",
    "```mermaid\ngraph LR; a-->b; click a javascript:pwned()\n```",
    "<noscript><p title='</noscript><img src=x onerror=pwned()>'>",
    "<!--><img src=x onerror=pwned()>-->",
]


def tags(page: str) -> list[str]:
    return re.findall(r"<[^>]*>", page)


@pytest.mark.parametrize("text", MATHEMATICS)
def test_mathematics_survives(text):
    assert text in html.unescape(markdown2html(f"Since\n\n{text}\n\nwe see."))


@pytest.mark.parametrize("text", ATTACKS)
@pytest.mark.parametrize("around", ["{}", "a\n\n{}\n\nb", "- {}", "> {}", "a {} b"])
def test_nothing_active_survives(text, around):
    page = markdown2html(around.format(text))
    assert not [tag for tag in tags(page) if re.search(r"pwned|\bon\w+=|style|script", tag)]
    assert "mermaid" not in "".join(tags(page))


@pytest.mark.parametrize(
    "text", [r"$\href{javascript:pwned()}{x}$", r"$\style{x}{y}$", r"$\require {x}$", r"$\cssId1x$"]
)
def test_tex_cannot_link_style_or_load(text):
    shown = html.unescape(markdown2html(text))
    assert not re.search(r"\\(href|style|require|cssId)", shown)


def test_text_lists_tables_code_links_and_images_survive():
    text = (
        "# Head\n\n- **bold** <b>b</b>\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n"
        "```python\ndef f(): pass\n```\n\n[web](https://example.org)\n\n"
        "![small](data:image/png;base64,iVBORw0KGgo=) ![own](figures/net.png)"
    )
    page = markdown2html(text)
    for part in (
        "<h1>Head</h1>",
        "<strong>bold</strong> <b>b</b>",
        "<td>2</td>",
        '<span class="k">def</span>',
        'href="https://example.org"',
        'src="data:image/png;base64,iVBORw0KGgo="',
        'src="figures/net.png"',
    ):
        assert part in page


@pytest.mark.parametrize("text", ["_*" * 10**6, "\\\\(" * 3_000, "> " * 5_000, "[" * 9_999])
def test_the_worst_text_takes_seconds_at_most(text):
    start = time.process_time()
    assert "<script" not in markdown2html(f"<script>{text}")
    assert time.process_time() - start < effort(10)


@pytest.mark.parametrize("text", ["a." * 10**6, ("a." * 450 + "\n") * 40, "(" * 30_000])
def test_the_worst_code_takes_seconds_at_most(text):
    start = time.process_time()
    assert "<script" not in highlight_code(f"{text}<script>")
    assert time.process_time() - start < effort(10)


def test_code_is_coloured():
    assert '<span class="k">def</span>' in highlight_code("def f(): pass")


def test_the_formgraders_exporter_uses_them(tmp_path):
    (tmp_path / CONFIG.name).write_text(CONFIG.read_text())
    made = HTMLExporter(config=course_directory(tmp_path).config)
    assert made.environment.filters["markdown2html"]("<script>x</script>").strip() == ""
    assert made.filters["highlight_code"].endswith("markup.highlight_code")
