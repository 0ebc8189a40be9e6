"""Events are read, proved, and a changed one is shown for what it is."""

import base64
import json
import re

import pytest
from conftest import get, open_page
from playwright.sync_api import expect


@pytest.fixture(scope="module")
def run():
    """A finished run of a player of the sample crowd."""
    user = json.loads(get("/api/v1/leaderboard?limit=1")[2])["rows"][0]["user"]
    decisions = json.loads(get(f"/api/v1/audit/users/{user}/decisions?limit=1")[2])["decisions"]
    return {"user": user, "run": decisions[0]["simulation"]}


def test_a_run_is_scrubbed_and_downloaded(page, run):
    page.goto(f"/audit/run/{run['run']}")
    events = json.loads(get(f"/api/v1/audit/simulations/{run['run']}")[2])["events"]
    slider = page.get_by_role("slider")
    expect(slider).to_have_attribute("max", str(len(events)))
    page.locator("main").click(position={"x": 5, "y": 5})
    page.keyboard.press("Home")
    expect(page).to_have_url(re.compile(r"at=1\b"))
    page.keyboard.press("j")
    expect(page).to_have_url(re.compile(r"at=2\b"))
    expect(page.get_by_role("region", name="The event as JSON")).to_contain_text(str(events[1]["position"]))
    with page.expect_download() as download:
        page.get_by_role("button", name="Download", exact=True).click()
    assert json.load(open(download.value.path()))["position"] == events[1]["position"]


def test_a_run_is_proved_in_the_browser(page, run):
    page.goto(f"/audit/run/{run['run']}")
    page.get_by_role("button", name=re.compile("^Verify")).click()
    expect(page.get_by_text("Proved.")).to_be_visible(timeout=30_000)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the proofs").click()
    assert open(download.value.path()).read().startswith("c2sp.org/tlog-proof@v1\n")


def test_everything_of_a_player_is_proved_and_complete(page, run):
    page.goto(f"/audit/user/{run['user']}")
    page.get_by_role("button", name="Verify everything of this player").click()
    expect(page.get_by_text("the list is complete")).to_be_visible(timeout=30_000)


def test_an_event_that_the_api_shows_otherwise_is_named(page, run):
    def change(route):
        answer = route.fetch()
        body = answer.json()
        body["events"][1]["data"]["lap"] = 40
        route.fulfill(response=answer, json=body)

    page.route("**/api/v1/audit/simulations/*", change)
    page.goto(f"/audit/run/{run['run']}")
    page.get_by_role("button", name=re.compile("^Verify")).click()
    alert = page.get_by_role("alert").filter(has_text="Not proved")
    expect(alert).to_contain_text(re.compile(r"Event [\d,]+ is not proved: the log says otherwise of data\.lap"))


def test_a_receipt_with_one_altered_byte_is_refused(page, run):
    def change(route):
        answer = route.fetch()
        lines = answer.text().split("\n")
        line = bytearray(base64.b64decode(lines[1].removeprefix("extra ")))
        line[-3] ^= 1
        lines[1] = "extra " + base64.b64encode(line).decode()
        route.fulfill(response=answer, body="\n".join(lines))

    page.route("**/receipt", change)
    page.goto(f"/audit/run/{run['run']}")
    page.get_by_role("button", name=re.compile("^Verify")).click()
    expect(page.get_by_role("alert").filter(has_text="Not proved")).to_contain_text("does not lead to the root")


def test_a_history_with_a_gap_is_refused(page, run):
    def change(route):
        answer = route.fetch()
        lines = answer.text().split("\n")
        del lines[3]
        lines[-2] = json.dumps({"count": json.loads(lines[-2])["count"] - 1})
        route.fulfill(response=answer, body="\n".join(lines))

    page.route("**/history", change)
    page.goto(f"/audit/user/{run['user']}")
    page.get_by_role("button", name="Verify everything of this player").click()
    expect(page.get_by_role("alert").filter(has_text="Not proved")).to_contain_text("something is left out")


def test_without_receipts_it_says_so(page, run):
    page.guard.allow("404")
    page.route("**/api/v1", lambda route: route.fulfill(json={"endpoints": [{"path": "/api/v1/races"}]}))
    page.goto(f"/audit/run/{run['run']}")
    page.get_by_role("button", name=re.compile("^Verify")).click()
    expect(page.get_by_text("Receipts are not available from this server")).to_be_visible()
    page.unroute("**/api/v1")
    page.route("**/log/key", lambda route: route.fulfill(status=404, body=""))
    page.reload()
    page.get_by_role("button", name=re.compile("^Verify")).click()
    expect(page.get_by_text("Receipts are not available from this server")).to_be_visible()


