"""Accounts in the hands of an admin, who may do much, but not lock herself out."""

from __future__ import annotations

import re

from store import staff, totp
from tests.hotline.console import PASSWORD, SECRET, Console


def password_on(page: str) -> str:
    found = re.search(r"<code>([a-z0-9-]{17})</code>", page)
    assert found
    return found[1]


def deeds(console: Console, who: str) -> list[str]:
    rows = console.db.query("select what from audit where who = ? order by id", [who])
    return [row["what"] for row in rows]


def test_an_admin_adds_a_member_who_signs_in_with_what_is_shown_once(console: Console) -> None:
    ani = console.signed_in("ani")
    answer = ani.post("/petugas", {"login": " Dewi ", "nama": "Dewi Lado", "peran": "lead"})
    given = password_on(answer.text)
    assert given not in ani.get("/petugas/dewi").text
    dewi = console.stranger()
    assert dewi.signs_in("dewi", given).status_code == 303
    assert dewi.get("/akun").headers["location"] == "/akun/kata-sandi"
    assert deeds(console, "ani")[-2:] == ["staff added dewi as lead", "password of dewi made"]


def test_a_login_that_will_not_do_is_told_beside_its_field(console: Console) -> None:
    ani = console.signed_in("ani")
    for login in ("maria", "d", "dewi lado"):
        answer = ani.post("/petugas", {"login": login})
        assert (answer.status_code, "belum dipakai" in answer.text) == (422, True)
    assert ani.post("/petugas", {"login": "dewi", "peran": "king"}).status_code == 422
    assert len(staff.listed(console.db)) == 6


def test_name_and_role_are_changed(console: Console) -> None:
    ani = console.signed_in("ani")
    assert ani.post("/petugas/maria", {"nama": "Maria B.", "peran": "lead"}).status_code == 303
    member = staff.active(console.db, "maria")
    assert (member.name, member.role) == ("Maria B.", "lead")
    assert deeds(console, "ani")[-1] == "role of maria is lead"
    assert ani.post("/petugas/maria", {"nama": "Maria", "peran": "king"}).status_code == 404
    assert staff.active(console.db, "maria").name == "Maria B."


def test_lost_password_and_lost_phone_are_mended_and_end_sessions(console: Console) -> None:
    console.write(totp.set_up, console.keys, "lusia", SECRET, 0)
    ani, lusia = console.signed_in("ani"), console.signed_in("lusia")
    ani.post("/petugas/lusia/lepas-kode")
    assert lusia.get("/akun").status_code == 303
    assert console.stranger().signs_in("lusia", PASSWORD).status_code == 303
    given = password_on(ani.post("/petugas/lusia/sandi").text)
    assert console.stranger().signs_in("lusia", PASSWORD).status_code == 422
    assert console.stranger().signs_in("lusia", given).status_code == 303


def test_who_is_switched_off_is_out_at_once(console: Console) -> None:
    ani, maria = console.signed_in("ani"), console.signed_in("maria")
    assert ani.post("/petugas/maria/nonaktif").headers["location"] == "/petugas"
    assert maria.get("/akun").status_code == 303
    assert ani.post("/petugas/maria/sandi").status_code == 404
    assert ani.post("/petugas/maria/nonaktif").status_code == 404


def test_an_admin_cannot_lock_herself_out(console: Console) -> None:
    ani = console.signed_in("ani")
    assert ani.post("/petugas/ani/nonaktif").status_code == 404
    ani.post("/petugas/ani", {"nama": "Ani", "peran": "reader"})
    assert staff.active(console.db, "ani").role == "admin"


def test_nobody_else_sees_or_changes_accounts(console: Console) -> None:
    for login in ("maria", "lusia", "yosef", "rini"):
        visitor = console.signed_in(login)
        assert visitor.get("/petugas").status_code == 404
        assert visitor.get("/petugas/bram").status_code == 404
        for path in ("/petugas", "/petugas/bram", "/petugas/bram/sandi", "/petugas/bram/nonaktif"):
            assert visitor.post(path, {"login": "dewi", "peran": "admin"}).status_code == 404
    assert [member.login for member in staff.listed(console.db) if member.active] == sorted(
        ["maria", "bram", "yosef", "lusia", "ani", "rini"]
    )
