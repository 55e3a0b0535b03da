"""The key file, and what is encrypted with it."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from hypothesis import given
from hypothesis import strategies as st

from store.errors import KeyUnusable
from store.keys import Keyring, load_keyring, temporary_keyring
from tests.store.crew import crew

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc"), inner, max_size=3),
)
KEYS = temporary_keyring()


@given(JSON)
def test_it_reads_back_what_it_sealed(value: object) -> None:
    assert KEYS.unseal(KEYS.seal(value)) == value


def test_it_makes_a_key_file_only_the_owner_can_read(tmp_path: Path) -> None:
    file = tmp_path / "secrets" / "kawan.key"
    made = load_keyring(file, create=True)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert load_keyring(file, create=True).unseal(made.seal("halo")) == "halo"


def test_it_makes_one_key_when_many_processes_start_together(tmp_path: Path) -> None:
    with crew("key", 4) as all_at_once:
        for round in range(30):
            assert len(set(all_at_once(tmp_path / f"{round}" / "kawan.key"))) == 1


def test_it_makes_no_key_unless_told_to(tmp_path: Path) -> None:
    with pytest.raises(KeyUnusable, match="There is no key file at"):
        load_keyring(tmp_path / "kawan.key", create=False)
    assert not list(tmp_path.iterdir())


def test_it_says_that_a_key_is_not_the_one_of_this_database() -> None:
    sealed = temporary_keyring().seal("rahasia")
    with pytest.raises(KeyUnusable, match=r"does not fit this database. Point KAWAN_KEY_FILE"):
        temporary_keyring().unseal(sealed)


def test_it_says_that_a_key_does_not_open_a_case() -> None:
    wrapped, _case = temporary_keyring().new_case()
    with pytest.raises(KeyUnusable, match="does not open this case"):
        temporary_keyring().case(wrapped)


def test_it_gives_each_case_a_key_of_its_own() -> None:
    (wrapped, first), (_, second) = KEYS.new_case(), KEYS.new_case()
    sealed = first.seal("cerita")
    assert KEYS.case(wrapped).unseal(sealed) == "cerita"
    for other in (second, KEYS):
        with pytest.raises(KeyUnusable):
            other.unseal(sealed)


def test_it_encrypts_with_the_newest_key_and_decrypts_with_the_old_ones(tmp_path: Path) -> None:
    file = tmp_path / "kawan.key"
    before = load_keyring(file, create=True)
    lookup, fernet = file.read_text().splitlines()
    newest = Fernet.generate_key().decode()
    file.write_text(f"{lookup}\nfernet:{newest}\n{fernet}\n")
    after = load_keyring(file, create=False)
    assert after.unseal(before.seal("lama")) == "lama"
    assert after.name_of(7) == before.name_of(7)
    file.write_text(f"{lookup}\nfernet:{newest}\n")
    assert load_keyring(file, create=False).unseal(after.seal("baru")) == "baru"
    with pytest.raises(KeyUnusable):
        before.unseal(after.seal("baru"))


@pytest.mark.parametrize(
    "content",
    [b"", b"halo", b"lookup:00ff\n", b"lookup:xyz\nfernet:xyz\n", b"fernet:abc\n", b"\xff\xfe\x00lookup:00"],
)
def test_it_says_that_a_key_file_is_damaged(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "kawan.key"
    file.write_bytes(content)
    with pytest.raises(
        KeyUnusable, match=r"The key file .* is damaged: it needs one 'lookup:' and"
    ) as caught:
        load_keyring(file, create=True)
    assert "xyz" not in str(caught.value)
    assert file.read_bytes() == content


def test_it_says_that_a_key_file_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(KeyUnusable, match="cannot be read: Is a directory"):
        load_keyring(tmp_path, create=True)


def test_it_says_that_a_key_file_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(KeyUnusable, match=r"file/below/kawan.key"):
        load_keyring(tmp_path / "file" / "below" / "kawan.key", create=True)


def test_it_names_a_chat_the_same_way_each_time_and_no_two_alike() -> None:
    names = {KEYS.name_of(chat) for chat in range(100)}
    assert len(names) == 100
    assert KEYS.name_of(7) == KEYS.name_of("7")
    assert all(len(name) == 32 for name in names)
    assert temporary_keyring().name_of(7) != KEYS.name_of(7)


def test_it_never_shows_a_key_when_printed() -> None:
    secret = Fernet.generate_key()
    assert secret.decode() not in repr(Keyring(b"x" * 32, [secret]))
