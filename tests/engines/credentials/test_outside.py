"""Others accept what is signed here, refuse what was changed, and what they sign is accepted here."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from base64 import urlsafe_b64encode
from collections.abc import Callable
from copy import deepcopy
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from openbadgeslib.ob3.clr import bundled_clr_contexts
from openbadgeslib.ob3.ldp import OB3LdpVerifier, verify_data_integrity_proof
from openbadgeslib.ob3.verifier import OB3VerificationError, OB3Verifier
from openvc import OpenvcError, verify_credential

from craftpath.engines.credentials import check, documents, sign, token
from craftpath.engines.credentials.loader import KEPT, kept
from craftpath.engines.credentials.multikey import ed25519_bytes
from tests.engines.credentials.making import KEY, NOW, achievement, signed

VERIFIERS = Path(__file__).parents[2] / "verifiers"
JAVASCRIPT = ("@digitalbazaar/vc", "@digitalcredentials/verifier-core", "jose")
# The system's, else the one that `make test` puts beside Python; without either these tests fail.
NODE = shutil.which("node") or str(Path(sys.executable).parent / "node")


def own() -> list[dict[str, Any]]:
    """A badge and a record."""
    badge = signed(badge_for_long())
    record = documents.record(
        id="https://college.example/r/1",
        issuer=documents.Issuer(KEY.did_key, "云桥职业技术学院"),
        holder=documents.Holder("urn:uuid:7b0f8a52-31f2-4a0e-9a55-6f5d3b0c0a01"),
        credentials=[badge],
        name="学习档案",
        valid_from=datetime(2026, 6, 1, tzinfo=UTC),
        associations=[documents.Association("isChildOf", "urn:a:1", "urn:a:2")],
    )
    return [badge, sign(record, KEY, method=KEY.did_key_method, created=NOW)]


def badge_for_long() -> dict[str, Any]:
    """Others ask the clock of the machine, so this one holds for long."""
    return achievement(status=None, valid_until=datetime(2099, 1, 1, tzinfo=UTC))


def tampered(document: dict[str, Any]) -> dict[str, Any]:
    changed = deepcopy(document)
    changed["name"] = "Somebody else's"
    return changed


@cache
def asked_of_javascript() -> dict[str, Any]:
    mine = token(badge_for_long(), KEY, method=KEY.did_key_method)
    head, body, tail = mine.split(".")
    other = token(achievement(status=None, name="Other"), KEY, method=KEY.did_key_method).split(".")[1]
    public = urlsafe_b64encode(ed25519_bytes(KEY.public_multikey) or b"").decode().rstrip("=")
    given = {
        "at": NOW.isoformat(),
        "contexts": {url: kept(url) for url in KEPT},
        "credentials": own() + [tampered(one) for one in own()],
        "tokens": [[mine, public], [f"{head}.{other}.{tail}", public]],
        "toSign": badge_for_long(),
    }
    ran = subprocess.run(
        [NODE, "verify.mjs"],  # noqa: S603
        cwd=VERIFIERS,
        input=json.dumps(given),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


def pem() -> bytes:
    public = Ed25519PublicKey.from_public_bytes(ed25519_bytes(KEY.public_multikey) or b"")
    return public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def openbadgeslib(document: dict[str, Any]) -> bool:
    try:
        OB3LdpVerifier().verify(json.dumps(document))
    except OB3VerificationError:
        return False
    return True


def openvc(document: dict[str, Any]) -> bool:
    """This one reads a single proof, not a list with one."""
    try:
        verify_credential(
            document | {"proof": document["proof"][0]}, extra_contexts={url: kept(url) for url in KEPT}
        )
    except OpenvcError:
        return False
    return True


@pytest.mark.parametrize("verifier", [openbadgeslib, openvc])
def test_python_accepts_ours_and_refuses_it_changed(verifier: Callable[[Any], bool]) -> None:
    badge = own()[0]
    assert verifier(badge)
    assert not verifier(tampered(badge))


def test_python_accepts_our_record_and_refuses_it_changed() -> None:
    record = own()[1]
    theirs = {"pubkey_pem": pem(), "extra_contexts": bundled_clr_contexts()}
    verify_data_integrity_proof(record, **theirs)
    with pytest.raises(OB3VerificationError):
        verify_data_integrity_proof(tampered(record), **theirs)


def test_python_accepts_our_token_and_refuses_it_changed() -> None:
    mine = token(badge_for_long(), KEY, method=KEY.did_key_method)
    head, body, tail = mine.split(".")
    other = token(achievement(status=None, name="Other"), KEY, method=KEY.did_key_method).split(".")[1]
    theirs = OB3Verifier(pem())
    assert theirs.verify(mine).name == "钳工四级"
    with pytest.raises(OB3VerificationError):
        theirs.verify(f"{head}.{other}.{tail}")


@pytest.mark.parametrize("verifier", JAVASCRIPT)
def test_javascript_accepts_ours_and_refuses_it_changed(verifier: str) -> None:
    found = asked_of_javascript()[verifier]
    half = len(found) // 2
    assert found == [True] * half + [False] * half


@pytest.mark.parametrize("way", ["signed", "signedBefore"])
def test_what_javascript_signed_is_accepted_here(way: str) -> None:
    theirs = asked_of_javascript()[way]
    found = check(theirs, at=NOW)
    assert found.valid
    assert [one.ok for one in found.checks] == [True] * 5
    assert check(tampered(theirs), at=NOW)["proof"].code == "proof_broken"
