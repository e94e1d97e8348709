"""Stage 15i: errors of the web as machines read them: application/problem+json (RFC 9457)."""

from __future__ import annotations

import json
from typing import Any

from starlette.responses import Response

MEDIA_TYPE = "application/problem+json"


def problem(status: int, title: str, detail: str, headers: dict[str, str] | None = None, **more: Any) -> Response:
    """Return an error with what went wrong, in words that hold nothing of this machine."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail, **more}
    content = json.dumps(body, ensure_ascii=False).encode("utf-8", errors="replace")
    return Response(content, status, {"Cache-Control": "no-store", **(headers or {})}, MEDIA_TYPE)
