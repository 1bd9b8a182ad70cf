"""What every room's tests share: the repository's root and a real, offline Chromium."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from types import SimpleNamespace

import pytest
from filelock import FileLock

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM_FLAGS = [
    "--no-sandbox",  # the tests may run as root, where Chromium's own sandbox refuses to start
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


# Pages below tests/ are fixtures, some of them broken on purpose; nbval proves those of modules/.
collect_ignore_glob = ["*.ipynb"]


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder that holds `_toc.yml`."""
    return ROOT


@pytest.fixture(scope="session")
def browser():
    """One real Chromium for the whole run; where none is installed the test is skipped by name."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chrome")
    if chromium is None:
        if os.environ.get("CI"):
            pytest.fail("Chromium is not installed, and on CI no browser test may be left out")
        pytest.skip("Chromium is not installed; `python3 start.py test` says how to install it")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def soffice(tmp_path_factory):
    """A function that calls LibreOffice without a window; where there is none the test is skipped by name."""
    program = shutil.which("soffice")
    if program is None:
        if os.environ.get("CI"):
            pytest.fail("LibreOffice is not installed, and on CI no test may be left out")
        pytest.skip("LibreOffice is not installed; `python3 start.py test` says how to install it")
    profile = tmp_path_factory.mktemp("soffice").as_uri()

    def call(*arguments):
        command = [program, f"-env:UserInstallation={profile}", "--headless", *arguments]
        subprocess.run(command, check=True, capture_output=True, timeout=120)

    return call


@pytest.fixture(scope="session")
def built_book(root, tmp_path_factory) -> Path:
    """The real book, built once for the whole run, in a folder where nothing was built before.

    Processes that run tests beside each other have one folder above their own: the first builds.
    """
    from course.book.build import build_book

    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "book"
    with FileLock(f"{folder}.lock"):
        if not (folder / "html").is_dir():
            build_book(root, folder / "html", folder / "store")
    return folder / "html"


@pytest.fixture
def offline_page(browser):
    """A page that reaches this machine alone.

    `page.outside_requests` lists what it asked elsewhere (and was refused);
    `page.problems` lists console errors and uncaught exceptions.
    """
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.outside_requests = []
    page.problems = []

    def only_this_machine(route):
        url = route.request.url
        if url.startswith(("file:", "data:", "blob:", "http://127.0.0.1", "http://localhost")):
            route.continue_()
        else:
            page.outside_requests.append(url)
            route.abort()

    context.route("**/*", only_this_machine)
    page.on("console", lambda m: page.problems.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: page.problems.append(str(error)))
    yield page
    context.close()


@pytest.fixture
def sealable():
    """A folder `path` that is read-only from the call of `seal()` to the end of the test.

    Nothing is read-only to root: run as root, the test goes on as an unprivileged user.
    """
    if os.name != "posix":
        pytest.skip("read-only folders are made by modes, which only POSIX systems have")
    path = Path(tempfile.mkdtemp())  # not below tmp_path, which root alone may enter
    path.chmod(0o755)
    user = os.geteuid()

    def seal():
        path.chmod(0o555)
        if user == 0:
            os.seteuid(65534)

    yield SimpleNamespace(path=path, seal=seal)
    os.seteuid(user)
    path.chmod(0o755)
    shutil.rmtree(path)
