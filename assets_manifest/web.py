"""Single requests over HTTP: what the answers say, and which failures may pass."""

from __future__ import annotations

import re
from http import HTTPStatus

import requests
import urllib3

from viewlock import __version__
from viewlock.errors import ConfigError


class HiccupError(Exception):
    """Something that may go better the next time, and how long the server asks to wait."""

    def __init__(self, why: str, wait_s: float | None = None) -> None:
        super().__init__(why)
        self.wait_s = wait_s


def new_session() -> requests.Session:
    """Some sources refuse the names that libraries give themselves."""
    session = requests.Session()
    session.headers.update({"User-Agent": f"viewlock/{__version__}", "Accept-Encoding": "identity"})
    session.max_redirects = 5
    return session


def answer(session: requests.Session, url: str, headers: dict[str, str], timeout_s: float) -> requests.Response:
    """An answer with content.

    Raises:
        ConfigError: there is none, and asking again would not help.
        HiccupError: there is none now.
    """
    try:
        response = session.get(url, headers=headers, stream=True, timeout=timeout_s)
    except (requests.exceptions.InvalidSchema, requests.exceptions.InvalidURL, requests.exceptions.MissingSchema):
        raise ConfigError(f"{url}: leads to an address that is not http:// or https://; correct the manifest") from None
    except requests.TooManyRedirects:
        raise ConfigError(f"{url}: leads in circles; correct the manifest") from None
    except requests.exceptions.SSLError:
        raise ConfigError(f"{url}: its certificate is not valid; correct the address or the clock") from None
    except requests.Timeout:
        raise HiccupError(f"no answer within {timeout_s:g} s") from None
    except (requests.RequestException, urllib3.exceptions.HTTPError):
        raise HiccupError("no connection") from None
    path = [step.url for step in (*response.history, response)]
    if url.startswith("https://") and any(not step.startswith("https://") for step in path):
        response.close()
        raise ConfigError(f"{url}: leads to an address without encryption; correct the manifest")
    status = response.status_code
    if status in (HTTPStatus.OK, HTTPStatus.PARTIAL_CONTENT, HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE):
        return response
    response.close()
    words = f"the server answers {status} {response.reason}"
    if status >= 500 or status in (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS):
        raise HiccupError(words, _retry_after(response))
    raise ConfigError(f"{url}: {words}; correct the address in the manifest, or get it by hand")


def version_of(response: requests.Response) -> str | None:
    """The strong name of a version, or its time; weak names do not promise the same bytes."""
    etag = response.headers.get("ETag")
    return etag if etag and not etag.startswith("W/") else response.headers.get("Last-Modified")


def length_of(response: requests.Response) -> int | None:
    length = response.headers.get("Content-Length", "")
    return int(length) if length.isdigit() else None


def start_of(response: requests.Response) -> int | None:
    match = re.match(r"bytes (\d+)-", response.headers.get("Content-Range", ""))
    return int(match[1]) if match else None


def total_of(response: requests.Response) -> int | None:
    match = re.search(r"/(\d+)$", response.headers.get("Content-Range", ""))
    return int(match[1]) if match else None


def _retry_after(response: requests.Response) -> float | None:
    seconds = response.headers.get("Retry-After", "")
    return float(seconds) if seconds.isdigit() else None
