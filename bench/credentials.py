"""How many credentials a second are signed and checked on one core, beside two libraries of others?

    python bench/credentials.py [--seconds 2]

One badge with an achievement, a scale, an alignment, two identifiers and a status, 2.2 kB, and a record with ten of
them. All ways sign with the same key and check each other's proof once before anything is measured. Checking, the
engine answers five questions (proof, dates, status, schema, issuer), the others the proof, the dates and that the words
say what was signed. Each way runs in a process of its own, in turns, the seconds being those of the processor.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable
from datetime import UTC, datetime
from statistics import median
from typing import Any

from machine import ROOT, machine, resident

sys.path.insert(0, str(ROOT))
ROUNDS = 3
NOW = datetime(2026, 11, 30, tzinfo=UTC)


def engine(badge: dict[str, Any], record: dict[str, Any]) -> dict[str, Callable[[], object]]:
    from craftpath.engines.credentials import check, sign, token
    from tests.engines.credentials.making import KEY

    method = KEY.did_key_method
    signed, held = sign(badge, KEY, method=method, created=NOW), sign(record, KEY, method=method, created=NOW)
    mine = token(badge, KEY, method=method)
    assert check(signed, at=NOW).valid
    assert check(held, at=NOW).valid
    assert check(mine, at=NOW).valid
    return {
        "sign a badge": lambda: sign(badge, KEY, method=method, created=NOW),
        "check a badge": lambda: check(signed, at=NOW),
        "sign a token": lambda: token(badge, KEY, method=method),
        "check a token": lambda: check(mine, at=NOW),
        "sign a record of ten": lambda: sign(record, KEY, method=method, created=NOW),
        "check a record of ten": lambda: check(held, at=NOW),
    }


def openvc(badge: dict[str, Any], record: dict[str, Any]) -> dict[str, Callable[[], object]]:
    from openvc import Ed25519SigningKey
    from openvc.proof.data_integrity import DataIntegrityProofSuite

    from craftpath.engines.credentials.loader import KEPT, kept
    from craftpath.engines.credentials.multikey import ed25519_bytes
    from tests.engines.credentials.making import KEY

    contexts = {url: kept(url) for url in KEPT}
    suite = DataIntegrityProofSuite()
    halves = {"d": KEY.private, "x": ed25519_bytes(KEY.public_multikey) or b""}
    jwk = {name: urlsafe_b64encode(half).decode().rstrip("=") for name, half in halves.items()}
    key = Ed25519SigningKey.from_jwk({"kty": "OKP", "crv": "Ed25519"} | jwk, KEY.did_key_method)

    def sign(document: dict[str, Any]) -> dict[str, Any]:
        return suite.add_proof(
            document,
            signing_key=key,
            verification_method=KEY.did_key_method,
            created=NOW,
            extra_contexts=contexts,
        )

    signed = sign(badge)
    suite.verify(signed, extra_contexts=contexts, now=NOW)
    return {
        "sign a badge": lambda: sign(badge),
        "check a badge": lambda: suite.verify(signed, extra_contexts=contexts, now=NOW),
    }


def openbadgeslib(badge: dict[str, Any], record: dict[str, Any]) -> dict[str, Callable[[], object]]:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
    from openbadgeslib.ob3.ldp import OB3LdpVerifier, add_data_integrity_proof

    from tests.engines.credentials.making import KEY

    private = Ed25519PrivateKey.from_private_bytes(KEY.private)
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())

    def sign(document: dict[str, Any]) -> dict[str, Any]:
        return add_data_integrity_proof(document, pem, verification_method=KEY.did_key_method, created=NOW)

    signed = json.dumps(sign(badge))
    verifier = OB3LdpVerifier()
    verifier.verify(signed)
    return {"sign a badge": lambda: sign(badge), "check a badge": lambda: verifier.verify(signed)}


WAYS = {"craftpath": engine, "openvc-core": openvc, "openbadgeslib": openbadgeslib}


def documents() -> tuple[dict[str, Any], dict[str, Any]]:
    from craftpath.engines.credentials import documents
    from tests.engines.credentials.making import KEY, achievement, signed

    badge = achievement()
    record = documents.record(
        id="urn:uuid:0f2a5a2c-3a3e-4c07-9d3b-6c7f7a0d5f01",
        issuer=documents.Issuer(KEY.did_key, "College"),
        holder=documents.Holder("urn:uuid:7b0f8a52-31f2-4a0e-9a55-6f5d3b0c0a01"),
        credentials=[signed(achievement(id=f"https://college.example/c/{place}")) for place in range(10)],
        name="Record",
        valid_from=datetime(2026, 6, 1, tzinfo=UTC),
    )
    return badge, record


def one(way: str, seconds: float) -> None:
    badge, record = documents()
    found = {}
    for name, act in WAYS[way](badge, record).items():
        act()
        times = []
        until = time.process_time() + seconds / 2
        while time.process_time() < until or len(times) < 3:
            start = time.process_time()
            act()
            times.append(time.process_time() - start)
        found[name] = 1 / median(times)
    print(json.dumps({"rates": found, "peak": resident("VmHWM")}))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=2.0)
    parser.add_argument("--way", choices=WAYS)
    arguments = parser.parse_args()
    if arguments.way:
        one(arguments.way, arguments.seconds)
        return
    print(machine())
    badge, record = documents()
    print(f"badge {len(json.dumps(badge, ensure_ascii=False).encode()):,} bytes, "
          f"record {len(json.dumps(record, ensure_ascii=False).encode()):,} bytes")  # fmt: skip
    rates: dict[str, dict[str, list[float]]] = {}
    peaks: dict[str, float] = {}
    for _ in range(ROUNDS):
        for way in WAYS:
            ran = subprocess.run(
                [sys.executable, __file__, "--way", way, "--seconds", str(arguments.seconds)],
                capture_output=True, text=True, check=True,
            )  # fmt: skip
            said = json.loads(ran.stdout)
            peaks[way] = max(peaks.get(way, 0), said["peak"])
            for name, rate in said["rates"].items():
                rates.setdefault(name, {}).setdefault(way, []).append(rate)
    print("| a second, one core | " + " | ".join(WAYS) + " |")
    print("|---|" + "---:|" * len(WAYS))
    for name, ways in rates.items():
        print(
            f"| {name} | "
            + " | ".join(f"{median(ways[way]):.0f}" if way in ways else "–" for way in WAYS)
            + " |"
        )
    print("| peak MB | " + " | ".join(f"{peaks[way]:.0f}" for way in WAYS) + " |")


if __name__ == "__main__":
    main()
