"""For everybody: axe, reflow, target sizes, focus, reduced motion, print."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import CIRCUIT, DRIVER, RACE, get, open_page
from playwright.sync_api import expect

import json
import re

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def user():
    return json.loads(get("/api/v1/leaderboard?limit=1")[2])["rows"][0]["user"]


def name():
    return json.loads(get("/api/v1/leaderboard?limit=1")[2])["rows"][0]["name"]


def run():
    return json.loads(get(f"/api/v1/audit/users/{user()}/decisions?limit=1")[2])["decisions"][0]["simulation"]


PAGES = {
    "landing": "/", "story": f"/autopsy/{RACE}/{DRIVER}", "charts": f"/autopsy/{RACE}/{DRIVER}?tab=charts",
    "timeline": f"/autopsy/{RACE}/{DRIVER}?tab=timeline", "laps": f"/autopsy/{RACE}/{DRIVER}?tab=laps",
    "method": f"/autopsy/{RACE}/{DRIVER}?tab=method", "choose": "/simulator", "new run": f"/simulator/{RACE}/{DRIVER}",
    "windows": f"/optimal/{CIRCUIT}/2000", "heatmap": f"/heatmap/{CIRCUIT}/2000", "one stop": f"/heatmap/{CIRCUIT}/2000?stops=1",
    "blame": "/heatmap/blame/2000", "leaderboard": "/leaderboard", "player": lambda: f"/u/{name()}", "teams": "/teams",
    "team": "/teams/2000/aurora", "audit": "/audit", "audit user": lambda: f"/audit/user/{user()}",
    "audit run": lambda: f"/audit/run/{run()}", "sign in": "/sign-in", "sign up": "/sign-up", "nobody's account": "/account",
    "report": f"/report/{RACE}/{DRIVER}", "against the model": f"/heatmap/{CIRCUIT}/2000?metric=difference", "help": "/help", "not found": "/nowhere", "refused": "/optimal/nowhere/2000",
}


def show(page, name):
    target = PAGES[name]
    page.guard.allow("404", "402")
    page.goto(target() if callable(target) else target)
    # An autopsy that nobody asked for before is computed first.
    expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=30_000)
    page.wait_for_load_state("networkidle")
    if name == "blame":
        page.get_by_role("button", name="Show the season").click()
        expect(page.get_by_role("grid")).to_be_visible()


def violations(page, context=None):
    found = Axe().run(page, context=context, options={"runOnly": {"type": "tag", "values": TAGS}}).response["violations"]
    return [(v["id"], [node["target"] for node in v["nodes"]][:4], v["nodes"][0]["failureSummary"][:200]) for v in found]


OVERFLOW = "document.documentElement.scrollWidth - window.innerWidth"

SMALL = """() => [...document.querySelectorAll('a, button, select, input, summary, [role=tab]')].filter((element) => {
  const box = element.getBoundingClientRect();
  if (box.width === 0 || element.closest('p, li, td, th, dd, .skip, dialog, figcaption') && element.tagName === 'A') return false;
  return (box.width < 24 || box.height < 24) && !element.matches('input[type=checkbox], input[type=radio]') && !element.classList.contains('skip');
}).map((element) => `${element.tagName} ${element.textContent} ${JSON.stringify(element.getBoundingClientRect())}`)"""


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing(browser, name, width):
    page = open_page(browser, width=width, color_scheme="dark", reduced_motion="reduce")
    show(page, name)
    assert violations(page) == []
    page.emulate_media(color_scheme="light")
    expect(page.locator("html")).to_have_css("color-scheme", re.compile("light"))
    assert violations(page) == []
    assert page.evaluate(OVERFLOW) == 0
    assert page.evaluate(SMALL) == []
    page.guard.check()
    page.context.close()


def test_axe_finds_nothing_on_the_pit_wall_and_the_score_sheet(browser):
    for theme in ("dark", "light"):
        for width in (1280, 360):
            page = open_page(browser, width=width, color_scheme=theme, reduced_motion="reduce")
            page.goto(f"/simulator/{RACE}/{DRIVER}")
            page.get_by_role("button", name="Start the race").click()
            expect(page.get_by_role("heading", name="Written down")).to_be_visible()
            assert violations(page) == [] and page.evaluate(OVERFLOW) == 0
            board = page.get_by_role("button", name="Stay out")
            for _ in range(60):
                if board.count():
                    break
                page.keyboard.press(" ")
                page.wait_for_timeout(100)
            assert violations(page) == [] and page.evaluate(OVERFLOW) == 0
            assert page.evaluate(SMALL) == []
            page.keyboard.press("?")
            expect(page.get_by_role("dialog")).to_be_visible()
            assert violations(page, "dialog") == []
            page.context.close()


@pytest.mark.parametrize("name", PAGES)
def test_nothing_overflows_at_400_percent(browser, name):
    page = open_page(browser, width=320, height=256)
    show(page, name)
    assert page.evaluate(OVERFLOW) == 0, page.evaluate(
        "[...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('.scroll, svg, .tabs')).map(e => e.tagName + '.' + e.className).slice(0, 8)")
    page.context.close()


def test_the_focus_is_seen_everywhere(browser):
    page = open_page(browser, reduced_motion="reduce")
    show(page, "story")
    for _ in range(40):
        page.keyboard.press("Tab")
        seen = page.evaluate("""() => { const e = document.activeElement; if (e === document.body) return true;
          const style = getComputedStyle(e); const frame = e.querySelector(':scope > .frame');
          return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 3) || (frame && getComputedStyle(frame).stroke !== 'none'); }""")
        assert seen, page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
    page.context.close()


def test_nothing_moves_for_those_who_asked(browser):
    page = open_page(browser, reduced_motion="reduce")
    show(page, "story")
    assert page.evaluate("document.getAnimations().length") == 0
    page.context.close()


def test_paper_is_white_and_without_buttons(browser):
    page = open_page(browser, color_scheme="dark")
    show(page, "story")
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("[...document.querySelectorAll('button')].every(e => e.getBoundingClientRect().height === 0)")
    page.context.close()


def test_forced_colours_keep_the_drawing(browser):
    page = open_page(browser, forced_colors="active")
    show(page, "story")
    fill = page.evaluate("getComputedStyle(document.querySelector('figure svg text')).fill")
    ground = page.evaluate("getComputedStyle(document.querySelector('figure')).backgroundColor")
    assert fill != ground
    page.context.close()
