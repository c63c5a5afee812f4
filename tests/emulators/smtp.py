"""A mail server on loopback, which takes mails as a real one does, or refuses them as it is told.

Speaks STARTTLS and TLS with a certificate of its own; `trusted_by` lets this process believe it.
"""

import base64
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from io import BufferedReader
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@dataclass
class Taken:
    """A mail that was taken."""

    sender: str
    to: list[str]
    raw: bytes
    was_encrypted: bool
    user: str = ""


@dataclass
class MailServer:
    """What it does with the next mails: `answers` are its words to RCPT, in turn; after them it takes everything."""

    port: int
    answers: list[str] = field(default_factory=list)
    taken: list[Taken] = field(default_factory=list)
    is_silent: bool = False


@contextmanager
def mail_server(certificate: Path | None = None, *, tls_at_once: bool = False) -> Iterator[MailServer]:
    """A server that listens until the end of the block."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = MailServer(listening.getsockname()[1])
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER) if certificate else None
    if context is not None and certificate is not None:
        context.load_cert_chain(certificate)

    def serve() -> None:
        while True:
            try:
                line, _ = listening.accept()
            except OSError:
                return
            with suppress(OSError), line:
                line.settimeout(10)
                if tls_at_once and context is not None:
                    with context.wrap_socket(line, server_side=True) as encrypted:
                        _talk(server, encrypted, None, is_encrypted=True)
                else:
                    _talk(server, line, context, is_encrypted=False)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield server
    finally:
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join(timeout=15)


def own_certificate(folder: Path) -> Path:
    """A key and a certificate for 127.0.0.1 in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "mail.pem"
    file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    return file


def _talk(
    server: MailServer,
    line: socket.socket,
    context: ssl.SSLContext | None,
    *,
    is_encrypted: bool,
    is_known: bool = False,
) -> None:
    if server.is_silent:
        with suppress(OSError):
            line.recv(1)
        return
    taken = Taken("", [], b"", is_encrypted)

    def say(words: str) -> None:
        line.sendall(words.encode() + b"\r\n")

    if not is_known:
        say("220 post.example")
    with line.makefile("rb") as said:
        _listen(server, line, context, taken, said, say)


def _listen(
    server: MailServer,
    line: socket.socket,
    context: ssl.SSLContext | None,
    taken: Taken,
    said: BufferedReader,
    say: Callable[[str], None],
) -> None:
    while words := said.readline().decode().strip():
        verb = words.split(maxsplit=1)[0].upper()
        match verb:
            case "EHLO":
                offers = ["250-post.example"]
                offers += ["250-STARTTLS"] if context else ["250-AUTH PLAIN"]
                say("\r\n".join([*offers, "250 SIZE 10000000"]))
            case "STARTTLS" if context is not None:
                say("220 go on")
                with context.wrap_socket(line, server_side=True) as encrypted:
                    _talk(server, encrypted, None, is_encrypted=True, is_known=True)
                return
            case "AUTH":
                user = base64.b64decode(words.split()[-1]).split(b"\0")[1].decode()
                taken.user = user
                say("235 welcome" if user != "stranger" else "535 who are you")
            case "MAIL":
                taken.sender = words[words.index("<") + 1 : words.index(">")]
                say("250 ok")
            case "RCPT":
                taken.to.append(words[words.index("<") + 1 : words.index(">")])
                say(server.answers.pop(0) if server.answers else "250 ok")
            case "DATA":
                say("354 go on")
                lines = []
                while (row := said.readline()) != b".\r\n":
                    lines.append(row.removeprefix(b".") if row.startswith(b"..") else row)
                server.taken.append(Taken(taken.sender, taken.to, b"".join(lines), taken.was_encrypted, taken.user))
                say("250 taken")
            case "QUIT":
                say("221 bye")
                return
            case _:
                say("250 ok")
