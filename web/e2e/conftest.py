"""A real browser against a real server. Every page is guarded: no console message, no request to another host."""

import os
import urllib.request

import pytest
from playwright.sync_api import expect, sync_playwright

BASE = os.environ.get("BLAME_BASE", "http://127.0.0.1:8080")
RACE = "2000/sample"
CIRCUIT = "sample-ring"
DRIVER = "ADL"


def get(path, headers=None, method="GET"):
    """Status, header fields in lower case and body of a plain request."""
    request = urllib.request.Request(BASE + path, headers=headers or {}, method=method)
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, {k.lower(): v for k, v in answer.headers.items()}, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, {k.lower(): v for k, v in error.headers.items()}, error.read()


# What nobody asked for before is computed first, while other tests keep the machine busy.
expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
def browser():
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        executable = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        chromium = playwright.chromium.launch(executable_path=executable, args=arguments)
        yield chromium
        chromium.close()


class Guard:
    """What a page must not do."""

    def __init__(self, page):
        self.messages = []
        self.requests = []
        self.expected = ()
        page.on("console", lambda message: self.messages.append(message.text))
        page.on("pageerror", lambda error: self.messages.append(f"error: {error}"))
        page.on("request", lambda request: self.requests.append(request.url))

    def allow(self, *parts):
        """Messages that a test brings about itself."""
        self.expected += parts

    def check(self):
        wrong = [text for text in self.messages if not any(part in text for part in self.expected)]
        assert not wrong, f"the console says: {wrong}"
        elsewhere = [url for url in self.requests if not url.startswith((BASE, "blob:", "data:"))]
        assert not elsewhere, f"requests to other hosts: {elsewhere}"


def open_page(browser, width=1280, height=800, **more):
    context = browser.new_context(base_url=BASE, viewport={"width": width, "height": height}, **more)
    page = context.new_page()
    page.guard = Guard(page)
    return page


@pytest.fixture
def page(browser):
    page = open_page(browser)
    yield page
    page.guard.check()
    page.context.close()
