"""What the portal answers, and what it never answers."""

import re
from itertools import product

import pytest

from portal.app import create_app
from settings import Settings
from tests.tables import each
from tests.unit.portal.client import Client

ASSISTANT = "http://127.0.0.1:5999"
PATHS = [
    "/",
    "/health",
    "/privacy",
    "/widget/ask-first-chat.js",
    "/site/home.css",
    "/nothing",
    "/widget/nothing.js",
    "/widget/",
]
OUTSIDE = [
    "/widget/../portal/site/home.css",
    "/widget/view/../../portal/site/home.css",
    "/widget/..\\portal\\site\\home.css",
    "/widget//etc/hosts.txt",
    "/widget/../requirements.txt",
    "/site/../../requirements.txt",
    "/site/\0.css",
    "/site/" + "x" * 5000 + ".css",
]


@pytest.fixture
def client() -> Client:
    return Client(create_app(Settings(rasa_port=5999)))


def policy_of(client: Client) -> dict[str, str]:
    rules = client.get("/").headers["content-security-policy"].split("; ")
    return dict(rule.partition(" ")[::2] for rule in rules)


def test_the_page_knows_where_the_assistant_is(client: Client) -> None:
    answer = client.get("/")
    assert answer.status_code == 200
    assert f'server="{ASSISTANT}"' in answer.text
    assert "$" not in answer.text


def test_the_page_loads_nothing_from_elsewhere(client: Client) -> None:
    page = client.get("/").text.replace(ASSISTANT, "")
    for outside in ("http://", "https://", 'src="//', 'href="//'):
        assert outside not in page


def test_the_page_has_no_script_and_no_style_of_its_own(client: Client) -> None:
    page = client.get("/").text
    for inline in ("<style", " style=", "<script>", " onclick", " onload", "javascript:"):
        assert inline not in page


@each("method, path", product(["GET", "HEAD", "POST", "OPTIONS"], PATHS))
def test_every_answer_carries_the_security_headers(client: Client, method: str, path: str) -> None:
    headers = client.request(method, path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "geolocation=()" in headers["permissions-policy"]
    assert "set-cookie" not in headers
    assert "server" not in headers


def test_the_policy_allows_our_own_files_and_the_assistant_only(client: Client) -> None:
    policy = policy_of(client)
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["connect-src"] == f"'self' {ASSISTANT} ws://127.0.0.1:5999"
    assert policy["require-trusted-types-for"] == "'script'"
    assert "unsafe" not in str(policy)
    assert "*" not in str(policy)


@pytest.mark.parametrize("path", OUTSIDE, ids=lambda path: repr(path[:40]))
def test_nothing_outside_the_two_folders_is_served(client: Client, path: str) -> None:
    """The paths arrive as they stand here, which is what a server makes of "%2e%2e"."""
    answer = client.get(path)
    assert (answer.status_code, answer.content) == (404, b"")


@pytest.mark.parametrize("path", ["/widget", "/widget/", "/widget/view", "/widget/view/", "/site/", "/site"])
def test_no_folder_is_listed(client: Client, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.content) == (404, b"")


@pytest.mark.parametrize(
    "path", ["/widget/vendor/refresh.mjs", "/widget/vendor/SHA256SUMS", "/site/home.html"]
)
def test_what_a_browser_does_not_need_is_not_served(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_the_licence_of_the_vendored_library_is_served_beside_it(client: Client) -> None:
    assert client.get("/widget/vendor/socket.io.esm.min.js").status_code == 200
    assert "Guillermo Rauch" in client.get("/widget/vendor/LICENSE.txt").text


def test_the_bundle_and_its_map_are_served(client: Client) -> None:
    assert client.get("/widget/dist/ask-first-chat.min.js").status_code == 200
    assert client.get("/widget/dist/ask-first-chat.min.js.map").json()["version"] == 3


def test_the_page_of_rights_is_the_same_for_everybody_and_loads_nothing_from_elsewhere(
    client: Client,
) -> None:
    page = client.get("/privacy", headers={"authorization": "Bearer x", "cookie": "token=x"}).text
    assert "<ask-first-privacy>" in page
    assert page == client.get("/privacy?person=4711").text
    for inside in re.findall(r'(?:src|href)="(/(?:widget|site)/[^"]*)"', page):
        assert client.get(inside).status_code == 200, inside
    for outside in ("http://", "https://", "//", "<style", " style=", "<script>", "javascript:"):
        assert outside not in page


def test_without_services_there_is_no_api(client: Client) -> None:
    assert client.get("/api/me").status_code == client.request("POST", "/api/session").status_code == 404


def test_the_widget_may_be_embedded_elsewhere_and_the_page_may_not(client: Client) -> None:
    script, page = client.get("/widget/ask-first-chat.js").headers, client.get("/").headers
    assert script["content-type"] == "text/javascript; charset=utf-8"
    assert script["access-control-allow-origin"] == "*"
    assert script["cross-origin-resource-policy"] == "cross-origin"
    assert "access-control-allow-origin" not in page
    assert page["cross-origin-resource-policy"] == "same-origin"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nothing", 404),
        ("POST", "/", 405),
        ("DELETE", "/health", 405),
        ("POST", "/widget/ask-first-chat.js", 405),
    ],
)
def test_an_error_says_a_status_and_nothing_else(client: Client, method: str, path: str, status: int) -> None:
    answer = client.request(method, f"{path}?secret=4711")
    assert (answer.status_code, answer.content) == (status, b"")


def test_a_fault_of_ours_says_nothing_and_still_carries_the_headers(monkeypatch: pytest.MonkeyPatch) -> None:
    def fall_over(*_: object) -> None:
        raise RuntimeError("a value that nobody may see")

    monkeypatch.setattr("portal.files.BrowserFiles.get_response", fall_over)
    answer = Client(create_app(Settings())).get("/widget/ask-first-chat.js")
    assert (answer.status_code, answer.content) == (500, b"")
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_it_says_that_it_is_well(client: Client) -> None:
    assert client.get("/health").json() == {"status": "ok"}


def test_an_unchanged_file_is_not_sent_again(client: Client) -> None:
    first = client.get("/widget/element.js")
    again = client.get("/widget/element.js", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("path", ["/", "/privacy"])
def test_the_pages_say_the_phone_numbers_of_the_controller(client: Client, path: str) -> None:
    page = client.get(path).text.replace("\u00a0", " ")
    assert "+353 20 911 0100, on business days from 8:00 to 20:00, Irish time." in page
    assert ("+353 20 911 0199, day and night." in page) == (path == "/")
    assert "$" not in page
