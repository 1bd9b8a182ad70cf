"""The findings as text, JSON, HTML and SARIF: the promised shape, the draft's words as words, no way out."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import jsonschema
import pytest
from sarif_pydantic import Sarif

from course.files import PACKAGE_ROOT
from course.report.checking import check_draft
from course.report.findings import SEVERITIES
from course.report.printing import as_html, as_json, as_sarif, as_text
from course.texts import LANGUAGES, direction
from tests.report.drafts import LONG, block, draft, setting

BOOK = "../book"
ATTACK = "<script>alert(1)</script> & \"quoted\" <img src=x onerror='go()'> [...] ____ "
SUBSET = json.loads(Path(__file__).with_name("sarif-subset.json").read_text(encoding="utf-8"))


@pytest.fixture
def given():
    """A draft with findings of every severity, and words in it that would be HTML elsewhere."""
    return draft(
        block(f"{ATTACK}Our report", "title"),
        block(f"{ATTACK}Recommendations", "heading", level=1),
        f"{ATTACK}The State party should consider it. See CRC/CC/MAR/3 and article 99 of the CRC.",
        f"{LONG} {ATTACK}",
    )


@pytest.fixture(params=LANGUAGES)
def chosen(request):
    """What it is for, in each language of the messages: the CRC's limit is not confirmed."""
    return setting("CRC", language=request.param)


@pytest.fixture
def findings(given, chosen):
    """All of them."""
    found = check_draft(given, chosen)
    assert {finding.severity for finding in found} == set(SEVERITIES)
    return found


class Read(HTMLParser):
    """The elements of a page with their attributes, and its words."""

    def __init__(self, page):
        super().__init__()
        self.elements, self.words = [], ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        """An element begins."""
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data):
        """Words between elements."""
        self.words += data


def test_json_has_the_promised_shape(given, chosen, findings):
    """Five names a finding and no other; it can be written and read again."""
    printed = as_json(given, chosen, findings, BOOK)
    assert json.loads(json.dumps(printed)) == printed
    assert set(printed) == {
        *("draft", "body", "stage", "joint", "final", "on", "words", "findings", "pages"),
    }
    for one, finding in zip(printed["findings"], findings, strict=True):
        assert list(one) == ["code", "severity", "message", "place", "rule"]
        assert (one["code"], one["severity"]) == (finding.code, finding.severity)
        assert one["place"] is None or set(one["place"]) == {"heading", "paragraph", "page", "line", "span"}
        assert one["rule"] is None or set(one["rule"]) == {
            *("id", "value", "unit", "source", "as_of", "checked", "confidence"),
        }
    ending = "" if chosen.language == "en" else f".{chosen.language}"
    assert printed["pages"]["LEN001"] == f"{BOOK}/codes/len001{ending}.html"
    assert set(printed["pages"]) == {finding.code for finding in findings}


def test_a_pdf_has_no_count(chosen):
    """Null says so; nought would be a number."""
    scanned = draft(LONG, format="pdf", countable=False)
    assert as_json(scanned, chosen, check_draft(scanned, chosen))["words"] is None


def test_text_says_the_gravest_first_and_never_that_all_is_well(given, chosen, findings):
    """Each finding with its code, and at the end that a person must read."""
    printed = as_text(given, chosen, findings)
    codes = [line[:6] for line in printed.splitlines() if line[:3].isupper() and line[3:6].isdigit()]
    assert codes == [finding.code for finding in findings]
    for nothing in (as_text(given, chosen, []), as_html(given, chosen, [])):
        assert {"en": "person", "fr": "personne", "ar": "شخص"}[chosen.language] in nothing


def test_the_page_holds_the_drafts_words_as_words(given, chosen, findings):
    """No element of the draft becomes one of the page; nothing is executed, nothing is fetched."""
    page = as_html(given, chosen, findings, BOOK)
    read = Read(page)
    assert "<script>alert(1)</script>" in read.words
    assert not {tag for tag, _ in read.elements} & {"script", "img", "iframe", "link", "object", "form"}
    attributes = {name for _, given_ in read.elements for name in given_}
    assert not [name for name in attributes if name.startswith("on") or name in ("src", "style", "srcset")]
    policy = next(values["content"] for tag, values in read.elements if values.get("http-equiv"))
    assert policy.startswith("default-src 'none'")
    assert "url(" not in page
    assert "@import" not in page


