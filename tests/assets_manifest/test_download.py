"""Downloads against a server that drops, lies, refuses and forgets."""

import hashlib

import pytest

from viewlock.assets_manifest.download import Terms, download
from viewlock.assets_manifest.entry import Source
from viewlock.assets_manifest.web import new_session
from viewlock.errors import ConfigError, DatasetError, TryAgainError

DATA = bytes(range(256)) * 1000
SHA = hashlib.sha256(DATA).hexdigest()


@pytest.fixture
def waits():
    return []


@pytest.fixture
def bring(tmp_path, waits):
    """Downloads an address; returns the bytes that arrived."""

    def run(url, max_bytes=10_000_000, timeout_s=5.0, **known):
        terms = Terms(max_bytes=max_bytes, timeout_s=timeout_s, pause=waits.append)
        part = tmp_path / "0.part"
        done = download(new_session(), Source(url=url, **known), part, terms)
        assert done.size == part.stat().st_size and done.sha256 == hashlib.sha256(part.read_bytes()).hexdigest()
        return part.read_bytes()

    return run


def test_a_file(site, bring, waits):
    assert bring(site.put("/a", DATA), sha256=SHA, size=len(DATA)) == DATA
    assert waits == []
    assert site.requests[0][1]["User-Agent"].startswith("viewlock/")
    assert site.requests[0][1]["Accept-Encoding"] == "identity"


def test_a_connection_that_breaks_goes_on_where_it_was(site, bring, waits):
    assert bring(site.put("/a", DATA, faults=["drop:1000", "drop:500"])) == DATA
    assert site.ranges() == [None, "bytes=1000-", "bytes=1500-"]
    assert site.requests[1][1]["If-Range"] == '"1"'
    assert len(waits) == 2 and waits[0] < waits[1]


def test_a_connection_that_always_breaks(site, bring, waits):
    with pytest.raises(TryAgainError, match="/a: the connection broke after 50 bytes; run the same command again"):
        bring(site.put("/a", DATA, faults=["drop:10"] * 9))
    assert len(site.requests) == 5


def test_another_run_goes_on_where_the_last_one_was(site, bring, tmp_path):
    url = site.put("/a", DATA, faults=["drop:1000", 503, 503, 503, 503, 503])
    with pytest.raises(TryAgainError):
        bring(url)
    assert (tmp_path / "0.part").stat().st_size == 1000
    site.pages["/a"].faults.clear()
    assert bring(url) == DATA
    assert site.ranges()[-1] == "bytes=1000-"


def test_a_part_that_is_whole_already(site, bring):
    url = site.put("/a", DATA)
    assert bring(url) == bring(url) == DATA
    assert site.ranges() == [None, f"bytes={len(DATA)}-"]


def test_a_file_that_changed_between_two_runs_starts_anew(site, bring):
    url = site.put("/a", DATA, faults=["drop:1000", 503, 503, 503, 503, 503])
    with pytest.raises(TryAgainError):
        bring(url)
    other = DATA[::-1]
    site.put("/a", other, etag='"2"')
    assert bring(url) == other


def test_a_file_that_changed_though_the_server_says_nothing(site, bring):
    """A weak name promises nothing, so the parts are joined only where a checksum would notice."""
    url = site.put("/a", DATA, etag='W/"1"', faults=["drop:1000"])
    assert bring(url) == DATA
    assert site.ranges() == [None, None]


def test_a_stale_part_is_thrown_away_once(site, bring, tmp_path):
    (tmp_path / "0.part").write_bytes(b"old")
    assert bring(site.put("/a", DATA, etag=None), sha256=SHA) == DATA
    assert site.ranges() == ["bytes=3-", None]


def test_a_server_that_ignores_ranges(site, bring):
    assert bring(site.put("/a", DATA, faults=["drop:1000"], ranges=False)) == DATA
    assert site.ranges() == [None, "bytes=1000-"]


def test_a_server_that_promises_more_than_it_sends(site, bring):
    """The rest is asked for; when there is none, the file was whole."""
    assert bring(site.put("/a", DATA, faults=["short"])) == DATA


