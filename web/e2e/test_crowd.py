"""Windows, heatmaps, leaderboard and teams: what they show is what the server says."""

import json
import re
import time
import urllib.parse

from conftest import CIRCUIT, get
from playwright.sync_api import expect


def api(path):
    return json.loads(get(f"/api/v1{path}")[2])


def computed(path):
    """The answer once no race is being computed for it any more."""
    end = time.monotonic() + 120
    while (answer := api(path))["pending"]:
        assert time.monotonic() < end, f"still being computed: {answer['pending']}"
        time.sleep(0.5)
    return answer


def test_windows_open_their_confidence(page):
    page.goto("/optimal")
    page.get_by_role("combobox", name="Race").select_option("2000/sample")
    page.get_by_role("button", name="Open").click()
    expect(page).to_have_url(re.compile(f"/optimal/{CIRCUIT}/2000"))
    data = api(f"/optimal/{CIRCUIT}/2000")
    expect(page.get_by_text(f"Confidence {data['confidence']} %")).to_be_visible()
    for stop in data["stops"]:
        window = stop["window"]
        section = page.get_by_role("region", name=f"Stop {stop['stop']}")
        expect(section).to_contain_text(f"laps {window['firstLap']}\u2013{window['lastLap']}")
        expect(section).to_contain_text(f"{stop['confidence']} %")


def test_the_grid_is_walked_by_keys_and_its_table_says_the_same(page):
    page.goto(f"/heatmap/{CIRCUIT}/2000")
    grid = page.get_by_role("grid")
    cells = api(f"/heatmap/{CIRCUIT}/2000?stops=2")["cells"]
    best = min((cell for cell in cells if cell["modelMilliseconds"] is not None), key=lambda cell: cell["modelMilliseconds"])
    reading = page.get_by_text(re.compile(r"^Pit \d+ and \d+:"))
    expect(reading).to_have_text(re.compile(f"^Pit {best['first']} and {best['second']}:"))
    grid.focus()
    page.keyboard.press("ArrowUp")
    expect(reading).to_have_text(re.compile(f"^Pit {best['first']} and {best['second'] + 1}:"))
    page.keyboard.press("PageDown")
    expect(reading).to_have_text(re.compile(f"^Pit {best['first']} and {best['second'] - 4}:"))
    page.get_by_role("button", name="Table").click()
    first = page.get_by_role("table").locator("tbody tr").first
    expect(first.get_by_role("rowheader")).to_have_text(str(best["first"]))
    expect(first.get_by_role("cell").first).to_have_text(str(best["second"]))


def test_one_stop_is_a_line(page):
    page.goto(f"/heatmap/{CIRCUIT}/2000")
    page.get_by_role("button", name="1\u00a0stop", exact=True).click()
    expect(page).to_have_url(re.compile("stops=1"))
    slider = page.get_by_role("slider")
    slider.focus()
    page.keyboard.press("End")
    last = max(cell["first"] for cell in api(f"/heatmap/{CIRCUIT}/2000?stops=1")["cells"])
    expect(slider).to_have_attribute("aria-valuenow", str(last))


def test_blame_of_a_season_asks_before_it_tells(page):
    data = computed("/heatmap/blame/2000?cause=strategy_error")
    page.goto("/heatmap/blame/2000")
    expect(page.get_by_role("grid")).to_have_count(0)
    page.get_by_role("button", name="Show the season").click()
    grid = page.get_by_role("grid", name="Costs by driver and race")
    grid.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("End")
    driver, race = data["drivers"][1], data["races"][-1]
    cell = next(each for each in driver["races"] if each["round"] == race["round"])
    cost = f"{abs(cell['milliseconds']) / 1000:.1f}"
    expect(page.locator(".reading")).to_contain_text(re.compile(rf"^{driver['driver']}, .*{re.escape(cost)}"))
    expect(grid.get_by_role("gridcell")).to_have_attribute("aria-label", re.compile(rf"^{driver['driver']}, .*{re.escape(cost)}"))
    page.get_by_role("button", name="Table", exact=True).click()
    expect(page.get_by_role("table").locator("tbody tr")).to_have_count(len(data["drivers"]))
    page.get_by_role("button", name="Table", exact=True).click()
    page.get_by_role("button", name="places").click()
    expect(page).to_have_url(re.compile("unit=places"))
    places = "not computed" if cell["placesLost"] is None else f"{cell['placesLost']} places"
    expect(page.locator(".reading")).to_be_visible()
    grid.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    expect(page.locator(".reading")).to_contain_text(places)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(rf"/autopsy/2000/{race['gp']}/{driver['driver']}$"))
    page.go_back()
    page.get_by_role("button", name="Show the season").click()
    page.get_by_role("button", name="car pace").click()
    expect(page.get_by_role("heading", name="Cost of car pace")).to_be_visible()


