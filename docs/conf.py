"""The documentation site. Build it with: python -m sphinx -W -b html docs docs/_build/html."""

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE / "_ext"), str(HERE.parent)]

project = "bounds"
author = "The bounds developers"
language = "en"

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "plain_docstrings",
    "mathml",
    "typeset_text",
    "public_names",
    "tasks",
    "command_pages",
    "schema_pages",
    "house_map",
    "figure_pages",
    "explorer_page",
    "decide_page",
    "notebook_pages",
    "claim_pages",
    "claims_graph",
    "argument_page",
    "gallery_pictures",
    "sphinx_gallery.gen_gallery",
]
exclude_patterns = ["_build", "examples"]
sphinx_gallery_conf = {
    "examples_dirs": "examples",
    "gallery_dirs": "gallery",
    "within_subsection_order": "FileNameSortKey",
    "abort_on_example_error": True,
    "download_all_examples": False,
    "write_computation_times": False,
    "show_signature": False,
    "reset_modules": ("gallery_pictures.house_style",),
    "image_scrapers": ("gallery_pictures.scrape",),
    "min_reported_time": 3600,  # the pages are the same at every build
}
smartquotes = False  # f'' is no quotation mark

myst_enable_extensions = ["dollarmath", "deflist"]
myst_heading_anchors = 3
suppress_warnings = ["ref.python"]  # a word such as Verdict names things in several modules

autodoc_member_order = "bysource"
toc_object_entries = False  # the menu is built anew for every page, and names are many
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
napoleon_google_docstring = True
napoleon_numpy_docstring = False
napoleon_use_ivar = True
napoleon_use_rtype = False
napoleon_attr_annotations = False
add_module_names = False
python_maximum_signature_line_length = 70

html_theme = "furo"
html_title = "bounds"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_js_files = ["formulas.js", "access.js"]
html_math_renderer = "mathml"
html_copy_source = False
html_show_copyright = False
html_show_sphinx = False
html_last_updated_fmt = None
pygments_style = "friendly"
pygments_dark_style = "monokai"
