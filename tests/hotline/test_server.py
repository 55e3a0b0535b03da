"""The port the console listens on."""

from __future__ import annotations

import socket

import pytest

from hotline.server import CannotServe, listen


def test_the_end_of_a_page_does_not_wait_for_the_browsers_acknowledgement() -> None:
    with listen("127.0.0.1", 0) as listening, socket.create_connection(listening.getsockname()):
        connection, _address = listening.accept()
        with connection:
            assert connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_a_taken_port_is_a_sentence(host: str) -> None:
    try:
        first = listen(host, 0)
    except CannotServe:
        pytest.skip("this machine has no such address")
    with first:
        port = first.getsockname()[1]
        with pytest.raises(
            CannotServe, match=f"cannot listen on {host}:{port}: .+ Set KAWAN_CONSOLE_HOST or"
        ):
            listen(host, port)


def test_an_address_of_another_machine_is_a_sentence() -> None:
    with pytest.raises(CannotServe, match=r"cannot listen on 192\.0\.2\.1:8650"):
        listen("192.0.2.1", 8650)