def test_the_leaderboard_pages_and_leads_to_players(page):
    page.goto("/leaderboard")
    data = api("/leaderboard?limit=50")
    rows = page.get_by_role("table").locator("tbody tr")
    expect(rows).to_have_count(len(data["rows"]))
    expect(rows.first).to_contain_text(f"{data['rows'][0]['iq']:.1f}")
    page.get_by_role("button", name="Next 50").click()
    second = api(f"/leaderboard?limit=50&after={data['next']}")
    expect(rows.first).to_contain_text(second["rows"][0]["name"])
    page.get_by_role("button", name="Page before").click()
    expect(rows.first).to_contain_text(data["rows"][0]["name"])
    rows.first.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(data["rows"][0]["name"])
    expect(page.get_by_text(re.compile(r"^Rank 1, Strategy IQ "))).to_be_visible()


def test_a_player_is_found_by_name_among_neighbours(page):
    page.guard.allow("404")
    page.goto("/leaderboard")
    row = api("/leaderboard?limit=50")["rows"][20]
    search = page.get_by_role("search", name="Players")
    search.get_by_label("Player").fill(row["name"])
    search.get_by_role("button", name="Find").click()
    found = page.get_by_role("region", name=f"Place of {row['name']}")
    expect(found).to_be_focused()
    expect(found.locator("tr[aria-current]")).to_contain_text(row["name"])
    expect(found.locator("tr[aria-current]")).to_contain_text(f"{row['iq']:.1f}")
    found.get_by_role("button", name="Hide").click()
    search.get_by_label("Player").fill("nobody of that name")
    search.get_by_role("button", name="Find").click()
    expect(page.get_by_role("alert")).to_contain_text("no player")


def test_the_leaderboard_says_what_moved_within_a_week(page):
    page.goto("/leaderboard")
    expect(page.get_by_role("columnheader", name="7 days")).to_be_visible()
    # Everybody in these tests began a moment ago.
    expect(page.get_by_role("table").locator("tbody tr").first).to_contain_text("new")
    past = api("/leaderboard?limit=50")["rows"][::-1]
    body = {**api("/leaderboard?limit=50"), "rows": [{**row, "rank": place + 1} for place, row in enumerate(past)], "next": None}
    page.route(re.compile(r"leaderboard.*asOf="), lambda route: route.fulfill(json=body))
    page.reload()
    rows = page.get_by_role("table").locator("tbody tr")
    expect(rows.first).to_contain_text(f"up {len(past) - 1} \u2191")
    expect(rows.last).to_contain_text(re.compile(r"down \d+ \u2193"))


def test_the_leaderboard_of_a_circuit(page):
    page.goto("/leaderboard")
    page.get_by_role("combobox", name="Of").select_option("season:2000")
    expect(page).to_have_url(re.compile("scope=season"))
    expect(page.get_by_role("table").locator("tbody tr")).to_have_count(len(api("/leaderboard?limit=50&season=2000")["rows"]))
    page.get_by_role("combobox", name="Of").select_option(f"circuit:{CIRCUIT}")
    assert api(f"/leaderboard?circuit={CIRCUIT}")["rows"] == []
    expect(page.get_by_role("heading", name="Nobody is listed yet")).to_be_visible()
    page.goto("/leaderboard?scope=nonsense")
    expect(page.get_by_role("combobox", name="Of")).to_have_value("all")


def test_teams_lead_to_cars_and_autopsies(page):
    data = computed("/teams?year=2000")
    page.goto("/teams")
    table = page.get_by_role("table")
    expect(table.locator("tbody tr")).to_have_count(len(data["teams"]))
    team = data["teams"][0]
    table.get_by_role("link", name=team["team"]).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"{team['team']} 2000")
    for driver in team["drivers"]:
        expect(page.get_by_role("heading", name=driver)).to_be_visible()
    page.get_by_role("table", name=re.compile(f"Races of {team['drivers'][0]}")).get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Autopsy: ")