def test_a_server_that_says_too_short_a_length(site, bring):
    with pytest.raises(DatasetError, match=rf"/a: expected sha256 {SHA}, got [0-9a-f]{{64}}; it changed"):
        bring(site.put("/a", DATA, faults=["lie"]), sha256=SHA)
    with pytest.raises(DatasetError, match=f"/a: expected {len(DATA)} bytes, got {len(DATA) - 10}"):
        bring(site.put("/a", DATA, faults=["lie"]), size=len(DATA))


def test_a_server_that_is_busy(site, bring, waits):
    url = site.put("/a", DATA, faults=[503, 429, 500], headers={"Retry-After": "7"})
    assert bring(url) == DATA
    assert waits == [7.0, 7.0, 7.0]


def test_a_server_that_stays_busy(site, bring, waits):
    url = site.put("/a", DATA, faults=[503] * 9)
    with pytest.raises(TryAgainError, match="the server answers 503 Service Unavailable; run the same command again"):
        bring(url)
    assert len(site.requests) == 5 and waits == sorted(waits) and sum(waits) < 60


def test_a_server_that_asks_for_an_hour(site, bring, waits):
    with pytest.raises(TryAgainError, match="503"):
        bring(site.put("/a", DATA, faults=[503] * 9, headers={"Retry-After": "3600"}))
    assert waits == []


@pytest.mark.parametrize(
    ("fault", "said"),
    [("mute", r"no answer within 0\.1 s"), ("stall", r"(the connection broke after 0 bytes|no answer within 0\.1 s)")],
)
def test_a_server_that_says_nothing(site, bring, waits, fault, said):
    with pytest.raises(TryAgainError, match=f"/a: {said}; run the same command again"):
        bring(site.put("/a", DATA, faults=[fault] * 5), timeout_s=0.1)
    assert len(waits) == 4


def test_a_server_that_is_not_there(bring):
    with pytest.raises(TryAgainError, match=r"127\.0\.0\.1:9/a: no connection; run the same command again"):
        bring("http://127.0.0.1:9/a")


@pytest.mark.parametrize("status", [404, 403, 410])
def test_what_the_server_does_not_give(site, bring, status):
    with pytest.raises(ConfigError, match=f"/a: the server answers {status}"):
        bring(site.put("/a", b"", faults=[status]))
    assert len(site.requests) == 1


def test_another_file_than_expected(site, bring, tmp_path):
    with pytest.raises(DatasetError, match=f"expected sha256 {'0' * 64}, got {SHA}; it changed at its source"):
        bring(site.put("/a", DATA), sha256="0" * 64)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(DatasetError, match="expected md5"):
        bring(site.put("/a", DATA), md5="0" * 32)
    assert bring(site.put("/a", DATA), md5=hashlib.md5(DATA).hexdigest()) == DATA


def test_a_file_that_is_larger_than_allowed(site, bring, tmp_path):
    with pytest.raises(
        ConfigError, match="/a: the asset is larger than the allowed 1000 bytes; allow more with --max-size"
    ):
        bring(site.put("/a", DATA), max_bytes=1000)
    with pytest.raises(ConfigError, match="larger than the allowed 1000 bytes"):
        bring(site.put("/b", DATA, length=False), max_bytes=1000)  # it does not say how long it is
    with pytest.raises(ConfigError, match="expected 1000 bytes, the server sends more"):
        bring(site.put("/c", DATA, length=False), size=1000)
    assert not (tmp_path / "0.part").exists()


def test_a_file_without_a_length(site, bring):
    assert bring(site.put("/a", DATA, length=False, etag=None)) == DATA


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://127.0.0.1/a", "gopher://x"])
def test_an_address_that_leads_out_of_the_web(site, bring, tmp_path, target):
    with pytest.raises(ConfigError, match="leads to an address that is not http"):
        bring(site.put("/a", b"", redirect=target))
    assert list(tmp_path.iterdir()) == []


def test_addresses_that_lead_elsewhere(site, bring):
    site.put("/b", DATA)
    assert bring(site.put("/a", b"", redirect="/b")) == DATA
    with pytest.raises(ConfigError, match="leads in circles"):
        bring(site.put("/c", b"", redirect="/c"))
