"""
Puts the portal together: the pages, the widget's files, the API, the health check, the headers around all.

It must never open the consent store by itself: what needs the store gets it handed in.
"""

from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from starlette.types import ASGIApp

from portal.api.app import create_api
from portal.arriving import BoundedHeaders
from portal.errors import answer_errors_without_bodies
from portal.files import BrowserFiles
from portal.headers import SecurityHeaders, content_security_policy, security_headers
from portal.page import HOME, render_home, render_privacy
from portal.services import Services
from settings import Settings

WIDGET = Path(__file__).parent.parent / "widget"


def create_app(settings: Settings, services: Services | None = None) -> ASGIApp:
    """
    The portal as an ASGI application. Raises RuntimeError if the widget's folder is missing.

    services: what the API at /api works with; without them there is no API.
    """
    app = FastAPI(
        title="Ask First portal", docs_url=None, redoc_url=None, openapi_url=None, redirect_slashes=False
    )
    answer_errors_without_bodies(app)
    _add_page(app, "/", render_home(settings.assistant_origin))
    _add_page(app, "/privacy", render_privacy())
    _add_health(app)
    app.mount("/widget", BrowserFiles(WIDGET), name="widget")
    app.mount("/site", BrowserFiles(HOME.parent), name="site")
    if services is not None:
        app.mount("/api", create_api(settings, services))
    policy = content_security_policy(settings.assistant_origin, settings.assistant_socket_origin)
    return SecurityHeaders(BoundedHeaders(app, settings), security_headers(policy))


def _add_page(app: FastAPI, path: str, html: str) -> None:
    @app.api_route(path, methods=["GET", "HEAD"], response_class=HTMLResponse)
    async def show_page() -> str:
        return html


def _add_health(app: FastAPI) -> None:
    @app.api_route("/health", methods=["GET", "HEAD"])
    async def say_healthy() -> dict[str, str]:
        return {"status": "ok"}