def test_figures_of_teams_sort(page):
    data = computed("/teams?year=2000")
    page.goto("/teams")
    header = page.get_by_role("columnheader", name="Strategy")
    header.get_by_role("button").click()
    expect(header).to_have_attribute("aria-sort", "ascending")
    header.get_by_role("button").click()
    expect(header).to_have_attribute("aria-sort", "descending")
    cost = lambda team: next(c["milliseconds"] for c in team["costs"] if c["cause"] == "strategy_error")
    most = max(data["teams"], key=cost)
    expect(page.get_by_role("table").locator("tbody tr").first).to_contain_text(most["team"])


def test_windows_of_an_earlier_event_and_back_to_now(page):
    page.goto(f"/optimal/{CIRCUIT}/2000")
    now = api(f"/optimal/{CIRCUIT}/2000")
    slider = page.get_by_role("slider", name="As of event")
    expect(slider).to_be_enabled()
    slider.focus()
    page.keyboard.press("Home")
    expect(page).to_have_url(re.compile(r"at=1\b"))
    expect(page.get_by_text("what was known as of event 1.")).to_be_visible()
    then = api(f"/optimal/{CIRCUIT}/2000?asOf=1")
    assert then["users"] != now["users"]
    expect(page.get_by_text("Model only, 0 people")).to_be_visible()
    page.reload()
    expect(page.get_by_text("Model only, 0 people")).to_be_visible()
    page.get_by_role("button", name="Now").click()
    expect(page).not_to_have_url(re.compile("at="))
    expect(page.get_by_text(f"Confidence {now['confidence']} %")).to_be_visible()


def test_strategies_are_those_of_the_engine_and_the_real_race_is_put_beside_them(page):
    page.goto(f"/optimal/{CIRCUIT}/2000")
    figure = page.get_by_role("figure", name="Strategies")
    figure.get_by_role("button", name="Table").click()
    rows = figure.locator("tbody tr")
    expect(rows).to_have_count(5)
    cells = [cell for stops in (1, 2) for cell in api(f"/heatmap/{CIRCUIT}/2000?stops={stops}")["cells"] if cell["modelMilliseconds"] is not None]
    best = min(cell["modelMilliseconds"] for cell in cells)
    expect(rows.first).to_contain_text(f"{best / 1000:.1f}\u00a0s")
    expect(page.get_by_role("region", name="Crowd, engine and winner")).to_have_count(0)
    assert not [url for url in page.guard.requests if "/laps" in url]
    page.keyboard.press("c")
    expect(page.get_by_role("region", name="Crowd, engine and winner")).to_contain_text("really")


def test_the_density_of_stops_is_read_by_keys(page):
    page.goto(f"/optimal/{CIRCUIT}/2000")
    figure = page.get_by_role("figure", name="Pit windows")
    cursor = figure.get_by_role("slider")
    cursor.focus()
    page.keyboard.press("Home")
    page.keyboard.press("PageUp")
    stop = api(f"/optimal/{CIRCUIT}/2000")["stops"][0]
    expect(cursor).to_have_attribute("aria-valuetext", re.compile(f"^Lap 11: stop 1 {stop['densityMillionths'][11] / 10000:.1f} %, model {stop['priorMillionths'][11] / 10000:.1f} %"))


def test_a_cell_of_the_heatmap_leads_to_its_runs(page):
    cells = api(f"/heatmap/{CIRCUIT}/2000?stops=2")["cells"]
    most = max(cells, key=lambda cell: cell["runs"])
    page.goto(f"/heatmap/{CIRCUIT}/2000?metric=runs")
    grid = page.get_by_role("grid")
    reading = page.get_by_text(re.compile(r"^Pit \d+ and \d+:"))
    grid.focus()
    for key, index in (("ArrowRight", 0), ("ArrowUp", 1)):
        for _ in range(80):
            now = [int(number) for number in re.findall(r"\d+", reading.inner_text().split(":")[0])]
            goal = [most["first"], most["second"]][index]
            if now[index] == goal:
                break
            page.keyboard.press(key if now[index] < goal else {"ArrowRight": "ArrowLeft", "ArrowUp": "ArrowDown"}[key])
    page.keyboard.press("Enter")
    region = page.get_by_role("region", name=f"Runs that stopped on laps {most['first']} and {most['second']}")
    expect(region.locator("tbody tr")).to_have_count(min(10, most["runs"]))
    runs = api(f"/heatmap/{CIRCUIT}/2000/runs?first={most['first']}&second={most['second']}")["runs"]
    assert len(runs) == most["runs"]
    expect(region.locator("tbody tr").first).to_contain_text(f"{runs[0]['iq']:.1f}")
    region.get_by_role("link", name="events").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Audit of a run")


