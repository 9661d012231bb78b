"""A steward's passphrase: only its hash is kept, and only the right one opens."""

from __future__ import annotations

import hashlib

import pytest

from needsmap.errors import NeedsmapError
from needsmap.passphrase import SHORTEST, hashed, is_hash, make_passphrase, matches
from needsmap.settings import load


def test_a_new_passphrase_is_long_and_never_the_same() -> None:
    made = {make_passphrase() for _ in range(50)}

    assert len(made) == 50
    assert all(len(one) == 24 >= SHORTEST for one in made)


def test_only_the_right_passphrase_opens() -> None:
    kept = hashed("kestrel over the harbour", power=14)

    assert matches("kestrel over the harbour", kept)
    assert not matches("kestrel over the harbor", kept)
    assert not matches("", kept)
    assert "kestrel" not in kept


def test_the_hash_is_scrypt_s_own() -> None:
    # RFC 7914, section 12: the fourth example has n = 2^20; the third, with n = 2^14, r = 8,
    # p = 1, has a password of 13 letters, so it is asked of the library that computes ours.
    ours = hashed("pleaseletmein!", salt=b"SodiumChloride", power=14)
    theirs = hashlib.scrypt(
        b"pleaseletmein!", salt=b"SodiumChloride", n=16384, r=8, p=1, maxmem=2**26, dklen=32
    )

    assert ours.rpartition(":")[2] == theirs.hex()
    first_of_rfc = hashlib.scrypt(
        b"pleaseletmein", salt=b"SodiumChloride", n=16384, r=8, p=1, maxmem=2**26, dklen=64
    )
    assert first_of_rfc.hex().startswith("7023bdcb3afd7348461c06cd81fd38eb")


def test_two_hashes_of_one_passphrase_differ() -> None:
    assert hashed("kestrel over the harbour", power=14) != hashed(
        "kestrel over the harbour", power=14
    )


@pytest.mark.parametrize(
    "kept",
    ["", "secret", "kestrel over the harbour", "scrypt:1:8:1:00:00", "scrypt:17:8:1:zz:00",
     f"scrypt:40:8:1:00:{'00' * 32}", f"scrypt:17:8:1::{'00' * 32}"],
)  # fmt: skip
def test_what_is_no_hash_opens_for_nobody(kept: str) -> None:
    assert not is_hash(kept)
    assert not matches("kestrel over the harbour", kept)
    assert not matches(kept, kept)


def test_short_passphrases_are_refused() -> None:
    with pytest.raises(ValueError, match="14"):
        hashed("tooshort")


def test_a_passphrase_in_the_setting_is_refused_without_saying_it() -> None:
    with pytest.raises(NeedsmapError) as refused:
        load({"NEEDSMAP_STEWARD": "kestrel over the harbour"})

    assert "kestrel" not in str(refused.value)
    kept = hashed("kestrel over the harbour", power=14)
    assert load({"NEEDSMAP_STEWARD": kept}).steward == kept
    assert load({}).steward == ""
