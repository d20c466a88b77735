"""Runs on S3, against moto's server on this machine, and a line to it that breaks when it is told to."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import pickle
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from viewlock.errors import ConfigError, DatasetError, OutputError, TryAgainError
from viewlock.store import FolderStore, Store, address_of, store_at

pytest.importorskip("s3fs", reason="needs S3: pip install 'viewlock[s3]'")
pytest.importorskip("moto", reason="needs moto: pip install --group dev")
serving = pytest.importorskip("werkzeug.serving")


class Line:
    """Passes connections on to a server, and breaks some.

    Attributes:
        breaks: the bytes with which a request begins -> how often, still, its answer is to be lost.
        refuses: nobody is there at all.
    """

    def __init__(self, port: int) -> None:
        self._server, self.breaks, self.refuses = port, dict[bytes, int](), False
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                client, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._pass_on, args=(client,), daemon=True).start()

    def _pass_on(self, client: socket.socket) -> None:
        with client:
            asked = client.recv(65536)
            if self.refuses or not asked:
                return
            with socket.create_connection(("127.0.0.1", self._server)) as server:
                server.sendall(asked)
                threading.Thread(target=pump, args=(client, server), daemon=True).start()
                broken = next((start for start, left in self.breaks.items() if left and asked.startswith(start)), None)
                while answer := server.recv(65536):
                    if broken is None or answer.startswith(b"HTTP/1.1 100"):  # it may go on with the request
                        client.sendall(answer)
                if broken is not None:
                    self.breaks[broken] -= 1  # the server has done it, but the answer is lost
            with contextlib.suppress(OSError):
                client.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self._socket.close()


def pump(source: socket.socket, target: socket.socket) -> None:
    try:
        while data := source.recv(65536):
            target.sendall(data)
    except OSError:
        pass  # either side has ended


@pytest.fixture(scope="module")
def server() -> Iterator[int]:
    """Port of an S3 that answers one request after the other, as conditions need it."""
    from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    found = serving.make_server("127.0.0.1", 0, DomainDispatcherApplication(create_backend_app))
    threading.Thread(target=found.serve_forever, daemon=True).start()
    yield found.server_port
    found.shutdown()


@pytest.fixture
def line(server, monkeypatch) -> Iterator[Line]:
    """The line over which this process, and those it starts, reach the bucket `bucket`, which is empty."""
    import s3fs

    found = Line(server)
    for name, value in {"AWS_ENDPOINT_URL": f"http://127.0.0.1:{found.port}", "AWS_ACCESS_KEY_ID": "me",
                        "AWS_SECRET_ACCESS_KEY": "secret", "AWS_DEFAULT_REGION": "us-east-1",
                        "AWS_MAX_ATTEMPTS": "1"}.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    s3fs.S3FileSystem.clear_instance_cache()
    files = s3fs.S3FileSystem(use_listings_cache=False)
    if files.exists("bucket"):
        files.rm("bucket", recursive=True)
    files.mkdir("bucket")
    yield found
    s3fs.S3FileSystem.clear_instance_cache()
    found.close()


@pytest.fixture
def store(line) -> Store:
    return store_at("s3://bucket/run")


# ---------------------------------------------------------------- one contract for both kinds of store
@pytest.fixture(params=["folder", "s3"])
def any_store(request, tmp_path) -> Store:
    return FolderStore(tmp_path / "store") if request.param == "folder" else request.getfixturevalue("store")


def test_both_kinds_of_store_do_the_same(any_store):
    store = any_store
    assert store.list() == [] and not store.has("scenes/a.tar")
    assert store.publish_if_absent("scenes/a.tar", b"0123456789")
    assert not store.publish_if_absent("scenes/a.tar", b"other")
    assert store.publish_if_absent("scenes/b.tar", b"")
    store.write("plan.jsonl", "one\n")
    store.write("plan.jsonl", "two\n")
    assert store.list() == ["plan.jsonl", "scenes/a.tar", "scenes/b.tar"]
    assert store.list("scenes/") == store.list("sce") == ["scenes/a.tar", "scenes/b.tar"]
    assert store.list("scenes/b") == ["scenes/b.tar"] and store.list("nothing/") == []
    assert store.read("scenes/a.tar") == b"0123456789" and store.read("scenes/b.tar") == b""
    assert store.read("scenes/a.tar", last=3) == b"789" and store.read("scenes/a.tar", last=99) == b"0123456789"
    assert store.read("plan.jsonl") == b"two\n"
    assert abs(store.published_at("plan.jsonl") - store.published_at("scenes/a.tar")) < 60
    with store.file("scenes/a.tar") as path:
        assert path.read_bytes() == b"0123456789"
    assert store.has("plan.jsonl")
    store.remove("plan.jsonl")
    store.remove("plan.jsonl")
    assert not store.has("plan.jsonl")
    for ask in (store.read, store.published_at):
        with pytest.raises(DatasetError, match=r"plan\.jsonl"):
            ask("plan.jsonl")


def test_of_publishers_at_once_one_wins(line):
    """Each has its own connection; whoever is told that it published, its bytes are there."""
    names, writers = [f"{n:02d}" for n in range(12)], 4
    gate = threading.Barrier(writers)

    def publish(me: int) -> list[bool]:
        mine = pickle.loads(pickle.dumps(store_at("s3://bucket/race")))
        gate.wait()
        return [mine.publish_if_absent(name, bytes([me]) * 1000) for name in names]

    with ThreadPoolExecutor(writers) as pool:
        told = list(pool.map(publish, range(writers)))
    for n, name in enumerate(names):
        (winner,) = [me for me in range(writers) if told[me][n]]
        assert store_at("s3://bucket/race").read(name) == bytes([winner]) * 1000


# ---------------------------------------------------------------- trouble
def test_an_answer_that_is_lost_tears_and_repeats_nothing(line, store):
    line.breaks[b"PUT /bucket/run/lost"] = 1
    # Sent again, the request meets its own object: somebody has published it.
    assert not store.publish_if_absent("lost", b"x" * 300_000)
    assert store.read("lost") == b"x" * 300_000
    line.breaks[b"GET /bucket/run/lost"] = 2
    assert store.read("lost") == b"x" * 300_000
    assert set(line.breaks.values()) == {0}


def test_storage_that_is_away_is_one_line_and_worth_another_try(line, store):
    line.refuses = True
    with pytest.raises(TryAgainError, match=r"^s3://bucket/run/a: storage does not answer.*; try again$"):
        store.publish_if_absent("a", b"")
    line.refuses = False
    assert store.publish_if_absent("a", b"") and store.list() == ["a"]


def test_a_bucket_that_is_not_there(line):
    with pytest.raises(DatasetError, match="s3://nowhere/run/a: there is no such object or bucket"):
        store_at("s3://nowhere/run").publish_if_absent("a", b"")


@pytest.mark.parametrize(
    ("code", "publishes"), [("PreconditionFailed", False), ("ConditionalRequestConflict", True), ("AccessDenied", None)]
)
def test_what_other_servers_answer(store, monkeypatch, code, publishes):
    """A 412 without the name of the condition, a 409 that goes by, and a refusal."""
    from botocore.exceptions import ClientError
    from s3fs.errors import translate_boto_error

    answers: list[Exception | None] = [translate_boto_error(ClientError({"Error": {"Code": code}}, "PutObject")), None]

    def pipe_file(*args: object, **kwargs: object) -> None:
        answer = answers.pop(0)
        if answer:
            raise answer

    monkeypatch.setattr(store._fs, "pipe_file", pipe_file)
    if publishes is None:
        with pytest.raises(OutputError, match="refused"):
            store.publish_if_absent("a", b"")
    else:
        assert store.publish_if_absent("a", b"") is publishes


def test_addresses():
    assert address_of("runs/a") == Path("runs/a") and address_of(Path("runs/a")) == Path("runs/a")
    assert address_of("s3://bucket/a/run/") == "s3://bucket/a/run"
    for words in ("gs://bucket/run", "http://host/run", "s3://", "s3:///"):
        with pytest.raises(ConfigError, match=f"{words}: expected a folder or s3://BUCKET/NAME"):
            address_of(words)


def test_without_the_library_it_says_what_to_install():
    code = "import sys; sys.modules['s3fs'] = None; from viewlock.store import store_at; store_at('s3://b/run')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert "MissingLibraryError: s3fs: needed for s3:// and not installed; run: pip install" in done.stderr


# ---------------------------------------------------------------- a run
Command = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.mark.render
def test_a_run_on_s3_is_rendered_verified_and_packed(line, command, monkeypatch, tmp_path):
    pytest.importorskip("bpy", reason="needs Blender: pip install 'viewlock[render]'")
    from benchmarks.kills import TINY

    monkeypatch.setenv("VIEWLOCK_CACHE", os.environ["VIEWLOCK_CACHE"])
    url, folder = "s3://bucket/runs/tiny", tmp_path / "run"
    for place in (url, folder):
        assert command("plan", "planar-aligned", "-o", place, "--scenes", 3, *TINY)[0] == 0
    assert command("plan", "planar-aligned", "-o", url, "--scenes", 4, *TINY)[2].startswith(f"viewlock: {url}: belongs")
    line.breaks[b"PUT /bucket/runs/tiny/scenes/000001.tar"] = 1  # the worker's connection breaks once
    for place in (url, folder):
        code, _, err = command("render", place)
        assert code == 0, err
    assert set(line.breaks.values()) == {0}
    found = json.loads(command("status", url, "--json")[1])
    assert (found["done"], found["finished"], found["damaged"]) == (3, True, {})
    for place, target in ((url, "a"), (folder, "b")):
        code, out, err = command("verify", place)
        assert code == 0, out + err
        assert command("pack", place, "-o", tmp_path / target)[0] == 0
    assert (tmp_path / "a" / "SHA256SUMS").read_bytes() == (tmp_path / "b" / "SHA256SUMS").read_bytes()
    store = store_at(url)
    data = store.read("scenes/000002.tar")
    store.write("scenes/000002.tar", data[: len(data) // 2])
    code, out, err = command("verify", url)
    assert code == 1 and "scenes/000002.tar: " in out
    code, out, err = command("status", url)
    assert code == 1 and "damaged: s3://bucket/runs/tiny/scenes/000002.tar: no scene.json" in out
    assert err.startswith(f"viewlock: {url}: 1 of 3 scenes are damaged")


def test_what_takes_no_url_says_so(line, command):
    code, _, err = command("status", "gs://bucket/run")
    assert code == 2 and err.startswith("viewlock: gs://bucket/run: expected a folder or s3://BUCKET/NAME")
    code, _, err = command("render", "s3://bucket/empty")
    assert code == 2 and err.startswith("viewlock: s3://bucket/empty: not a run folder")
    code, _, err = command("farm", "slurm", "s3://bucket/run", "-o", "x.sh")
    assert code == 2 and err.startswith("viewlock: s3://bucket/run: submissions are for runs in folders")
