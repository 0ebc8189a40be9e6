"""What operators see, and nobody else."""

import re

import pytest
from conftest import open_page
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
