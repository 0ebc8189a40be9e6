"""What is the same on every page: ways around, keys, theme, and what happens when things go wrong."""

import re

import pytest
from conftest import CIRCUIT, DRIVER, RACE, open_page
from playwright.sync_api import expect

READING = {
    "/": "Who lost the race?",
    f"/autopsy/{RACE}/{DRIVER}": "Autopsy: ",
    f"/simulator/{RACE}/{DRIVER}": "Pit wall: ",
    f"/optimal/{CIRCUIT}/2000": "Optimal windows",
    f"/heatmap/{CIRCUIT}/2000": "Decision heatmap",
    "/leaderboard": "Leaderboard",
    "/teams": "Teams",
    "/teams/2000/aurora": "Aurora",
}


def test_the_skip_link_comes_first_and_skips(page):
    page.goto("/leaderboard")
    expect(page.get_by_role("table")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the page")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_pages_are_reached_by_two_keys_and_take_the_focus(page):
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    for key, name, path in (("l", "Leaderboard", "leaderboard"), ("t", "Teams", "teams"), ("u", "Audit", "audit"), ("s", "Choose a race to play", "simulator")):
        page.keyboard.press("g")
        page.keyboard.press(key)
        expect(page).to_have_url(re.compile(f"/{path}"))
        heading = page.get_by_role("heading", level=1)
        expect(heading).to_contain_text(name)
        expect(heading).to_be_focused()
        expect(page).to_have_title(re.compile("· BlameEngine$"))


def test_back_and_forward(page):
    page.goto("/")
    page.get_by_role("link", name="Help", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("How the numbers are made")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Who lost the race?")
    page.go_forward()
    expect(page.get_by_role("heading", level=1)).to_have_text("How the numbers are made")


def test_keys_are_listed_and_can_be_switched_off(page):
    page.goto("/")
    expect(page.get_by_role("combobox")).to_be_visible()
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keys of this page")
    expect(dialog).to_contain_text("Search")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.get_by_role("button", name="Single-letter keys: on").click()
    page.keyboard.press("g")
    page.keyboard.press("l")
    page.keyboard.press("?")
    page.wait_for_timeout(200)
    expect(dialog).to_be_hidden()
    expect(page).to_have_url(re.compile("/$"))
    page.reload()
    expect(page.get_by_role("button", name="Single-letter keys: off")).to_be_visible()


def test_letters_are_text_in_fields(page):
    page.goto("/")
    page.get_by_role("combobox").fill("")
    page.get_by_role("combobox").press_sequentially("gl?")
    expect(page.get_by_role("combobox")).to_have_value("gl?")
    expect(page).to_have_url(re.compile("/$"))


def test_the_theme_is_kept_without_a_flash(page):
    page.goto("/help")
    button = page.get_by_role("button", name=re.compile("^Theme:"))
    button.click()
    expect(button).to_have_text("Theme: dark")
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    button.click()
    expect(button).to_have_text("Theme: light")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != dark
    document = page.request.get("/help", headers={"Accept": "text/html"}).text()
    assert 'data-theme="light"' in document
    page.reload()
    expect(button).to_have_text("Theme: light")


def test_an_unknown_address_is_a_page(page):
    page.guard.allow("404")
    page.goto("/nowhere/at/all")
    expect(page.get_by_role("heading", level=1)).to_have_text("Nothing is at this address")
    page.get_by_role("link", name="To the start").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Who lost the race?")


def test_races_drivers_and_runs_that_do_not_exist(page):
    page.guard.allow("404", "400", "422", "401")
    for path in ("/autopsy/1999/nowhere/VER", "/optimal/nowhere/2000", "/heatmap/nowhere/2000", "/teams/2000/nobody", "/audit/run/00000000-0000-0000-0000-000000000000", "/audit/run/x", "/simulator/1999/nowhere/VER"):
        page.goto(path)
        expect(page.get_by_role("main").get_by_role("alert").first).to_be_visible()
        expect(page.get_by_role("navigation", name="Pages")).to_be_visible()
    page.goto("/u/00000000-0000-0000-0000-000000000000")
    expect(page.get_by_role("heading", name="Not on the leaderboard")).to_be_visible()


@pytest.mark.parametrize("path", READING)
@pytest.mark.parametrize("fault", ["503", "malformed", "not JSON", "cut off"])
def test_a_fault_is_shown_and_passes(page, path, fault):
    page.guard.allow("Failed to load resource", "preload")

    def fail(route):
        if fault == "503":
            route.fulfill(status=503, json={"title": "The database is away", "detail": "Try again soon.", "code": "database-away"}, headers={"Retry-After": "1"})
        elif fault == "malformed":
            route.fulfill(json={"position": "seven"})
        elif fault == "not JSON":
            route.fulfill(body="<html>a proxy</html>")
        else:
            route.abort()

    page.route("**/api/v1/**", fail)
    page.goto(path)
    alert = page.get_by_role("main").get_by_role("alert").first
    if path != "/teams":
        expect(alert).to_contain_text({"503": "database is away", "cut off": "cannot be reached"}.get(fault, "does not understand"))
    page.unroute("**/api/v1/**")
    if path == "/teams":
        page.reload()
    for _ in range(4):
        # What is computed for the first time takes its time, and only then is there room for what else has failed.
        expect(page.locator(".bones")).to_have_count(0)
        button = page.get_by_role("button", name="Try again")
        if button.count() == 0:
            break
        button.first.click()
        page.wait_for_timeout(400)
    expect(page.get_by_role("heading", level=1)).to_contain_text(READING[path])
    expect(page.get_by_role("main").get_by_role("alert")).to_have_count(0)


def test_offline_is_said(page):
    page.goto("/leaderboard")
    expect(page.get_by_role("table")).to_be_visible()
    page.context.set_offline(True)
    expect(page.get_by_text("You are offline")).to_be_visible()
    page.context.set_offline(False)
    expect(page.get_by_text("You are offline")).to_be_hidden()


def test_storage_that_is_blocked_is_no_fault(browser):
    page = open_page(browser)
    page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('blocked') } })")
    page.goto(f"/simulator/{RACE}/{DRIVER}")
    page.get_by_role("button", name="Start the race").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Pit wall: {DRIVER}")
    page.guard.check()
    page.context.close()


