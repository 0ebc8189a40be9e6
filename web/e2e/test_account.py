"""Signing up, signing in, the account, and what a guest keeps."""

import json
import os
import re
import shlex
import subprocess
import uuid

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import DRIVER, RACE, open_page
from playwright.sync_api import expect

PASSWORD = "correct horse battery staple"
# Passwords are hashed slowly on purpose, one at a time.
HASHING = 20_000


def sign_up(page, next_path="/account"):
    name = f"Ada {uuid.uuid4().hex[:8]}"
    page.goto(f"/sign-up?next={next_path}")
    page.get_by_label("Name, shown to everybody").fill(name)
    page.get_by_label("E-mail address").fill(f"{name.replace(' ', '.')}@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign up", exact=True).click()
    return name


def email_of(name):
    return f"{name.replace(' ', '.')}@example.org"


@pytest.fixture(scope="module")
def account(browser):
    """One account for all tests that leave it as it is: an address may sign up only so often."""
    page = open_page(browser)
    name = sign_up(page)
    expect(page.get_by_role("heading", name=name)).to_be_visible(timeout=HASHING)
    state = page.context.storage_state()
    page.context.close()
    return {"name": name, "state": state}


def signed(browser, account):
    page = open_page(browser, storage_state=account["state"])
    page.name = account["name"]
    page.goto("/account")
    expect(page.get_by_role("heading", name=page.name)).to_be_visible()
    return page


@pytest.fixture
def signed_in(browser, account):
    page = signed(browser, account)
    yield page
    page.guard.check()
    page.context.close()


@pytest.fixture
def newcomer(page):
    """An account of its own, for what changes or ends it."""
    page.name = sign_up(page)
    expect(page.get_by_role("heading", name=page.name)).to_be_visible(timeout=HASHING)
    return page


def sign_in(page, name, next_path, password=PASSWORD):
    page.goto(f"/sign-in?next={next_path}")
    page.get_by_label("E-mail address").fill(email_of(name))
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("button", name="One moment\u2026")).to_have_count(0, timeout=HASHING)


def test_what_is_missing_is_summed_up_with_links_to_the_fields(page):
    page.goto("/sign-up")
    page.get_by_role("button", name="Sign up", exact=True).click()
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(summary.get_by_role("link")).to_have_count(3)
    summary.get_by_role("link", name=re.compile("e-mail address")).click()
    field = page.get_by_label("E-mail address")
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    assert page.evaluate("document.getElementById(document.activeElement.getAttribute('aria-describedby')).textContent") == "Enter an e-mail address, such as ada@example.org."


def test_the_password_can_be_seen_and_managers_know_the_fields(page):
    page.goto("/sign-up")
    field = page.get_by_label("Password", exact=True)
    expect(field).to_have_attribute("autocomplete", "new-password")
    expect(page.get_by_label("E-mail address")).to_have_attribute("autocomplete", "email")
    field.fill("a secret")
    page.get_by_role("button", name="Show password").click()
    expect(field).to_have_attribute("type", "text")
    page.get_by_role("button", name="Hide password").click()
    expect(field).to_have_attribute("type", "password")
    page.goto("/sign-in")
    expect(page.get_by_label("Password", exact=True)).to_have_attribute("autocomplete", "current-password")
    expect(page.get_by_label("E-mail address")).to_have_attribute("autocomplete", "username")


def test_no_script_can_read_the_session(signed_in):
    cookies = {cookie["name"]: cookie for cookie in signed_in.context.cookies()}
    assert cookies["blame_access"]["httpOnly"] and cookies["blame_refresh"]["httpOnly"]
    assert cookies["blame_refresh"]["sameSite"] == "Strict"
    kept = signed_in.evaluate("JSON.stringify({ ...localStorage, ...sessionStorage }) + document.cookie")
    for name in ("blame_access", "blame_refresh"):
        assert cookies[name]["value"] not in kept


def test_a_run_of_a_guest_is_kept_when_signing_up(page):
    page.goto(f"/simulator/{RACE}/{DRIVER}")
    expect(page.get_by_text("You play as a guest")).to_be_visible()
    page.get_by_role("button", name="Start the race").click()
    expect(page.get_by_role("heading", name="Written down")).to_be_visible()
    run = page.url
    sign_up(page)
    expect(page.get_by_role("status").filter(has_text="1\u00a0run you played as a guest is yours now")).to_be_visible(timeout=HASHING)
    page.get_by_role("link", name="Go on").click()
    expect(page).to_have_url(re.compile("/account$"))
    page.goto(run)
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Pit wall: {DRIVER}")
    expect(page.get_by_text("practice")).to_be_visible()
    page.get_by_role("button", name=re.compile("^Next lap")).click()
    expect(page.locator("dl.tiles")).to_contain_text("2 of 57")


