"""A web server with faults, manifests that lead to it, and a cache for what they fetch."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml

from viewlock.assets_manifest.cache import Cache
from viewlock.assets_manifest.download import Terms
from viewlock.assets_manifest.fetch import Fetched, fetch
from viewlock.assets_manifest.manifest import read_manifest

MANIFEST = {"version": 1, "name": "there"}


@dataclass
class Page:
    """What the server has at an address, and what goes wrong with the first answers.

    Faults, taken from the front, one a request: a number is a status; `drop:N` closes the connection after N bytes of
    the body; `short` says a length that is too long; `lie` one that is too short; `mute` says nothing, and `stall`
    nothing after the headers, for as long as the server runs.
    """

    data: bytes
    faults: list[Any] = field(default_factory=list)
    etag: str | None = '"1"'
    ranges: bool = True
    redirect: str | None = None
    headers: dict[str, str] = field(default_factory=dict)
    length: bool = True
    slow_s: float = 0.0


class Site:
    """The pages of a running server, and the requests it got."""

    def __init__(self) -> None:
        self.pages: dict[str, Page] = {}
        self.requests: list[tuple[str, dict[str, str]]] = []
        self.url = ""
        self.over = threading.Event()

    def put(self, path: str, data: bytes, **how: Any) -> str:
        """Puts a page there; its address."""
        self.pages[path] = Page(data, **how)
        return self.url + path

    def ranges(self) -> list[str | None]:
        """The `Range` of every request so far."""
        return [headers.get("Range") for _, headers in self.requests]


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    served = Site()

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *words: Any) -> None:
            pass

        def do_GET(self) -> None:
            served.requests.append((self.path, dict(self.headers)))
            _answer(self, served.pages.get(self.path), served.over)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    served.url = f"http://127.0.0.1:{server.server_port}"
    yield served
    served.over.set()
    server.shutdown()
    server.server_close()


def _answer(request: BaseHTTPRequestHandler, page: Page | None, over: threading.Event) -> None:
    if page is None:
        request.send_error(404)
        return
    fault = page.faults.pop(0) if page.faults else None
    if fault == "mute":
        over.wait()
        return
    if isinstance(fault, int):
        request.send_response(fault)
        for name, value in page.headers.items():
            request.send_header(name, value)
        request.send_header("Content-Length", "0")
        request.end_headers()
        return
    if page.redirect is not None:
        request.send_response(302)
        request.send_header("Location", page.redirect)
        request.send_header("Content-Length", "0")
        request.end_headers()
        return
    start = _start(request, page)
    if start is not None and start >= len(page.data):
        request.send_response(416)
        request.send_header("Content-Range", f"bytes */{len(page.data)}")
        request.send_header("Content-Length", "0")
        request.end_headers()
        return
    body = page.data[start or 0 :]
    stated = len(body) + {"short": 10, "lie": -10}.get(fault, 0)
    request.send_response(200 if start is None else 206)
    if start is not None:
        request.send_header("Content-Range", f"bytes {start}-{len(page.data) - 1}/{len(page.data)}")
    if page.etag is not None:
        request.send_header("ETag", page.etag)
    if page.length:
        request.send_header("Content-Length", str(stated))
    request.end_headers()
    if fault == "stall":
        over.wait()
        return
    if isinstance(fault, str) and fault.startswith("drop:"):
        body = body[: int(fault[5:])]
    time.sleep(page.slow_s)
    try:
        request.wfile.write(body)
    except ConnectionError:
        return
    request.close_connection = True


def _start(request: BaseHTTPRequestHandler, page: Page) -> int | None:
    asked = request.headers.get("Range")
    condition = request.headers.get("If-Range")
    if asked is None or not page.ranges or condition not in (None, page.etag):
        return None
    return int(asked.removeprefix("bytes=").removesuffix("-"))


@pytest.fixture
def manifest_file(tmp_path: Path) -> Callable[..., Path]:
    """Writes a manifest of entries, each given as what differs from a free HDRI."""

    def write(*entries: dict[str, Any], **head: Any) -> Path:
        filled = [{"id": f"hdri/there/{n}", "kind": "hdri", "licence": "CC0-1.0", **e} for n, e in enumerate(entries)]
        file = tmp_path / "there.yaml"
        file.write_text(yaml.safe_dump({**MANIFEST, **head, "entries": filled}))
        return file

    return write


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache.at(tmp_path / "cache")


@pytest.fixture
def bring(cache: Cache) -> Callable[..., Fetched]:
    """Fetches from a manifest file without waiting."""

    def run(file: Path, *names: str, limit: int | None = None, allowed: Sequence[str] = (), **terms: Any) -> Fetched:
        return fetch(read_manifest(file), cache, names, limit, Terms(pause=lambda s: None, **terms), allowed)

    return run
