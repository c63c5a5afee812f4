"""A device that holds passkeys, as software: it makes a key, and signs what a browser gives it. Used by
tests.api.test_portal_passkeys."""

import base64
import hashlib
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

PRESENT, VERIFIED, HOLDS_KEY = 0x01, 0x04, 0x40


def encoded(value: bytes) -> str:
    """As the wire has bytes."""
    return base64.urlsafe_b64encode(value).decode().rstrip("=")


@dataclass
class Device:
    """One passkey on one device, at a page of `origin`."""

    origin: str = "http://localhost:3000"
    sign_count: int = 1
    flags: int = PRESENT | VERIFIED
    """Whether somebody was there, and showed that they are its owner."""
    user_handle: str = ""
    credential_id: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def make(self, asked: dict[str, Any], name: str = "Telefoon van Anna") -> dict[str, Any]:
        """A passkey, as the browser sends it to the api."""
        self.user_handle = asked["user_id"]
        numbers = self.key.public_key().public_numbers()
        public = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32), -3: numbers.y.to_bytes(32)}
        held = bytes(16) + len(self.credential_id).to_bytes(2) + self.credential_id + cbor2.dumps(public)
        data = self._data(asked["host"], self.flags | HOLDS_KEY) + held
        return {
            "name": name,
            "credential_id": encoded(self.credential_id),
            "client_data": encoded(self._client_data("webauthn.create", asked)),
            "attestation": encoded(cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})),
        }

    def sign(self, asked: dict[str, Any]) -> dict[str, Any]:
        """The answer to a sign-in challenge; the device counts."""
        self.sign_count += 1
        data, client_data = self._data(asked["host"], self.flags), self._client_data("webauthn.get", asked)
        signature = self.key.sign(data + hashlib.sha256(client_data).digest(), ec.ECDSA(SHA256()))
        return {
            "credential_id": encoded(self.credential_id),
            "client_data": encoded(client_data),
            "authenticator_data": encoded(data),
            "signature": encoded(signature),
            "user_handle": self.user_handle,
        }

    def _data(self, host: str, flags: int) -> bytes:
        return hashlib.sha256(host.encode()).digest() + bytes([flags]) + self.sign_count.to_bytes(4)

    def _client_data(self, kind: str, asked: dict[str, Any]) -> bytes:
        return json.dumps({"type": kind, "challenge": asked["challenge"], "origin": self.origin}).encode()
