"""A newcomer at the start page."""

import json
import re

from conftest import get
from playwright.sync_api import expect


def test_search_is_worked_by_keyboard(page):
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Who lost the race?")
    page.keyboard.press("/")
    box = page.get_by_role("combobox", name="Find a driver, a race or a team")
    expect(box).to_be_focused()
    box.fill("lindqvist")
    options = page.get_by_role("option")
    expect(options.first).to_contain_text("Ada Lindqvist")
    expect(options.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/autopsy/2000/\w+/ADL"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Autopsy: Ada Lindqvist")


def test_no_hit_says_what_to_try(page):
    page.goto("/")
    page.get_by_role("combobox").fill("zzzz")
    expect(page.get_by_text("Nothing is called that here")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/$"))


def test_no_result_is_told(page):
    page.goto("/")
    expect(page.get_by_role("link", name="Take the pit wall for").first).to_be_visible()
    page.get_by_role("combobox").fill("2000")
    expect(page.get_by_role("option").first).to_be_visible()
    text = page.locator("body").inner_text()
    assert not re.search(r"\bP\d+\b|[+\u2212]\d+\.\d|\bwon\b", text), text


def test_a_decision_is_one_click_away(page):
    page.goto("/")
    page.get_by_role("link", name="Take the pit wall for").first.click()
    expect(page).to_have_url(re.compile(r"/simulator/2000/\w+/\w+\?from=\d+"))
    page.get_by_role("button", name="Start the race").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Pit wall: ")


def test_the_counters_are_those_of_the_server(page):
    page.goto("/")
    data = json.loads(get("/api/v1/stats")[2])
    expect(page.get_by_text(re.compile(f"{data['players']:,}\u00a0players?; read at event"))).to_be_visible()


def asked(page, button, address, region):
    """What a button of the start page opens, asked for by nobody before."""
    page.goto("/")
    expect(page.get_by_role("button", name=button)).to_be_visible()
    assert not [url for url in page.guard.requests if address in url]
    page.get_by_role("button", name=button).click()
    return page.get_by_role("region", name=region), json.loads(get("/api/v1/races")[2])["races"]


def test_windows_of_the_crowd_are_shown_when_they_are_asked_for(page):
    found, races = asked(page, "Show three windows", "/optimal/", "What the crowd found")
    window = json.loads(get(f"/api/v1/optimal/{races[-1]['circuit']}/{races[-1]['season']}")[2])
    expect(found).to_contain_text(f"Confidence {window['confidence']} %")
    first = window["stops"][0]["window"]
    expect(found).to_contain_text(f"Stop 1 on laps {first['firstLap']}\u2013{first['lastLap']}")


def test_an_autopsy_of_the_sample_is_shown_when_it_is_asked_for(page):
    example, races = asked(page, "Show one of the sample race", "/autopsy/", "What an autopsy says")
    race = next(race for race in races if race["synthetic"])
    autopsy = json.loads(get(f"/api/v1/autopsy/2000/{race['gp']}/{race['drivers'][0]['code']}")[2])
    expect(example).to_contain_text("Synthetic sample, not a real race", timeout=30_000)
    expect(example).to_contain_text(autopsy["verdict"])
    expect(example.get_by_role("figure", name="Where the time went")).to_be_visible()
