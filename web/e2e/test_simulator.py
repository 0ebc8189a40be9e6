"""A race on the pit wall, played by keyboard."""

import re

from conftest import DRIVER, RACE
from playwright.sync_api import expect

FORBIDDEN = re.compile(r"/(laps|autopsy|optimal|heatmap|pitlaps)\b")


def start(page, driver=DRIVER):
    page.goto(f"/simulator/{RACE}/{driver}")
    page.get_by_role("button", name="Start the race").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Pit wall: {driver}")
    expect(page.get_by_role("heading", name="Written down")).to_be_visible()


def lap(page):
    return int(re.match(r"Lap\s+(\d+) of", page.locator("dl.tiles > div").first.inner_text()).group(1))


def next_lap(page):
    before = lap(page)
    page.keyboard.press(" ")
    expect(page.locator("main")).not_to_contain_text(re.compile(rf"Lap\s*{before} of"))


def board(page):
    return page.get_by_role("alert").filter(has=page.get_by_role("button", name="Stay out"))


def drive_to_board(page):
    for _ in range(57):
        if board(page).count():
            return
        next_lap(page)
    raise AssertionError("the sample race has no safety car")


def test_a_call_can_be_taken_back_until_the_lap_is_driven(page):
    start(page)
    page.keyboard.press("h")
    expect(page.get_by_role("button", name=re.compile("Box for hard, lap 2"))).to_be_visible()
    page.keyboard.press("h")
    expect(page.get_by_role("button", name=re.compile("^Next lap"))).to_be_visible()
    next_lap(page)
    expect(page.get_by_role("listitem").filter(has_text="Box for")).to_have_count(0)
    page.keyboard.press("m")
    next_lap(page)
    expect(page.get_by_text("Lap 3: Box for medium")).to_be_visible()


def test_space_never_answers_the_safety_car(page):
    start(page)
    drive_to_board(page)
    before = lap(page)
    for _ in range(12):
        page.keyboard.press(" ")
        page.wait_for_timeout(80)
    assert lap(page) == before
    expect(board(page)).to_be_visible()
    page.keyboard.press("b")
    assert lap(page) == before, "a box without a tyre is no answer"
    page.keyboard.press("o")
    expect(page.locator("main")).not_to_contain_text(re.compile(rf"Lap\s*{before} of"))
    expect(page.get_by_text(re.compile(rf"Lap {before + 1}: Stay out"))).to_be_visible()


def test_the_board_is_deaf_at_first(page):
    start(page)
    drive_to_board(page)
    before = lap(page)
    page.keyboard.press("o")
    page.wait_for_timeout(150)
    assert lap(page) == before


def test_a_whole_race_is_played_without_a_look_ahead_and_every_event_is_proved(page):
    start(page)
    page.guard.requests.clear()
    box_on = 25
    called = False
    for _ in range(300):
        if page.get_by_role("heading", name=re.compile("Score sheet")).count():
            break
        if board(page).count():
            page.wait_for_timeout(650)
            page.keyboard.press("o")
        else:
            if lap(page) + 1 == box_on and not called:
                called = True
                page.keyboard.press("h")
            page.keyboard.press(" ")
        page.wait_for_timeout(120)
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Score sheet: {DRIVER}")
    peeked = [url for url in page.guard.requests if FORBIDDEN.search(url)]
    assert not peeked, peeked
    expect(page.get_by_role("figure", name="Score")).to_contain_text(re.compile(r"Strategy IQ \d+\.\d"))
    expect(page.get_by_role("cell", name="Box for hard")).to_be_visible()
    expect(page.get_by_role("rowheader", name="Best possible")).to_be_visible()
    page.get_by_role("main").get_by_role("link", name="Audit", exact=True).click()
    page.get_by_role("button", name=re.compile(r"Verify \d+")).click()
    expect(page.get_by_text("Proved.")).to_be_visible(timeout=30_000)
    expect(page.get_by_text(re.compile("signed by key [0-9a-f]{8}"))).to_be_visible()


def test_a_reload_shows_the_same_board(page):
    start(page)
    for _ in range(4):
        next_lap(page)
    before = page.locator("dl.tiles").inner_text()
    page.reload()
    expect(page.locator("dl.tiles")).to_be_visible()
    assert page.locator("dl.tiles").inner_text() == before


