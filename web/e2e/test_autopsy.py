"""An autopsy is read, by keyboard and as data."""

import csv
import io
import json
import re

from conftest import DRIVER, RACE, get
from playwright.sync_api import expect

URL = f"/autopsy/{RACE}/{DRIVER}"


def answer(path=f"/api/v1/autopsy/{RACE}/{DRIVER}"):
    return json.loads(get(path)[2])


def test_the_verdict_and_the_sums_are_those_of_the_server(page):
    page.goto(URL)
    data = answer()
    expect(page.get_by_text(data["verdict"])).to_be_visible()
    figure = page.get_by_role("figure", name="Where the time went")
    for cost in data["costs"]:
        sign = "+" if cost["milliseconds"] >= 0 else "\u2212"
        seconds = f"{abs(cost['milliseconds']) / 1000:.1f}"
        row = figure.get_by_role("button", name=re.compile(f"^{cost['title']}", re.I))
        expect(row).to_have_attribute("aria-label", re.compile(re.escape((sign if float(seconds) else "") + seconds)))


def test_a_cause_is_chosen_by_arrows_and_the_address_follows(page):
    page.goto(URL)
    evidence = page.get_by_role("region", name="Strategy")
    expect(evidence).to_be_visible()
    page.get_by_role("figure", name="Where the time went").get_by_role("button", name="Strategy").focus()
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("region", name="Pit stops")).to_be_visible()
    expect(page).to_have_url(re.compile("cause=pit_execution_cost"))
    page.keyboard.press("Home")
    expect(page.get_by_role("region", name="Qualifying")).to_be_visible()
    page.reload()
    expect(page.get_by_role("region", name="Qualifying")).to_be_visible()


def test_the_lap_cursor_speaks_and_is_written_into_the_address_when_it_rests(page):
    page.goto(URL)
    cursor = page.get_by_role("slider", name="Lap")
    cursor.focus()
    page.keyboard.press("Home")
    expect(cursor).to_have_attribute("aria-valuetext", re.compile(r"^Lap 1: ADL"))
    page.keyboard.press("ArrowRight")
    page.keyboard.press("PageUp")
    expect(cursor).to_have_attribute("aria-valuenow", "12")
    expect(page).to_have_url(re.compile("lap=12"))
    expect(page.get_by_text(re.compile(r"^Lap 12: ADL"))).to_be_visible()


def test_tabs_go_by_number_and_by_arrows(page):
    page.goto(URL)
    expect(page.get_by_role("tab", name="Story")).to_have_attribute("aria-selected", "true")
    for number, name in enumerate(["Story", "Charts", "Timeline", "Raw laps", "Method"], start=1):
        page.keyboard.press(str(number))
        expect(page.get_by_role("tab", name=name)).to_have_attribute("aria-selected", "true")
    page.get_by_role("tab", name="Method").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="Story")).to_be_focused()


