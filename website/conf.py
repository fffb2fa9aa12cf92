"""Sphinx's settings. Nothing on a page comes from another site."""

from importlib.metadata import version as version_of

from website import STAGED, STATIC

project = "Feed-forward neural networks, from first principles"
author = "The contributors to feedforward-course"
copyright = f"{author}. Code: BSD-3-Clause. Lesson text: CC BY 4.0"
version = release = version_of("feedforward-course")
language = "en"

extensions = ["myst_nb", "sphinx_copybutton", "sphinx.ext.mathjax"]
root_doc = "index"
exclude_patterns = [STATIC, "notebooks"]
nitpicky = True
numfig = False

# The lessons are executed before Sphinx sees them (lessons.py).
nb_execution_mode = "off"
nb_merge_streams = True
nb_render_error_lexer = "myst-ansi"  # an error is one line here, not a traceback
myst_enable_extensions = ["dollarmath", "amsmath", "html_image"]
myst_heading_anchors = 4
myst_dmath_allow_labels = False
# A notebook's kernel has told Pygments what its code is; `text` blocks are no code.
highlight_language = "text"
# Examples with an ellipsis are no code that can be read word by word.
suppress_warnings = ["mystnb.unknown_mime_type", "misc.highlighting_failure"]

html_theme = "sphinx_book_theme"
html_title = project
html_static_path = [str(STAGED / STATIC)]
html_css_files = ["course.css"]
html_js_files = ["course.js"]
html_copy_source = False
html_show_sourcelink = False
html_last_updated_fmt = None
html_theme_options = {
    "use_download_button": False,  # each lesson has its own, for the notebook as handed out
    "use_fullscreen_button": False,
    "use_repository_button": False,
    "show_navbar_depth": 1,
    "navigation_with_keys": False,  # arrow keys belong to sliders and films
    "show_toc_level": 2,
    "navbar_persistent": [],  # one place to search is enough
    "search_bar_text": "Search",
}
mathjax_path = "mathjax/tex-mml-chtml.js"
copybutton_selector = "div.cell_input div.highlight pre, div.highlight-text pre"