def test_without_javascript_there_are_ways_to_the_data(browser):
    page = open_page(browser, java_script_enabled=False)
    page.goto("/")
    expect(page.get_by_role("link", name="every address")).to_be_visible()
    page.context.close()


def test_a_script_in_a_name_stays_text(page):
    name = "<script>document.title='x'</script><img src=x onerror=alert(1)>"

    def change(route):
        answer = route.fetch()
        body = answer.json()
        body["races"][0]["name"] = name
        body["races"][0]["drivers"][0]["name"] = name
        route.fulfill(response=answer, json=body)

    page.route("**/api/v1/races", change)
    page.goto("/")
    expect(page.get_by_role("heading", name=name).first).to_be_visible()
    expect(page).to_have_title("Who lost the race? · BlameEngine")


def test_search_is_everywhere(page):
    for path in ("/leaderboard", f"/simulator/{RACE}/{DRIVER}"):
        page.goto(path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        page.keyboard.press("/")
        dialog = page.get_by_role("dialog", name="Search")
        box = dialog.get_by_role("combobox")
        expect(box).to_be_focused()
        box.press_sequentially("aurora 2000")
        expect(dialog.get_by_role("option").first).to_contain_text("Aurora 2000")
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile("/teams/2000/aurora"))
        expect(dialog).to_be_hidden()
        expect(page.get_by_role("heading", level=1)).to_be_focused()
    page.get_by_role("button", name="Search").click()
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_a_server_that_is_behind_the_log_says_so_and_it_goes_by_itself(page):
    behind = ["41"]

    def answer(route):
        response = route.fetch()
        route.fulfill(response=response, headers={**response.headers, "events-behind": behind[0]})

    page.route(re.compile("/api/v1/(leaderboard|stats)"), answer)
    page.goto("/leaderboard")
    banner = page.get_by_role("status").filter(has_text="behind the log")
    expect(banner).to_contain_text("41\u00a0events")
    before = len([url for url in page.guard.requests if "/leaderboard" in url])
    behind[0] = "0"
    expect(banner).to_have_count(0)
    page.wait_for_timeout(300)
    assert len([url for url in page.guard.requests if "/leaderboard" in url]) > before, "what is on the page is asked for again"
