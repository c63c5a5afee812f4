import socket
import threading
from collections.abc import Iterator

import pytest

from automations.outbound import AddressRefused, Resolve, checked_target, post
from tests.automations.receiver import Receiver

PUBLIC = "93.184.216.34"


def at(*ips: str) -> Resolve:
    return lambda _host, _port: list(ips)


@pytest.mark.parametrize(
    "ip",
    [
        "127.0.0.1",
        "127.1.2.3",
        "10.0.0.5",
        "172.16.0.1",
        "192.168.1.10",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fc00::1",
        "fd12:3456::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "2002:7f00:1::",
        "ff02::1",
    ],
)
def test_a_name_that_points_into_the_private_network_is_refused(ip: str) -> None:
    with pytest.raises(AddressRefused, match=r"private network.*BOM_PRIVATE_HOSTS"):
        checked_target("https://hooks.example/x", [], look_up=at(ip))


def test_one_private_address_among_public_ones_is_enough_to_refuse() -> None:
    with pytest.raises(AddressRefused):
        checked_target("https://hooks.example/x", [], look_up=at(PUBLIC, "10.0.0.1"))


@pytest.mark.parametrize(
    "url",
    [
        "https://2130706433/",
        "https://0x7f000001/",
        "https://0177.0.0.1/",
        "https://127.1/",
        "https://localhost/",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
    ],
)
def test_every_way_to_write_this_machine_is_refused(url: str) -> None:
    with pytest.raises(AddressRefused):
        checked_target(url, [])


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("http://hooks.example/", "must begin with https"),
        ("ftp://hooks.example/", "must begin with https"),
        ("file:///etc/passwd", "must begin with https"),
        ("https://user:pass@hooks.example/", "user name or password"),
        ("https://", "must begin with https"),
        ("not an address", "must begin with https"),
        ("https://hooks.example/" + "x" * 2000, "2,000"),
        ("https://[not-an-ip]/", "not an address"),
    ],
)
def test_what_is_no_web_address_is_refused_with_what_to_do(url: str, said: str) -> None:
    with pytest.raises(AddressRefused, match=said):
        checked_target(url, [], look_up=at(PUBLIC))


def test_a_studios_own_n8n_is_reached_where_a_setting_names_it() -> None:
    target = checked_target("http://n8n.local:5678/webhook", ["n8n.local:5678"], look_up=at("10.0.0.9"))

    assert target.ip == "10.0.0.9"
    with pytest.raises(AddressRefused):
        checked_target("http://n8n.local:22/", ["n8n.local:5678"], look_up=at("10.0.0.9"))


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    receiver = Receiver()
    yield receiver
    receiver.close()


def test_the_connection_goes_to_the_address_that_was_checked_however_the_name_moves(receiver: Receiver) -> None:
    looked_up: list[str] = []

    def rebinding(host: str, _port: int) -> list[str]:
        looked_up.append(host)
        return ["127.0.0.1"] if len(looked_up) == 1 else ["10.255.255.1"]

    url = f"http://studio.invalid:{receiver.port}/hook"
    target = checked_target(url, ["studio.invalid"], look_up=rebinding)

    answer = post(target, b"{}", {"content-type": "application/json"})

    assert answer.problem == ""
    assert looked_up == ["studio.invalid"]
    assert receiver.got[0][0]["host"] == f"studio.invalid:{receiver.port}"


def test_a_redirect_is_not_followed_and_counts_as_a_failure(receiver: Receiver) -> None:
    receiver.answers = [302]

    answer = post(checked_target(f"http://127.0.0.1:{receiver.port}/", ["127.0.0.1"]), b"{}", {})

    assert answer.status_code == 302
    assert "redirect" in answer.problem
    assert len(receiver.got) == 1


def test_a_receiver_that_drips_its_answer_is_not_waited_for() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        done = threading.Event()

        def drip() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(65536)
                for byte in b"HTTP/1.1 200 OK\r\nx-slow: " + b"z" * 1000:
                    if done.wait(0.05):
                        return
                    connection.send(bytes([byte]))

        dripping = threading.Thread(target=drip)
        dripping.start()
        port = server.getsockname()[1]

        answer = post(checked_target(f"http://127.0.0.1:{port}/", ["127.0.0.1"]), b"{}", {}, timeout_s=1)

        done.set()
        dripping.join()
    assert answer.problem == "It did not answer within 1 s."
    assert answer.duration_ms < 5000


def test_a_receiver_that_is_not_there_is_told_in_words() -> None:
    answer = post(checked_target("http://127.0.0.1:9/", ["127.0.0.1"]), b"{}", {}, timeout_s=2)

    assert answer.status_code is None
    assert answer.problem.startswith("It could not be reached")
