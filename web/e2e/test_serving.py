"""What the server sends: headers, caching, compression, and what it refuses."""

import gzip
import http.client
import re

from conftest import BASE, DRIVER, RACE, get

HTML = {"Accept": "text/html"}


def assets():
    document = get("/")[2].decode()
    return re.findall(r'(?:src|href)="(/assets/[^"]+)"', document)


def test_the_document_has_a_strict_policy_and_is_checked_each_time():
    status, headers, body = get("/", HTML)
    assert status == 200 and headers["content-type"].startswith("text/html")
    policy = headers["content-security-policy"]
    for part in ("default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'", "trusted-types 'none'"):
        assert part in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]
    assert headers["cache-control"] == "no-cache"
    again = get("/", {**HTML, "If-None-Match": headers["etag"]})
    assert again[0] == 304 and again[2] == b""
    assert b"%" not in re.sub(rb"%[0-9A-F]{2}", b"", body), "a place in the document was not filled"


def test_assets_never_change_and_come_compressed():
    found = assets()
    assert len(found) >= 2
    for path in found:
        status, headers, body = get(path, {"Accept-Encoding": "gzip"})
        assert status == 200 and headers["content-encoding"] == "gzip"
        assert headers["cache-control"] == "public, max-age=31536000, immutable"
        assert headers["vary"] == "Accept-Encoding"
        plain = get(path)
        assert "content-encoding" not in plain[1] and plain[2] == gzip.decompress(body)


def test_a_missing_asset_is_no_page():
    status, headers, _ = get("/assets/main-GONE.js", HTML)
    assert status == 404 and headers["content-type"].startswith("application/problem+json")


def test_unknown_paths_are_the_page_with_404_for_people_and_a_problem_for_programs():
    status, headers, body = get("/nowhere/at/all", HTML)
    assert status == 404 and headers["content-type"].startswith("text/html") and b'id="root"' in body
    status, headers, _ = get("/nowhere/at/all", {"Accept": "application/json"})
    assert status == 404 and headers["content-type"].startswith("application/problem+json")
    status, headers, _ = get("/api/v1/nowhere", HTML)
    assert status == 404 and headers["content-type"].startswith("application/problem+json")


def test_no_path_leaves_the_folder():
    host = BASE.removeprefix("http://")
    for path in ("/../Package.swift", "/assets/../../../Package.swift", "/%2e%2e/Package.swift", "/assets/%2e%2e/index.html", "//etc/passwd", "/routes.json", "/index.html"):
        connection = http.client.HTTPConnection(host, timeout=20)
        connection.request("GET", path)
        answer = connection.getresponse()
        assert answer.status in (400, 404), path
        answer.read()
        connection.close()


def test_the_first_json_is_preloaded_and_titles_hold_no_result():
    body = get(f"/autopsy/{RACE}/{DRIVER}", HTML)[2].decode()
    assert f'<link rel="preload" as="fetch" crossorigin href="/api/v1/autopsy/{RACE}/{DRIVER}">' in body
    head = body.split("</head>")[0]
    assert not re.search(r"P\d|\d\.\d s", head)
    hostile = get('/u/%22%3E%3Cscript%3Ealert(1)%3C', HTML)[2].decode()
    assert "<script>alert" not in hostile


def test_head_and_small_files():
    status, headers, body = get("/", HTML, method="HEAD")
    assert status == 200 and body == b"" and int(headers["content-length"]) > 500
    for path, kind in (("/favicon.svg", "image/svg+xml"), ("/robots.txt", "text/plain"), ("/licenses.txt", "text/plain")):
        status, headers, body = get(path)
        assert status == 200 and headers["content-type"].startswith(kind) and "max-age=3600" in headers["cache-control"]
    licences = get("/licenses.txt")[2]
    assert b"MIT License" in licences and b"react" in licences.lower()


def test_the_theme_is_in_the_first_document():
    assert b'data-theme="light"' in get("/", {**HTML, "Cookie": "a=b; theme=light"})[2]
    assert b'data-theme="system"' in get("/", {**HTML, "Cookie": 'theme="><script>'})[2]