def test_the_page_says_its_language_and_lets_each_quotation_choose_its_direction(given, chosen, findings):
    """An Arabic draft in an English result, and the other way round."""
    read = Read(as_html(given, chosen, findings))
    assert dict(read.elements)["html"] == {"lang": chosen.language, "dir": direction(chosen.language)}
    quoted = [values for tag, values in read.elements if tag == "blockquote"]
    assert quoted
    assert {values.get("dir") for values in quoted} == {"auto"}


def test_each_finding_on_the_page_leads_to_its_code(given, chosen, findings):
    """Where the book is known, and nowhere where it is not."""
    links = [v["href"] for tag, v in Read(as_html(given, chosen, findings, BOOK)).elements if tag == "a"]
    ending = "" if chosen.language == "en" else f".{chosen.language}"
    assert sorted(links) == sorted(f"{BOOK}/codes/{one.code.lower()}{ending}.html" for one in findings)
    assert "<a " not in as_html(given, chosen, findings)


@pytest.mark.parametrize("book", ["", BOOK, "https://example.org/book/"])
def test_sarif_keeps_to_the_standard(given, chosen, findings, book):
    """By a schema of the part that we use; each result leads to its rule, each rule to its page."""
    printed = as_sarif(given, chosen, findings, book)
    jsonschema.validate(printed, SUBSET)
    run = printed["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert [rules[one["ruleIndex"]]["id"] for one in run["results"]] == [one.code for one in findings]
    pages = {rule.get("helpUri") or rule["properties"]["page"] for rule in rules}
    assert all(page.startswith(book) and "codes/" in page and "//codes" not in page for page in pages)


def test_another_reader_of_sarif_finds_every_result(given, chosen, findings):
    """sarif-pydantic, which knows the whole standard, reads codes, levels and messages back."""
    read = Sarif.model_validate(as_sarif(given, chosen, findings, BOOK))
    results = read.runs[0].results
    assert [one.rule_id for one in results] == [one.code for one in findings]
    assert all(one.message.text and one.locations for one in results)


def test_what_nobody_could_check_is_open_in_sarif_and_no_failure(given, chosen, findings):
    """The standard has a word for it; a level other than none would be refused."""
    results = as_sarif(given, chosen, findings)["runs"][0]["results"]
    kinds = {
        (finding.severity, one["kind"], one["level"]) for finding, one in zip(findings, results, strict=True)
    }
    assert kinds == {
        ("error", "fail", "error"),
        ("warning", "fail", "warning"),
        ("info", "fail", "note"),
        ("not-checked", "open", "none"),
    }


def broken(printed):
    """Results that no reader of SARIF would take, each with one fault."""
    for path, value in (
        (("version",), "2.0.0"),
        (("runs", 0, "results", 0, "level"), "grave"),
        (("runs", 0, "results", 0, "message"), "only words"),
        (("runs", 0, "results", 0, "ruleIndex"), -2),
        (("runs", 0, "results", 0, "locations", 0, "physicalLocation", "artifactLocation", "uri"), "a draft"),
        (("runs", 0, "tool", "driver", "rules", 0, "helpUri"), "codes/len001.html"),
        (("runs", 0, "tool", "driver", "language"), "english"),
        (("runs", 0, "tool", "driver", "rules"), {}),
        (("runs", 0, "findings"), []),
    ):
        made = copy.deepcopy(printed)
        *above, last = path
        place = made
        for step in above:
            place = place[step]
        place[last] = value
        yield path, made


def test_the_schema_refuses_each_fault(given, chosen, findings):
    """A schema that takes everything would prove nothing."""
    for path, made in broken(as_sarif(given, chosen, findings, "https://example.org")):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(made, SUBSET)
            pytest.fail(str(path))


def test_the_command_prints_json_alone_and_its_status_says_what_was_found(tmp_path):
    """The whole way, once: a file, the command, and a result for a program that names no folder."""
    path = tmp_path / "draft.md"
    path.write_text(
        f"# Report\n\n{LONG} See article 99 of the Convention on the Rights of the Child.\n", "utf-8"
    )
    call = [sys.executable, "-c", "from course.cli import main; main()", "report", "check", str(path)]
    done = subprocess.run(
        [*call, "--body", "CRC", "--stage", "session", "--format", "sarif"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={"PYTHONPATH": str(PACKAGE_ROOT), "PATH": ""},
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (1, "")
    jsonschema.validate(json.loads(done.stdout), SUBSET)
    assert str(tmp_path) not in done.stdout
