"""
A website of somebody else, at an origin of its own, that embeds the chat with two lines.

It must never have a part of the portal: what works here works on any page.
"""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

CALM = "body { font-family: serif }"
HOSTILE = """
html { font: italic 40px/3 cursive; writing-mode: vertical-rl; text-transform: uppercase }
:root { --accent: red; --ink: transparent; --surface: red; --radius: 0; --ask-first-unit: 40px }
body * {
    all: unset !important; display: none !important; visibility: hidden !important; opacity: 0 !important;
    color: red !important; font: italic 40px cursive !important; letter-spacing: 9px !important;
    pointer-events: none !important; user-select: none !important; cursor: none !important;
}
ask-first-chat, ask-first-chat * {
    position: static !important; transform: scale(0) !important; contain: strict !important;
    filter: blur(9px) !important; clip-path: inset(50%) !important; zoom: 3 !important;
}
button, dialog, section, p { background: red !important; border: 9px solid red !important }
"""
"""What no page does on purpose, and some do by mistake."""
PAGE = """<!doctype html>
<html lang="{language}">
<head><meta charset="utf-8"><title>Elsewhere</title><link rel="icon" href="data:,">
<style>{style}</style></head>
<body><main><h1>Somebody else's page</h1></main>
{lines}
</body></html>
"""


class OtherSite:
    """Serves one page at "/", which a test may write anew at any time."""

    def __init__(self) -> None:
        self._page = b""
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site._answer(self)

            def log_message(self, *arguments: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.origin = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def write(self, lines: str, *, style: str = CALM, language: str = "en") -> str:
        """Puts the lines into the page; returns its address."""
        self._page = PAGE.format(lines=lines, style=style, language=language).encode()
        return self.origin

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _answer(self, request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("content-type", "text/html; charset=utf-8")
        request.send_header("content-length", str(len(self._page)))
        request.end_headers()
        request.wfile.write(self._page)
