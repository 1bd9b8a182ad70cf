"""Makes HTML that somebody else wrote harmless: no script, no handler, no address outside the page.

What a page's output or Markdown holds is shown in the learner's and the instructor's browser.
The sanitiser is nh3; the page's content security policy is the second wall, not the first.
"""

from __future__ import annotations

import re

import nh3

MAX_HTML = 1_000_000  # characters of one output; what is longer is not shown
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"

ATTRIBUTES = {
    "*": {"lang", "dir", "title", "style"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
STYLES = {
    "color",
    "background-color",
    "direction",
    "font-style",
    "font-weight",
    "text-align",
    "text-decoration",
    "white-space",
}
COLOUR = re.compile(r"\b(?:rgb|hsl)a?\(")  # the only function that a style may hold: no url() in any spelling
PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp|svg\+xml);base64,[A-Za-z0-9+/=\s]*")


def _only_own(tag: str, attribute: str, value: str) -> str | None:
    """Only what stays in the page: a picture's own bytes, a place of the page itself, plain styles."""
    if attribute == "src":
        return value if PICTURE.fullmatch(value) else None
    if attribute == "href":
        return value if value.startswith("#") else None
    if attribute == "style":
        return value if "(" not in COLOUR.sub("", value) else None
    return value


CLEANER = nh3.Cleaner(
    tags=nh3.ALLOWED_TAGS - {"area", "map"},
    clean_content_tags={"script", "style", "template", "noscript", "iframe", "object", "svg", "math"},
    attributes=ATTRIBUTES,
    attribute_filter=_only_own,
    filter_style_properties=STYLES,
    url_schemes={"data"},
    link_rel=None,
)


def safe_html(html: str) -> str:
    """The same HTML with what can only be read: text, lists, tables, pictures whose bytes are in it."""
    return CLEANER.clean(html) if len(html) <= MAX_HTML else ""