def test_the_log_shows_its_checkpoint_and_checks_its_signature(page):
    page.goto("/audit")
    log = page.get_by_role("region", name="The log")
    expect(log).to_contain_text("checked in this browser, and true")
    note = get("/api/v1/log/checkpoint")[2].decode().split("\n")
    expect(log).to_contain_text(note[0])


def test_what_is_no_identifier_is_explained(page):
    page.goto("/audit")
    page.get_by_role("textbox", name="Identifier").fill("nonsense")
    page.get_by_role("button", name="Open the run").click()
    expect(page.get_by_role("alert")).to_contain_text("not an identifier")


def test_the_run_is_rebuilt_at_every_event_and_played(page, run):
    page.goto(f"/audit/run/{run['run']}?at=1")
    events = json.loads(get(f"/api/v1/audit/simulations/{run['run']}")[2])["events"]
    state = page.get_by_role("region", name="The run at this event")
    expect(state).to_contain_text("none yet")
    page.locator("main").click(position={"x": 5, "y": 5})
    page.get_by_role("button", name="1\u00a0event a second").click()
    page.get_by_role("button", name="4\u00a0events a second").click()
    page.locator("main").click(position={"x": 5, "y": 5})
    page.keyboard.press(" ")
    expect(page.get_by_text(f"Event {len(events)} of {len(events)}")).to_be_visible()
    iq = next(event["data"]["iq"] for event in events if event["type"] == "SimulationFinished")
    expect(state).to_contain_text(f"{iq / 100:.1f}")
    stops = [event for event in events if event["type"] == "DecisionMade" and event["data"].get("compound") and event["data"]["kind"] != "start"]
    expect(state).to_contain_text(f"lap {stops[0]['data']['lap']}")


def test_events_are_filtered_and_downloaded_as_lines(page, run):
    page.goto(f"/audit/run/{run['run']}")
    events = json.loads(get(f"/api/v1/audit/simulations/{run['run']}")[2])["events"]
    listed = page.get_by_role("region", name="Events").get_by_role("listitem").get_by_role("button")
    expect(listed).to_have_count(len(events))
    page.get_by_role("combobox", name="Show").select_option("DecisionMade")
    expect(listed).to_have_count(len([event for event in events if event["type"] == "DecisionMade"]))
    with page.expect_download() as download:
        page.get_by_role("button", name="JSON lines").click()
    lines = open(download.value.path()).read().splitlines()
    assert [json.loads(line)["position"] for line in lines] == [event["position"] for event in events]


def test_a_missing_version_is_a_row_of_its_own(page, run):
    def change(route):
        answer = route.fetch()
        body = answer.json()
        del body["events"][2]
        route.fulfill(response=answer, json=body)

    page.route("**/api/v1/audit/simulations/*", change)
    page.goto(f"/audit/run/{run['run']}")
    expect(page.get_by_role("alert")).to_have_text("Version 3 of the run is missing.")


def test_a_log_that_was_rewritten_is_noticed(page):
    page.goto("/audit")
    log = page.get_by_role("region", name="The log")
    expect(log).to_contain_text("This browser keeps it")
    page.reload()
    expect(log).to_contain_text(re.compile("It holds the log of [\\d,]+ events that this browser saw before"))
    page.evaluate("""() => { const key = Object.keys(localStorage).find((name) => name.startsWith('blame.checkpoint.'));
      localStorage.setItem(key, '100 ' + 'ab'.repeat(32)); }""")
    page.reload()
    expect(page.get_by_role("alert")).to_contain_text("it was rewritten")


def test_on_a_phone_events_and_state_are_tabs_over_the_scrubber(browser, run):
    page = open_page(browser, width=360)
    page.goto(f"/audit/run/{run['run']}")
    expect(page.get_by_role("tab", name="The event")).to_have_attribute("aria-selected", "true")
    slider = page.get_by_label(re.compile(r"^Event \d+ of"))
    expect(slider).to_be_visible()
    expect(page.get_by_role("heading", name="Events", exact=True)).to_have_count(0)
    page.get_by_role("tab", name="Events").click()
    expect(page.get_by_role("heading", name="Events", exact=True)).to_be_visible()
    expect(slider).to_be_visible()
    page.guard.check()
    page.context.close()
