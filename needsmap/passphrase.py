"""A steward's passphrase: made here, kept only as what it hashes to.

scrypt with n = 2^17, r = 8, p = 1, as the OWASP Password Storage Cheat Sheet asks for: a trial
costs 128 MiB and about half a second, so guesses are dear.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

SHORTEST = 14
"""Letters of a passphrase somebody chooses."""

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without letters and digits that are taken for one another when read aloud."""

_POWER, _BLOCK, _LANES = 17, 8, 1
_FEWEST_POWER = 14


def make_passphrase() -> str:
    """Return a new passphrase: five groups of four letters, 99 bits of chance."""
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(5))
    return "-".join(groups)


def hashed(passphrase: str, *, salt: bytes | None = None, power: int = _POWER) -> str:
    """Return what a passphrase hashes to, as the setting holds it: no sign a shell reads.

    Raises
    ------
    ValueError
        When it has fewer than 14 letters.
    """
    if len(passphrase) < SHORTEST:
        raise ValueError(f"A passphrase has {SHORTEST} letters or more.")
    salt = salt or secrets.token_bytes(16)
    digest = _scrypt(passphrase, salt, power, _BLOCK, _LANES)
    return f"scrypt:{power}:{_BLOCK}:{_LANES}:{salt.hex()}:{digest.hex()}"


def is_hash(kept: str) -> bool:
    """Return whether a text is what `hashed` returns."""
    return _parts(kept) is not None


def matches(passphrase: str, kept: str) -> bool:
    """Return whether a passphrase is the one that was hashed. Takes the same time either way."""
    parts = _parts(kept)
    if parts is None:
        return False
    power, block, lanes, salt, digest = parts
    return hmac.compare_digest(_scrypt(passphrase, salt, power, block, lanes), digest)


def _parts(kept: str) -> tuple[int, int, int, bytes, bytes] | None:
    parts = kept.split(":")
    if len(parts) != 6 or parts[0] != "scrypt":
        return None
    try:
        power, block, lanes = (int(part) for part in parts[1:4])
        salt, digest = (bytes.fromhex(part) for part in parts[4:])
    except ValueError:
        return None
    right = _FEWEST_POWER <= power <= 20 and block == _BLOCK and lanes == _LANES
    return (power, block, lanes, salt, digest) if right and len(digest) == 32 and salt else None


def _scrypt(passphrase: str, salt: bytes, power: int, block: int, lanes: int) -> bytes:
    return hashlib.scrypt(
        passphrase.encode("utf-8", "replace"), salt=salt, n=2**power, r=block, p=lanes,
        maxmem=2 * 128 * block * 2**power, dklen=32,
    )  # fmt: skip
