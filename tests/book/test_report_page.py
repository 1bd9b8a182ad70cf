"""The page of model reports: three languages, notes beside the text, ten faults that stay hidden."""

from __future__ import annotations

import shutil
from collections import Counter

import pytest
from bs4 import BeautifulSoup

from course.book.build import build_book
from course.report.models import list_models, load_faults, load_model, model_notes

PAGE = "pages/model-reports"


@pytest.fixture
def page(mini_book, root):
    """The page itself, built in a mini book."""
    shutil.copy(root / f"{PAGE}.md", mini_book / f"{PAGE}.md")
    contents = mini_book / "_toc.yml"
    contents.write_text(f"{contents.read_text(encoding='utf-8')}      - file: {PAGE}\n", encoding="utf-8")
    site = build_book(mini_book)
    return BeautifulSoup((site / f"{PAGE}.html").read_text(encoding="utf-8"), "html.parser")


def test_the_page_holds_the_models_with_their_notes_and_hides_the_faults(page):
    """Each model in its language and direction; every note; each fault once, behind the button alone."""
    for name in list_models():
        report = load_model(name)
        model = page.select_one(f"#model-{name} details > div")
        assert (model["lang"], model["dir"]) == (report.language, "rtl" if report.language == "ar" else "ltr")
        assert len(model.select("aside")) == len(model_notes(name))
        assert report.sections[0].claims[0].text in model.get_text()
    hunt = page.select_one("#fault-hunt details")
    assert not hunt.has_attr("open")
    assert len(hunt.select("dt")) == len(load_faults()) == 10
    draft = page.select_one("#fault-hunt div.report-model").get_text(" ")
    assert all(fault.at in draft and fault.wrong not in draft for fault in load_faults())
    twice = [name for name, times in Counter(one["id"] for one in page.select("[id]")).items() if times > 1]
    assert twice == []