def test_who_signs_up_may_play_ranked(signed_in):
    signed_in.goto(f"/simulator/{RACE}/{DRIVER}")
    expect(signed_in.get_by_role("radio", name="Ranked")).to_be_checked()
    signed_in.get_by_role("button", name="Start the race").click()
    expect(signed_in.get_by_role("heading", name="Written down")).to_be_visible()
    expect(signed_in.get_by_text(re.compile(r"2000, ranked"))).to_be_visible()
    signed_in.goto(f"/simulator/{RACE}/{DRIVER}")
    signed_in.get_by_role("radio", name="Practice").check()
    signed_in.get_by_role("button", name="Start the race").click()
    expect(signed_in.get_by_text(re.compile(r"2000, practice"))).to_be_visible()


def test_wrong_password_and_unknown_address_read_the_same(page, account):
    page.guard.allow("401")
    said = []
    for name in (account["name"], "Nobody"):
        sign_in(page, name, "/teams", "wrong")
        expect(page.get_by_role("alert")).to_be_focused()
        said.append(page.get_by_role("alert").inner_text())
    assert said[0] == said[1]
    sign_in(page, account["name"], "/teams")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Teams")
    expect(page.get_by_role("button", name=re.compile(account["name"][:12]))).to_be_visible()


def test_it_goes_back_only_to_a_page_of_ours(page, account):
    sign_in(page, account["name"], "//elsewhere.example/x")
    expect(page.get_by_role("heading", level=1)).to_have_text("Who lost the race?")


def test_too_many_tries_say_how_long_to_wait(page):
    page.guard.allow("429")
    page.route("**/auth/login", lambda route: route.fulfill(
        status=429, headers={"Retry-After": "3"}, json={"title": "Too many requests", "detail": "Try again in 3 s.", "code": "too-many-requests"}))
    page.goto("/sign-in")
    page.get_by_label("E-mail address").fill("ada@example.org")
    page.get_by_label("Password", exact=True).fill("whatever")
    button = page.get_by_role("button", name="Sign in", exact=True)
    button.click()
    expect(page.get_by_text(re.compile(r"You can try again in \d\u00a0second"))).to_be_visible()
    expect(button).to_be_disabled()
    expect(button).to_be_enabled(timeout=6000)
    expect(page.get_by_label("Password", exact=True)).to_have_value("whatever")


def test_a_taken_name_is_said_at_the_name(signed_in, browser):
    other = open_page(browser)
    other.guard.allow("409", "422")
    other.goto("/sign-up")
    other.get_by_label("Name, shown to everybody").fill(signed_in.name)
    other.get_by_label("E-mail address").fill(f"{uuid.uuid4().hex}@example.org")
    other.get_by_label("Password", exact=True).fill(PASSWORD)
    other.get_by_role("button", name="Sign up", exact=True).click()
    expect(other.get_by_label("Name, shown to everybody")).to_have_attribute("aria-invalid", "true")
    other.guard.check()
    other.context.close()


def test_another_device_is_listed_and_ended(signed_in, browser):
    other = open_page(browser, user_agent="Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/140.0")
    other.guard.allow("401")
    sign_in(other, signed_in.name, "/account")
    expect(other.get_by_role("region", name="Devices", exact=True).get_by_text("(this one)")).to_be_visible()
    signed_in.reload()
    row = signed_in.get_by_role("row").filter(has_text="Firefox on Windows")
    row.get_by_role("button", name=re.compile("^End")).click()
    expect(row).to_have_count(0)
    other.goto("/account")
    expect(other.get_by_role("heading", name="You are not signed in")).to_be_visible()
    other.guard.check()
    other.context.close()


def test_password_and_address_are_changed_with_the_password_so_far(newcomer):
    page = newcomer
    page.guard.allow("401")
    form = page.get_by_role("form", name="Change the password")
    form.get_by_label("Password so far").fill("not it")
    form.get_by_label("New password").fill("another horse battery")
    form.get_by_role("button", name="Change the password").click()
    expect(form.get_by_role("alert")).to_contain_text("not your password")
    form.get_by_label("Password so far").fill(PASSWORD)
    form.get_by_role("button", name="Change the password").click()
    expect(form.get_by_role("status")).to_contain_text("The password is changed")
    form = page.get_by_role("form", name="Change the e-mail address")
    moved = f"{uuid.uuid4().hex}@example.org"
    form.get_by_label("New e-mail address").fill(moved)
    form.get_by_label("Your password").fill("another horse battery")
    form.get_by_role("button", name="Change the e-mail address").click()
    expect(form.get_by_role("status")).to_contain_text("is changed")
    expect(page.get_by_role("definition").filter(has_text=moved)).to_be_visible()
    page.reload()
    expect(page.get_by_role("definition").filter(has_text=moved)).to_be_visible()


