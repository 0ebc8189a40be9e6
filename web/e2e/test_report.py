"""The report: its first page for everybody, all of it for Pro, and what the printer makes of it."""

import json
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import DRIVER, RACE, get, open_page
from playwright.sync_api import expect
from test_access import OVERFLOW, TAGS
from test_account import granted

URL = f"/report/{RACE}/{DRIVER}"
# A4 less 14 mm on each side, at 96 dots an inch.
PAPER = 687


@pytest.fixture(scope="module")
def pro(browser):
    """The cookies of an account with Pro."""
    return granted(browser, "pro", "isPro")


@pytest.fixture
def pro_page(browser, pro):
    page = open_page(browser, storage_state=pro)
    page.goto(URL)
    expect(page.get_by_role("heading", name="Method, limits and words")).to_be_visible()
    page.wait_for_load_state("networkidle")
    yield page
    page.guard.check()
    page.context.close()


def first_page():
    return json.loads(get(f"/api/v1{URL}")[2])


def test_the_first_page_is_open_and_the_rest_says_what_it_holds(page):
    page.guard.allow("402")
    page.goto(URL)
    data = first_page()
    assert data["preview"] and "alternatives" not in data
    expect(page.get_by_text(data["verdict"])).to_be_visible()
    expect(page.get_by_text(data["heading"]["permalink"])).to_be_visible()
    expect(page.get_by_role("figure", name="Where the time went")).to_be_visible()
    expect(page.get_by_role("heading", name="The other pages")).to_be_visible()
    expect(page.get_by_text("With Pro the report goes on with")).to_be_visible()
    expect(page.get_by_role("heading", name="Stops")).to_have_count(0)
    expect(page.get_by_role("link", name="CSV")).to_have_count(0)


def test_the_permalink_shows_the_same_numbers(page):
    page.guard.allow("402")
    page.goto(first_page()["heading"]["permalink"])
    expect(page.get_by_role("figure", name="Where the time went")).to_be_visible()
    page.wait_for_load_state("networkidle")
    now = page.get_by_role("article").inner_text()
    page.reload()
    expect(page.get_by_role("figure", name="Where the time went")).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert page.get_by_role("article").inner_text() == now


def test_pro_reads_all_of_it(pro_page):
    page = pro_page
    for name in ("What stands behind each cause", "What else could have been driven", "Stops", "Lap time over the age of the tyres", "Gap to the leader", "Windows"):
        expect(page.get_by_role("heading", name=name, exact=True)).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    assert open(download.value.path()).read().count("\n") > 20


def test_it_is_light_whatever_the_theme(browser):
    page = open_page(browser, color_scheme="dark")
    page.guard.allow("402")
    page.goto(URL)
    expect(page.get_by_role("article")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('article')).color") == "rgb(20, 23, 28)"
    page.guard.check()
    page.context.close()


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("width", [1280, 360, 320])
def test_axe_finds_nothing_on_the_whole_report(browser, pro, theme, width):
    page = open_page(browser, width=width, color_scheme=theme, storage_state=pro, reduced_motion="reduce")
    page.goto(URL)
    expect(page.get_by_role("heading", name="Method, limits and words")).to_be_visible()
    page.wait_for_load_state("networkidle")
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}}).response["violations"]
    assert [(each["id"], each["nodes"][0]["target"]) for each in found] == []
    assert page.evaluate(OVERFLOW) == 0
    page.context.close()


def pdf(page):
    body = page.pdf(prefer_css_page_size=True, print_background=True, tagged=True)
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", body)
    return body, [(float(width), float(height)) for width, height in boxes]


def test_the_pdf_is_tagged_a4_and_of_a_few_pages(pro_page):
    body, pages = pdf(pro_page)
    assert b"/Marked true" in body and b"/StructTreeRoot" in body
    assert 3 <= len(pages) <= 9, len(pages)
    assert all(abs(width - 595) < 1 and abs(height - 842) < 1 for width, height in pages), pages
    assert len(body) < 600_000
    print(f"\n{len(pages)} pages, {len(body)} B")


def test_the_first_page_alone_is_two_pages_at_most(page):
    page.guard.allow("402")
    page.goto(URL)
    expect(page.get_by_role("figure", name="Where the time went")).to_be_visible()
    assert 1 <= len(pdf(page)[1]) <= 2


def test_nothing_is_printed_outside_the_paper(browser, pro):
    page = open_page(browser, width=PAPER, storage_state=pro)
    page.goto(URL)
    expect(page.get_by_role("heading", name="Method, limits and words")).to_be_visible()
    page.wait_for_load_state("networkidle")
    page.emulate_media(media="print")
    outside = page.evaluate("""() => [...document.querySelectorAll('article *')].filter((element) => {
      const box = element.getBoundingClientRect(); return box.width > 0 && (box.right > innerWidth + 1 || box.left < -1); })
      .map((element) => `${element.tagName} ${element.textContent.slice(0, 40)}`).slice(0, 5)""")
    assert outside == []
    assert page.evaluate("[...document.querySelectorAll('header.bar, .foot, article button')].every((element) => element.getBoundingClientRect().height === 0)")
    page.context.close()
