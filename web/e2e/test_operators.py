"""What operators see, and nobody else."""

import json
import os
import re
import shlex
import subprocess
import tempfile

import pytest
from conftest import get, open_page
from playwright.sync_api import expect
from test_account import granted, violations


@pytest.fixture(scope="module")
def operator(browser):
    """The cookies of an operator."""
    return granted(browser, "operator", "isOperator")


def test_nobody_else_is_offered_a_rebuild(page):
    page.goto("/audit")
    expect(page.get_by_role("heading", name="What is built from it")).to_be_visible()
    page.wait_for_load_state("networkidle")
    expect(page.get_by_role("button", name="Rebuild")).to_have_count(0)


@pytest.mark.parametrize("width", [1280, 360])
def test_everything_is_rebuilt_and_found_to_be_the_same(browser, operator, width):
    page = open_page(browser, width=width, storage_state=operator)
    page.goto("/audit")
    page.get_by_role("button", name="Rebuild").click()
    region = page.get_by_role("region", name="Rebuild")
    expect(region.get_by_text("The same.")).to_be_visible(timeout=60_000)
    hashes = [text for text in region.locator("code").all_inner_texts()]
    assert len(hashes) == 2 and hashes[0] == hashes[1] and re.fullmatch(r"[0-9a-f]{8,}", hashes[0]), hashes
    expect(region.get_by_role("status")).to_contain_text("Done")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") == 0
    page.guard.check()
    page.context.close()


def test_a_rebuild_under_way_is_said_and_an_answer_that_fails_is_asked_again(browser, operator):
    page = open_page(browser, storage_state=operator)
    page.guard.allow("409", "503")
    page.goto("/audit")
    page.route("**/api/v1/replay", lambda route: route.fulfill(
        status=409, json={"title": "Conflict", "detail": "The replay 1 is under way: wait for it.", "code": "conflict"}))
    page.get_by_role("button", name="Rebuild").click()
    expect(page.get_by_role("alert")).to_contain_text("under way")
    page.unroute("**/api/v1/replay")
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_text("The same.")).to_be_visible(timeout=60_000)
    page.guard.check()
    page.context.close()


def test_an_import_says_why_it_came_to_nothing(browser, operator):
    page = open_page(browser, storage_state=operator)
    page.goto("/audit")
    region = page.get_by_role("region", name="Import a race")
    region.get_by_label("Season").fill("2023")
    region.get_by_label("Grand Prix").fill("Monaco")
    region.get_by_role("button", name="Import Monaco 2023").click()
    # The server of these tests may ask nobody and has nothing in its cache.
    expect(region.get_by_role("status")).to_contain_text("It failed", timeout=30_000)
    expect(region.get_by_role("status")).to_contain_text("cache")
    expect(region.get_by_role("button", name="Import Monaco 2023")).to_be_enabled()
    assert violations(page) == []
    page.guard.check()
    page.context.close()


def test_a_race_that_is_not_here_is_offered_to_operators_step_by_step(browser, operator, page):
    page.guard.allow("404")
    page.goto("/autopsy/2001/monaco/ADL")
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_role("button", name="Import Monaco 2001")).to_have_count(0)

    mine = open_page(browser, storage_state=operator)
    mine.guard.allow("404")
    job = {"id": "1", "subject": "2001/monaco", "state": "queued", "done": 0, "total": 0, "message": None, "error": None,
           "cancelling": False, "attempts": 0}
    steps = iter([{**job, "state": "running", "done": 3, "total": 9, "message": "livetiming: TimingData"},
                  {**job, "state": "done", "done": 9, "total": 9, "message": "2001 monaco: 20 cars, 78 laps"}])
    mine.route("**/api/v1/races/2001/monaco/import", lambda route: route.fulfill(status=202, json={"job": job, "new": True}))
    mine.route("**/api/v1/jobs/1", lambda route: route.fulfill(json=next(steps)))
    mine.goto("/autopsy/2001/monaco/ADL")
    mine.get_by_role("button", name="Import Monaco 2001").click()
    region = mine.get_by_role("region", name="Import")
    expect(region.get_by_role("status")).to_contain_text("Step 3 of 9: livetiming: TimingData.")
    expect(region.get_by_role("progressbar")).to_be_visible()
    expect(region.get_by_role("status")).to_contain_text("Done: 2001 monaco: 20 cars, 78 laps.")
    mine.guard.check()
    mine.context.close()


def test_rules_that_were_published_stand_beside_those_in_force(operator, page):
    cli = os.environ["BLAME_CLI"]
    with tempfile.NamedTemporaryFile("w", suffix=".json") as document:
        document.write('{"acceptedIQ": 8000, "priorRuns": 12}')
        document.flush()
        subprocess.run([*shlex.split(cli), "rules", "propose", "calmer", document.name], check=True, timeout=120, capture_output=True)
    for _ in range(60):
        page.goto("/leaderboard")
        page.wait_for_load_state("networkidle")
        if page.get_by_role("combobox", name="Beside").count():
            break
    page.get_by_role("combobox", name="Beside").select_option("calmer")
    expect(page.get_by_role("columnheader", name="IQ by calmer")).to_be_visible()
    ours = json.loads(get("/api/v1/leaderboard?limit=50")[2])["rows"]
    theirs = {row["user"]: row["iq"] for row in json.loads(get("/api/v1/leaderboard?limit=200&rules=calmer")[2])["rows"]}
    cells = page.get_by_role("table").locator("tbody tr").first.get_by_role("cell")
    first = ours[0]
    expect(cells.nth(3)).to_have_text(f"{theirs[first['user']]:.1f}")
    expect(page).to_have_url(re.compile("rules=calmer"))