def test_the_export_holds_the_account_and_every_event(signed_in):
    page = signed_in
    page.goto(f"/simulator/{RACE}/{DRIVER}")
    page.get_by_role("button", name="Start the race").click()
    expect(page.get_by_role("heading", name="Written down")).to_be_visible()
    page.goto("/account")
    with page.expect_download() as download:
        page.get_by_role("link", name="Export").click()
    lines = [json.loads(line) for line in open(download.value.path()).read().splitlines()]
    assert lines[0]["account"]["name"] == page.name
    assert lines[-1]["count"] >= 2


def test_closing_asks_for_the_name_and_is_for_good(newcomer):
    page = newcomer
    page.guard.allow("401")
    page.get_by_role("button", name="Close the account\u2026").click()
    page.get_by_role("button", name="Close the account for good").click()
    expect(page.get_by_label(f"Type {page.name} to confirm")).to_have_attribute("aria-invalid", "true")
    page.get_by_label(f"Type {page.name} to confirm").fill(page.name)
    page.get_by_role("button", name="Close the account for good").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Who lost the race?")
    assert not [cookie for cookie in page.context.cookies() if cookie["name"].startswith("blame_")]
    sign_in(page, page.name, "/")
    expect(page.get_by_role("alert")).to_contain_text("no account with this e-mail address and password")


def test_the_menu_of_the_account_opens_closes_and_signs_out(page, account):
    sign_in(page, account["name"], "/account")
    page.name = account["name"]
    button = page.get_by_role("button", name=re.compile(f"^{page.name[:12]}"))
    button.click()
    expect(page.get_by_role("link", name="Your decisions")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Your decisions")).to_be_hidden()
    button.click()
    page.get_by_role("banner").get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()
    page.goto("/account")
    expect(page.get_by_role("heading", name="You are not signed in")).to_be_visible()


def test_a_session_that_runs_out_is_renewed_before_it_is_used(newcomer):
    page = newcomer
    before = {cookie["name"]: cookie["value"] for cookie in page.context.cookies()}
    page.evaluate("""() => { const kept = JSON.parse(localStorage.getItem('blame.account')); kept.until = 0;
      localStorage.setItem('blame.account', JSON.stringify(kept)); }""")
    page.context.clear_cookies(name="blame_access")
    page.reload()
    expect(page.get_by_role("heading", name=page.name)).to_be_visible()
    after = {cookie["name"]: cookie["value"] for cookie in page.context.cookies()}
    assert after["blame_refresh"] != before["blame_refresh"] and after["blame_access"]


def granted(browser, right, member):
    """The cookies of a new account that an operator gave a right by command; the server sees it within its own time."""
    cli = os.environ.get("BLAME_CLI")
    if not cli:
        pytest.skip("BLAME_CLI, a command that runs `blame` on the server's database, is not set: nobody can be given a right")
    page = open_page(browser)
    name = sign_up(page)
    expect(page.get_by_role("heading", name=name)).to_be_visible(timeout=HASHING)
    subprocess.run([*shlex.split(cli), "users", f"grant-{right}", name], check=True, timeout=120, capture_output=True)
    for _ in range(240):
        if page.request.get("/api/v1/auth/me").json()[member]:
            break
        page.wait_for_timeout(500)
    assert page.request.get("/api/v1/auth/me").json()[member], f"{right} was granted, and the server does not know"
    state = page.context.storage_state()
    page.context.close()
    return state


AXE = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page):
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": AXE}}).response["violations"]
    return [(each["id"], each["nodes"][0]["target"]) for each in found]


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("width", [1280, 360, 320])
def test_axe_finds_nothing_on_the_account_its_menu_and_a_form_with_errors(browser, account, theme, width):
    page = open_page(browser, width=width, color_scheme=theme, reduced_motion="reduce", storage_state=account["state"])
    page.goto("/account")
    expect(page.get_by_role("region", name="Devices", exact=True)).to_be_visible()
    page.get_by_role("button", name="Change the password").click()
    page.get_by_role("button", name="Close the account\u2026").click()
    page.get_by_role("button", name=re.compile(f"^{account['name'][:12]}")).click()
    expect(page.get_by_role("link", name="Your decisions")).to_be_visible()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") == 0
    page.keyboard.press("Escape")
    page.goto("/sign-up")
    page.get_by_role("button", name="Sign up", exact=True).click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert violations(page) == []
    page.goto("/leaderboard")
    expect(page.get_by_role("table")).to_be_visible()
    page.get_by_role("banner").get_by_role("button", name="Search").click()
    page.get_by_role("dialog").get_by_role("combobox").fill("ada")
    expect(page.get_by_role("option").first).to_be_visible()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") == 0
    page.guard.check()
    page.context.close()