def test_a_server_that_goes_away_loses_nothing_and_doubles_nothing(page):
    page.guard.allow("Failed to load resource")
    start(page)
    next_lap(page)
    page.route("**/advance", lambda route: route.abort())
    page.keyboard.press(" ")
    expect(page.get_by_role("alert")).to_contain_text("cannot be reached")
    expect(page.get_by_text("nothing is lost")).to_be_visible()
    assert lap(page) == 2
    page.unroute("**/advance")
    page.get_by_role("button", name="Try again").click()
    page.wait_for_function("() => document.querySelector('dl.tiles dd')?.textContent.startsWith('3 of')")
    page.reload()
    expect(page.locator("dl.tiles")).to_contain_text("3 of 57")


def test_an_answer_that_got_lost_is_not_driven_twice(page):
    page.guard.allow("Failed to load resource")
    start(page)

    def swallow(route):
        route.fetch()
        route.abort()

    page.route("**/advance", swallow)
    page.keyboard.press(" ")
    expect(page.get_by_role("alert")).to_contain_text("cannot be reached")
    page.unroute("**/advance")
    page.get_by_role("button", name="Try again").click()
    page.wait_for_function("() => document.querySelector('dl.tiles dd')?.textContent.startsWith('2 of')")


def test_another_tab_that_is_ahead_is_followed(page):
    page.guard.allow("409", "Failed to load resource")
    start(page)
    other = page.context.new_page()
    other.goto(page.url)
    expect(other.locator("dl.tiles")).to_be_visible()
    other.keyboard.press("h")
    next_lap(other)
    for _ in range(3):
        next_lap(other)
    page.keyboard.press("m")
    page.keyboard.press(" ")
    expect(page.locator("dl.tiles")).to_contain_text(re.compile(r"[5-9] of 57"))
    expect(page.get_by_role("alert")).to_be_visible()
    other.close()


def test_results_of_a_race_in_play_are_asked_for_first(page):
    start(page)
    page.goto(f"/autopsy/{RACE}/{DRIVER}")
    expect(page.get_by_role("heading", level=1)).to_have_text("This shows the result")
    page.get_by_role("button", name="Show it anyway").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Autopsy")


def test_somebody_elses_run_says_so(page, browser):
    page.guard.allow("403", "401")
    start(page)
    address = page.url
    page.context.clear_cookies()
    page.evaluate("localStorage.clear()")
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_have_text("Not your run")


def test_a_fork_keeps_what_was_decided_and_names_its_parent(page):
    start(page)
    next_lap(page)
    page.keyboard.press("h")
    next_lap(page)
    next_lap(page)
    parent = page.url
    page.get_by_role("button", name="Fork as a new run").click()
    expect(page).not_to_have_url(parent)
    expect(page.get_by_text("a fork of another run")).to_be_visible()
    expect(page.locator("dl.tiles")).to_contain_text("Hard")


def test_giving_up_is_asked_first(page):
    start(page)
    next_lap(page)
    page.get_by_role("button", name="Give up\u2026").click()
    page.get_by_role("button", name="Give up", exact=True).click()
    expect(page.get_by_role("heading", name="Given up")).to_be_visible()


def test_keys_pressed_faster_than_the_server_answers_are_driven_one_by_one(page):
    start(page)
    page.route("**/advance", lambda route: (page.wait_for_timeout(150), route.continue_()))
    for _ in range(4):
        page.keyboard.press(" ")
    page.keyboard.press("h")
    page.keyboard.press(" ")
    expect(page.locator("dl.tiles")).to_contain_text("5 of 57")
    expect(page.get_by_role("button", name="Box for hard, lap 6")).to_be_visible()
    expect(page.get_by_role("main").get_by_role("alert")).to_have_count(0)


def test_the_tower_holds_the_player_and_measures_to_any_car(page):
    start(page)
    for _ in range(3):
        next_lap(page)
    tower = page.get_by_role("region", name="Tower")
    rows = tower.locator("tbody tr")
    expect(rows).to_have_count(12)
    own = tower.get_by_role("row").filter(has=page.get_by_role("button", name=re.compile(f"^{DRIVER}")))
    expect(own).to_have_attribute("aria-current", "true")
    expect(own).to_contain_text("0.0")
    behind = page.locator("dl.tiles > div").filter(has_text="Behind")
    gap, code = re.search(r"([\d.]+)\u00a0s\s*([A-Z]{3})", behind.inner_text()).groups()
    neighbour = tower.get_by_role("row").filter(has=page.get_by_role("button", name=re.compile(f"^{code}")))
    expect(neighbour).to_contain_text(f"+{gap}")
    neighbour.get_by_role("button").press("Enter")
    expect(tower.get_by_text(f"seconds to {code}")).to_be_visible()
    expect(own).to_contain_text(f"\u2212{gap}")
    page.keyboard.press("v")
    expect(tower.get_by_text("seconds to the car in front")).to_be_visible()
    expect(neighbour).to_contain_text(f"+{gap}")
    tower.get_by_role("button", name="All 20").click()
    expect(rows).to_have_count(20)


