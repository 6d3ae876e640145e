"""
Static files, by an allow-list of what a browser needs.

It must never list a folder, leave its folder, or serve a file of another kind than those named here.
"""

from pathlib import Path, PurePosixPath

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

MEDIA_TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".map": "application/json",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
}


class BrowserFiles(StaticFiles):
    """The files of one folder that a page may load. Anything else is answered 404, also when it exists."""

    def __init__(self, folder: Path) -> None:
        super().__init__(directory=folder, html=False, check_dir=True)

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file at `path` below the folder. Raises HTTPException 404 (no such file or kind) or 405."""
        media_type = MEDIA_TYPES.get(PurePosixPath(path).suffix)
        if media_type is None or any(part.startswith(".") for part in PurePosixPath(path).parts):
            raise HTTPException(status_code=404)
        response = await super().get_response(path, scope)
        if "content-type" in response.headers:
            response.headers["content-type"] = media_type
        return response
