"""Students' texts are shown to them and to graders, and nothing in them runs in a browser."""

import html
import re
import time

import nbformat
import pytest
from nbconvert.exporters import HTMLExporter

from course.grading.course_folder import course_directory
from course.grading.feedback import TEMPLATES
from course.grading.feedback.mathematics import ATTRIBUTES, mathml
from course.grading.feedback.safe_html import highlight_code, markdown2html
from tests.grading.notebooks import CONFIG
from tests.speed import effort

LESSONS = sorted((CONFIG.parent / "assignments").glob("*/*.ipynb"))
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
def test_a_formula_is_shown_without_a_script(text):
    page = markdown2html(f"Since\n\n{text}\n\nwe see.")
    assert page.count("<math ") == 1 and "$" not in page and "&amp;" not in page
    shown = html.unescape(re.sub("<[^>]*>", "", page))
    assert "\\" not in shown and re.search("[a-z𝑎-𝑧]", shown.replace("Since", ""))


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda path: path.stem)
def test_all_formulas_of_a_lesson_are_shown(lesson):
    for cell in nbformat.read(lesson, as_version=4).cells:
        if cell.cell_type == "markdown":
            page = markdown2html(cell.source)
            prose = re.sub(r"<(code|pre)\b.*?</\1>", "", page, flags=re.DOTALL)
            assert not re.search(r"\$|\\[A-Za-z]", prose), cell.source
            assert "<code>\\" not in page, cell.source


@pytest.mark.parametrize(
    "tex",
    ["{", "x^x^x", r"\frac", r"\begin{matrix}" * 400, "{" * 1900, r"\left(" * 300, "a" * 9000],
)
def test_what_is_no_formula_is_shown_as_it_was_written(tex):
    assert tex in html.unescape(markdown2html(f"a ${tex}$ b"))


def test_a_formula_has_no_element_or_attribute_but_those_of_mathematics():
    tex = [
        r"\href{javascript:pwned()}{a}",
        r"\style{position:fixed}{a}",
        r"\text{<img src=x onerror=pwned()>}",
        r"\text{&lt;script&gt;pwned()&lt;/script&gt;}",
        r"\color{pwned}x",
        r"\class{pwned}{x} \cssId{pwned}{x}",
    ]
    for formula in tex:
        page = mathml(formula)
        names = {name for tag in tags(page) for name in re.findall(r"([\w:-]+)=", tag)}
        assert names <= ATTRIBUTES and "pwned" not in "".join(tags(page)), page


COMMANDS = [
    "href",
    "url",
    "style",
    "class",
    "cssId",
    "require",
    "csname",
    "mmlToken",
    "Newextarrow",
]


def encodings(command: str) -> list[str]:
    first, rest = command[0], command[1:]
    return [
        rf"\{command}",
        rf"\&#{ord(first)};{rest}",
        rf"\&#x{ord(first):x};{rest}",
        rf"&#92;{command}",
        rf"&bsol;{command}",
        rf"\{first}<!-- -->{rest}",
        rf"\{first}<foo>{rest}",
        rf"\{first}</b>{rest}",
        rf"\\{command}",
    ]


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    "around",
    [
        "<div>${}{{x}}{{y}}$</div>",
        "${}{{x}}{{y}}$",
        "\\begin{{equation}}{}{{x}}\\end{{equation}}",
        "{}",
    ],
    ids=["in a block", "in a formula", "in an environment", "in text"],
)
def test_no_command_of_tex_is_active_however_it_is_written(command, around):
    for written in encodings(command):
        page = html.unescape(markdown2html(around.format(written)))
        seen = re.sub(r"<[^>]*>", "", page)
        assert not re.search(rf"\\{command}(?![A-Za-z])", seen), written


@pytest.mark.parametrize("text", ATTACKS)
@pytest.mark.parametrize("around", ["{}", "a\n\n{}\n\nb", "- {}", "> {}", "a {} b"])
def test_nothing_active_survives(text, around):
    page = markdown2html(around.format(text))
    assert not [tag for tag in tags(page) if re.search(r"pwned|\bon\w+=|\bstyle|script\b", tag)]
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


def test_the_formgraders_page_loads_no_script_for_formulas():
    config = course_directory(CONFIG.parent).config.copy()
    config.HTMLExporter.template_name = "formgrade"
    template = HTMLExporter(config=config).environment.get_template("mathjax.html.j2")
    assert template.filename.startswith(str(TEMPLATES))
    assert "<script" not in template.module.mathjax()