def figures(page, url):
    page.goto(url)
    expect(page.get_by_role("figure").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    return page.get_by_role("figure").all()


def test_every_chart_is_a_table_a_csv_with_the_same_rows_and_a_picture(page):
    count = 0
    for tab in ("story", "charts"):
        for figure in figures(page, f"{URL}?tab={tab}"):
            with page.expect_download() as download:
                figure.get_by_role("button", name="Image").click()
            picture = open(download.value.path(), "rb").read()
            assert picture[:8] == b"\x89PNG\r\n\x1a\n" and len(picture) > 2000
            with page.expect_download() as download:
                figure.get_by_role("button", name="CSV").click()
            rows = list(csv.reader(io.StringIO(open(download.value.path(), newline="").read())))
            figure.get_by_role("button", name="Table").click()
            table = figure.get_by_role("table")
            assert table.locator("thead th").all_inner_texts() == rows[0]
            assert table.locator("tbody tr").count() == len(rows) - 1 > 0
            assert len(figure.locator("p.finding").inner_text()) > 20
            count += 1
    assert count >= 7, count


def test_it_is_set_against_the_team_mate_and_the_winner(page):
    page.goto(URL)
    page.get_by_role("button", name="the team mate").click()
    data = answer(f"/api/v1/autopsy/{RACE}/{DRIVER}?reference=teammate")
    expect(page.get_by_role("figure", name="Where the time went")).to_contain_text(f"against {data['reference']}")
    expect(page).to_have_url(re.compile("ref=teammate"))
    page.get_by_role("button", name="the winner").click()
    expect(page).to_have_url(re.compile("ref=winner"))


def test_raw_laps_are_those_of_the_server(page):
    page.goto(f"{URL}?tab=laps")
    laps = json.loads(get(f"/api/v1/races/{RACE}/laps?driver={DRIVER}")[2])
    page.get_by_role("button", name=re.compile("Show all")).click()
    rows = page.get_by_role("table", name=f"Laps of {DRIVER}").locator("tbody tr")
    expect(rows).to_have_count(len(laps["drivers"][0]["laps"]))
    page.get_by_role("button", name="Time").click()
    expect(page.get_by_role("columnheader", name="Time")).to_have_attribute("aria-sort", "ascending")


def test_a_driver_who_was_not_there_gets_the_servers_reason(page):
    page.guard.allow("422")
    page.goto(f"/autopsy/{RACE}/ZZZ")
    expect(page.get_by_role("alert")).to_contain_text("did not drive in this race")


def test_it_is_set_against_any_other_car(page):
    page.goto(URL)
    page.get_by_role("combobox", name="Another car").select_option("BOK")
    expect(page).to_have_url(re.compile("ref=BOK"))
    expect(page.get_by_role("figure", name="Where the time went")).to_contain_text("against BOK")


def test_causes_by_size_end_with_what_is_unexplained(page):
    page.goto(URL)
    figure = page.get_by_role("figure", name="Where the time went")
    figure.get_by_role("button", name="By size").click()
    figure.get_by_role("button", name="Table").click()
    costs = sorted(answer()["costs"], key=lambda cost: -cost["milliseconds"])
    names = [name.lower() for name in figure.get_by_role("rowheader").all_inner_texts()]
    assert names == [cost["title"].lower() for cost in costs] + ["unexplained", "total"]


def test_evidence_table_and_share_by_key(page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(URL)
    expect(page.get_by_role("figure", name="Gap to the leader")).to_be_visible()
    page.keyboard.press("e")
    assert page.evaluate("document.activeElement.id").startswith("evidence-")
    page.get_by_role("figure", name="Gap to the leader").get_by_role("slider").focus()
    page.keyboard.press("t")
    expect(page.get_by_role("figure", name="Gap to the leader").get_by_role("table")).to_be_visible()
    page.keyboard.press("s")
    expect(page.get_by_text("The address is copied.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == page.url


def test_gaps_to_one_car_and_to_an_even_pace(page):
    page.goto(URL)
    figure = page.get_by_role("figure", name="Gap to the leader")
    figure.get_by_role("button", name=f"To {DRIVER}").click()
    expect(figure.get_by_text(re.compile(f"^Lap \\d+: {DRIVER} 0\\.0"))).to_be_visible()
    figure.get_by_role("button", name="Engineer view").click()
    expect(figure).to_contain_text("a line that falls is slower than that")


def test_lap_times_against_another_car_within_ten_laps_and_with_the_fuel_of_the_last(page):
    page.goto(f"/autopsy/{RACE}/{DRIVER}?tab=charts")
    chart = page.get_by_role("figure", name="Lap times")
    expect(chart.locator(".finding")).to_contain_text("the model is")
    cursor = chart.get_by_role("slider")
    cursor.focus()
    plain = cursor.get_attribute("aria-valuetext")
    chart.get_by_role("button", name="With the fuel of the last lap").click()
    expect(cursor).not_to_have_attribute("aria-valuetext", plain)
    expect(chart).to_contain_text("compare a driver with himself")
    chart.get_by_label("Against").select_option("BOK")
    expect(chart.locator(".finding")).to_contain_text(re.compile(r"ADL was faster than BOK on \d+ of \d+ laps"))
    chart.get_by_label("Laps").select_option("10")
    chart.get_by_role("button", name="Table", exact=True).click()
    rows = chart.get_by_role("table").locator("tbody tr")
    expect(rows.first).to_be_visible()
    assert rows.count() <= 10
    data = json.loads(get(f"/api/v1/races/{RACE}/laps")[2])
    columns = data["columns"]
    times = {driver["code"]: {row[columns.index("lap")]: row[columns.index("timeMilliseconds")] for row in driver["laps"]} for driver in data["drivers"]}
    first = int(rows.first.get_by_role("cell").first.inner_text() if rows.first.get_by_role("rowheader").count() == 0 else rows.first.get_by_role("rowheader").inner_text())
    gap = times["ADL"][first] - times["BOK"][first]
    expect(rows.first).to_contain_text(f"{abs(gap) / 1000:.3f}")


def test_alternatives_have_the_intervals_of_the_server(page):
    page.goto(f"/autopsy/{RACE}/{DRIVER}?tab=charts")
    chart = page.get_by_role("figure", name="What else could have been driven")
    best = json.loads(get(f"/api/v1/autopsy/{RACE}/{DRIVER}")[2])["alternatives"][0]
    low, high = best["deltaInterval"]["low"], best["deltaInterval"]["high"]
    assert low < high
    chart.get_by_role("button", name="Table", exact=True).click()
    row = chart.get_by_role("table").locator("tbody tr").first
    for value in (low, high):
        expect(row).to_contain_text(re.compile(rf"{abs(value) / 1000:.1f}|{abs(value) / 1000:g}"))