def test_where_a_stop_comes_out_is_drawn_for_each_price(page):
    start(page)
    for _ in range(4):
        next_lap(page)
    figure = page.get_by_role("figure", name="Box now?")
    expect(figure).to_contain_text(re.compile(r"You would come out in P\d+"))
    for name in ("Green", "VSC", "SC"):
        expect(figure.get_by_role("img").get_by_text(name, exact=True)).to_be_visible()
    figure.get_by_role("button", name="Table").click()
    assert figure.get_by_role("table").locator("tbody tr").count() >= 15


def test_the_race_so_far_ends_with_the_lap_of_the_run(page):
    start(page)
    for _ in range(5):
        next_lap(page)
    now = lap(page)
    for name in ("Gap to the leader", "Lap chart"):
        figure = page.get_by_role("figure", name=name)
        expect(figure.get_by_role("slider")).to_have_attribute("aria-valuemax", str(now))
    page.get_by_role("figure", name="Lap chart").get_by_role("button", name="Table").click()
    expect(page.get_by_role("figure", name="Lap chart").locator("tbody tr")).to_have_count(now)
    assert not [url for url in page.guard.requests if FORBIDDEN.search(url)]
    expect(page.get_by_role("figure", name="Tyres so far")).to_contain_text(f"by lap {now}")


def test_a_fork_leads_to_its_parent_in_the_audit_too(page):
    start(page)
    next_lap(page)
    next_lap(page)
    parent = page.url.rsplit("/", 1)[1]
    page.get_by_role("button", name="Fork as a new run").click()
    expect(page.get_by_role("link", name="a fork of another run")).to_have_attribute("href", f"/run/{parent}")
    # What a run began from is shown when it is over.
    page.get_by_role("button", name="Give up\u2026").click()
    page.get_by_role("button", name="Give up", exact=True).click()
    expect(page.get_by_role("heading", name="Given up")).to_be_visible()
    page.goto(page.url.replace("/run/", "/audit/run/"))
    expect(page.get_by_text("A branch of another run")).to_be_visible()
    expect(page.get_by_role("link", name="The run it comes from")).to_have_attribute("href", f"/audit/run/{parent}")


def test_running_on_waits_for_what_was_chosen(page):
    start(page)
    page.get_by_text("“Run on” stops at every flag").click()
    page.get_by_label("my place changes").check()
    page.get_by_label("the car ahead or behind comes in").check()
    expect(page.get_by_text("“Run on” stops at every flag, and at 2")).to_be_visible()
    with page.expect_request(re.compile("/advance$")) as sent:
        page.keyboard.press("a")
    assert sent.value.post_data_json["stopOn"] == ["rivalStop", "place"] or sent.value.post_data_json["stopOn"] == ["place", "rivalStop"]
    stopped = page.locator(".banner").filter(has_text=re.compile("has come in|you are P"))
    expect(stopped.or_(board(page)).first).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("^Run on"))).to_be_visible()
    if stopped.count():
        before = lap(page)
        page.get_by_role("button", name=re.compile("^Run on")).click()
        expect(page.locator("main")).not_to_contain_text(re.compile(rf"Lap\s*{before} of"))


def test_running_on_ends_at_the_lap_that_was_set(page):
    start(page)
    page.get_by_text("“Run on” stops at every flag").click()
    page.get_by_label("or at the end of lap").fill("4")
    page.get_by_role("button", name=re.compile("lap a step")).click()
    page.get_by_role("button", name=re.compile("^Run on")).click()
    expect(page.get_by_role("button", name=re.compile("^Run on"))).to_be_visible()
    expect(page.locator("main")).to_contain_text(re.compile(r"Lap\s*4 of"))
    page.wait_for_timeout(800)
    assert lap(page) == 4