def test_runs_against_the_model_and_the_real_stops(page):
    page.goto(f"/heatmap/{CIRCUIT}/2000")
    page.get_by_role("button", name="Runs against model").click()
    expect(page).to_have_url(re.compile("metric=difference"))
    expect(page.get_by_role("list", name="Legend")).to_contain_text("sooner by more than 4 s")
    page.get_by_role("button", name="Real stops").click()
    expect(page.locator("svg .ring").first).to_be_visible()


def test_stops_and_calls_of_a_team_are_those_of_its_races(page):
    data = computed("/teams/2000/aurora")
    page.goto("/teams/2000/aurora")
    stops = sum(len(race["pitStops"]) for car in data["cars"] for race in car["races"])
    for name, count in (("Stops", stops), ("Calls", sum(data["calls"].values()))):
        figure = page.get_by_role("figure", name=name, exact=True)
        expect(figure.locator("svg .stop")).to_have_count(count)
        figure.get_by_role("button", name="Table").click()
        expect(figure.locator("tbody tr")).to_have_count(count)


def test_windows_of_a_time(page):
    page.goto(f"/optimal/{CIRCUIT}/2000?at=2000-01-01T00:00:00Z")
    expect(page.get_by_text("what was known as of 1 Jan 2000, 00:00:00 UTC")).to_be_visible()
    page.get_by_role("button", name="Now").click()
    expect(page).not_to_have_url(re.compile("at="))
    page.get_by_label("Or of a time, UTC").fill("2099-12-31T23:59:59")
    expect(page).to_have_url(re.compile("at=2099-12-31T23"))
    now = api(f"/optimal/{CIRCUIT}/2000")
    expect(page.get_by_text(f"Confidence {now['confidence']} %")).to_be_visible()
    page.goto(f"/optimal/{CIRCUIT}/2000?at=nonsense")
    expect(page.get_by_text(f"Confidence {now['confidence']} %")).to_be_visible()


def test_a_players_runs_are_those_of_the_server_in_the_order_played(page):
    name = api("/leaderboard?limit=1")["rows"][0]["name"]
    page.goto(f"/u/{name}")
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    data = api(f"/players/{urllib.parse.quote(name)}")
    figure = page.get_by_role("figure", name="Strategy IQ, run by run")
    expect(figure.locator("svg .stop")).to_have_count(len(data["runs"]))
    cursor = figure.get_by_role("slider")
    cursor.focus()
    page.keyboard.press("Home")
    first = data["runs"][-1]
    expect(cursor).to_have_attribute("aria-valuetext", re.compile(f"^Run 1: {first['iqHundredths'] / 100:.1f}, ranked"))
    figure.get_by_role("button", name="Table").click()
    expect(figure.locator("tbody tr")).to_have_count(min(20, len(data["runs"])))
    figure.get_by_role("rowheader").first.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Audit of a run")
    page.guard.allow("404")
    page.goto("/u/nobody of that name")
    expect(page.get_by_role("main").get_by_role("alert")).to_contain_text("There is no player")


def test_jump_to_me_says_how_a_guest_gets_listed(page):
    page.goto("/leaderboard")
    expect(page.get_by_role("table")).to_be_visible()
    page.keyboard.press("m")
    place = page.get_by_role("region", name="My place")
    expect(place).to_be_focused()
    expect(place).to_contain_text("Guests are not ranked")
    place.get_by_role("button", name="Hide").click()
    expect(page.get_by_role("button", name="Jump to me")).to_be_visible()


def test_words_that_come_late_do_not_take_the_focus(page):
    held = []
    page.route("**/api/v1/races", lambda route: held.append(route))
    page.goto(f"/optimal/{CIRCUIT}/2000")
    cursor = page.get_by_role("figure", name="Pit windows").get_by_role("slider")
    cursor.focus()
    page.keyboard.press("Home")
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text(f"Optimal windows: {CIRCUIT} 2000")
    for route in held:
        route.continue_()
    expect(heading).to_have_text("Optimal windows: Sample Grand Prix 2000")
    expect(cursor).to_be_focused()
    page.keyboard.press("PageUp")
    expect(cursor).to_have_attribute("aria-valuenow", "11")
