"""The test server, driven by the real python-telegram-bot over HTTP."""

import asyncio
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from typing import Any

import httpx
import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllPrivateChats,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    Update,
)
from telegram.constants import ChatAction, ParseMode
from telegram.error import (
    BadRequest,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.ext import ExtBot
from telegram.request import HTTPXRequest

from . import BotApiServer, Person, samples

pytestmark = [
    # The plugin of anyio, which httpx brings along: no further package for async tests.
    pytest.mark.anyio,
    # The library announces a later type of retry_after; that is no concern of the server.
    pytest.mark.filterwarnings("ignore:.*retry_after.*timedelta"),
]

YES_NO = InlineKeyboardMarkup(
    [[InlineKeyboardButton("Ya", callback_data="y"), InlineKeyboardButton("Tidak", url="t.me/x")]]
)

Poll = Coroutine[Any, Any, tuple[Update, ...]]


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def server() -> Iterator[BotApiServer]:
    with BotApiServer() as running:
        yield running


@pytest.fixture
def sari(server: BotApiServer) -> Person:
    return server.person(id=501, started=True)


@pytest.fixture
async def bot(server: BotApiServer) -> AsyncIterator[ExtBot[None]]:
    async with bot_for(server) as connected:
        yield connected


def bot_for(server: BotApiServer, token: str | None = None) -> ExtBot[None]:
    # Environment proxies must not come between, and certificates take long to load for nothing.
    plain: dict[str, Any] = {"trust_env": False, "verify": False}
    requests = [HTTPXRequest(httpx_kwargs=plain) for _ in range(2)]
    return ExtBot(
        token or server.token,
        base_url=f"{server.url}/bot",
        base_file_url=f"{server.url}/file/bot",
        request=requests[0],
        get_updates_request=requests[1],
    )


def refused(kind: type[Exception], reason: str) -> pytest.RaisesExc[Exception]:
    """Expects an error; the library writes Telegram's descriptions with small letters."""
    return pytest.raises(kind, match=f"(?i){re.escape(reason)}")


def raw(server: BotApiServer, method: str, **parameters: Any) -> httpx.Response:
    """A call with a JSON body, as other clients make it."""
    url = f"{server.url}/bot{server.token}/{method}"
    return httpx.post(url, json=parameters, trust_env=False)


async def later(poll: Poll, server: BotApiServer) -> asyncio.Task[tuple[Update, ...]]:
    """A long poll that has reached the server."""
    polls = server.polls
    task = asyncio.create_task(poll)
    await asyncio.to_thread(server.waits_for_poll, after=polls)
    return task


class TestConnection:
    """Tokens, paths and the forms a request may take."""

    async def test_it_tells_who_the_bot_is(self, bot: ExtBot[None]) -> None:
        me = await bot.get_me()
        assert (me.id, me.is_bot, me.username) == (123456, True, "uji_bot")

    async def test_it_refuses_a_wrong_token(self, server: BotApiServer) -> None:
        with pytest.raises(InvalidToken):
            async with bot_for(server, token="123456:wrong"):
                pass

    def test_a_refusal_has_telegrams_form(self, server: BotApiServer) -> None:
        answer = httpx.get(f"{server.url}/bot1:x/getMe", trust_env=False)
        assert answer.json() == {"ok": False, "error_code": 401, "description": "Unauthorized"}

    def test_it_answers_an_unknown_method_with_404(self, server: BotApiServer) -> None:
        answer = raw(server, "getLost")
        assert (answer.status_code, answer.json()["description"]) == (404, "Not Found")
        assert [call.status for call in server.calls_of("getLost")] == [404]

    def test_it_takes_json_forms_and_queries_alike(self, server: BotApiServer, sari: Person) -> None:
        url = f"{server.url}/bot{server.token}/sendmessage"
        fields = {"chat_id": "501", "text": "123", "reply_markup": YES_NO.to_json()}
        raw(server, "sendMessage", chat_id=501, text="123", reply_markup=YES_NO.to_dict())
        httpx.post(url, data=fields, trust_env=False)
        httpx.post(url, data=fields, files={"unused": b"x"}, trust_env=False)
        httpx.get(url, params=fields, trust_env=False)
        shown = [(message.text, message.buttons) for message in sari.received()]
        assert shown == [("123", ["Ya", "Tidak"])] * 4
        assert {call.parameters["text"] for call in server.calls} == {"123"}

    def test_a_second_server_has_its_own_state_and_port(self, server: BotApiServer) -> None:
        with BotApiServer() as other:
            assert other.url != server.url
            assert other.calls == []


class TestUpdates:
    """What getUpdates gives, and when."""

    async def test_updates_come_again_until_a_higher_offset_confirms_them(
        self, server: BotApiServer, bot: ExtBot[None], sari: Person
    ) -> None:
        first, second = sari.sends("satu"), sari.sends("dua")
        for _ in range(2):
            found = await bot.get_updates(allowed_updates=[])
            assert [update.update_id for update in found] == [first, second]
        [left] = await bot.get_updates(offset=second)
        assert left.message
        assert left.message.text == "dua"
        assert server.pending == [second]
        assert await bot.get_updates(offset=second + 1) == ()
        assert server.pending == []

    async def test_limit_and_negative_offset_choose_what_comes(self, bot: ExtBot[None], sari: Person) -> None:
        ids = [sari.sends(word) for word in ("satu", "dua", "tiga")]
        assert [update.update_id for update in await bot.get_updates(limit=2)] == ids[:2]
        assert [update.update_id for update in await bot.get_updates(offset=-1)] == ids[2:]
        assert [update.update_id for update in await bot.get_updates()] == ids[2:]

    async def test_a_long_poll_returns_as_soon_as_a_message_comes(
        self, server: BotApiServer, bot: ExtBot[None], sari: Person
    ) -> None:
        poll = await later(bot.get_updates(timeout=20), server)
        began = time.monotonic()
        sari.sends("/start@uji_bot halo 😀 /bantuan")
        [update] = await poll
        assert time.monotonic() - began < 2
        assert update.message
        commands = list(update.message.parse_entities().values())
        assert commands == ["/start@uji_bot", "/bantuan"]
        assert update.message.from_user
        assert update.message.from_user.language_code == "id"

    async def test_a_long_poll_without_news_ends_after_its_timeout(self, bot: ExtBot[None]) -> None:
        began = time.monotonic()
        assert await bot.get_updates(timeout=1) == ()
        assert 0.9 < time.monotonic() - began < 3

    async def test_allowed_updates_are_remembered_and_hold_for_later_updates(
        self, server: BotApiServer, bot: ExtBot[None], sari: Person
    ) -> None:
        early = sari.sends("sebelum")
        await bot.get_updates(allowed_updates=["callback_query"])
        sari.sends("sesudah")
        assert [update.update_id for update in await bot.get_updates()] == [early]
        await bot.get_updates(allowed_updates=[])
        late = sari.sends("lagi")
        assert server.pending == [early, late]

    async def test_a_second_poll_at_once_ends_the_first_with_a_conflict(
        self, server: BotApiServer, bot: ExtBot[None]
    ) -> None:
        async with bot_for(server) as other:
            poll = await later(bot.get_updates(timeout=20), server)
            assert await other.get_updates(timeout=0) == ()
            with refused(Conflict, "terminated by other getUpdates"):
                await poll

    async def test_polling_conflicts_with_a_webhook(self, server: BotApiServer, bot: ExtBot[None]) -> None:
        poll = await later(bot.get_updates(timeout=20), server)
        await bot.set_webhook("https://example.org/hook")
        with refused(Conflict, "terminated by setWebhook"):
            await poll
        with refused(Conflict, "webhook is active"):
            await bot.get_updates()
        await bot.delete_webhook()
        assert await bot.get_updates() == ()

    async def test_everything_a_person_does_can_be_read_by_the_bot(
        self, server: BotApiServer, bot: ExtBot[None], sari: Person
    ) -> None:
        group = server.group(-1001, "Warga")
        await bot.send_message(group.id, "Halo, warga")
        acts: dict[int, str] = {
            sari.sends("salah"): "text",
            sari.edits("benar"): "edited",
            sari.sends_photo("foto"): "photo",
            sari.sends_voice(): "voice",
            sari.sends_document(): "document",
            sari.sends_sticker(): "sticker",
            sari.sends_location(): "location",
            sari.sends_contact(): "contact",
            sari.sends_poll(): "poll",
            sari.sends_dice(): "dice",
            sari.blocks_bot(): "my_chat_member",
            sari.unblocks_bot(): "my_chat_member",
            group.member_sends(sari, "di grup", reply_to_bot=True): "reply_to_message",
        }
        found = {update.update_id: update for update in await bot.get_updates()}
        assert list(found) == list(acts)
        for update_id, what in acts.items():
            update = found[update_id]
            if what == "edited":
                assert update.edited_message
                assert update.edited_message.text == "benar"
            else:
                holder = update if what == "my_chat_member" else update.message
                assert getattr(holder, what), what
                assert update.effective_user
                assert update.effective_user.id == sari.id

    async def test_poison_comes_as_it_is_and_channel_posts_obey_allowed_updates(
        self, server: BotApiServer, bot: ExtBot[None], sari: Person
    ) -> None:
        poison = sari.sends_raw({"message": {"message_id": "x"}})
        after = sari.sends("sesudah racun")
        with pytest.raises((TelegramError, KeyError, TypeError, ValueError)):
            await bot.get_updates()
        assert server.pending == [poison, after]
        raw(server, "getUpdates", offset=after + 1, allowed_updates=["message"])
        server.sends_raw({"channel_post": {"message_id": 1}})
        assert server.pending == []


class TestMessages:
    """What persons see and press."""

    async def test_a_person_sees_what_the_bot_sends(self, bot: ExtBot[None], sari: Person) -> None:
        sari.sends("/start")
        sent = await bot.send_message(sari.id, "Halo <b>😀 Sari</b>", parse_mode=ParseMode.HTML)
        [seen] = sari.waits_for(1, containing="Sari")
        assert (seen.text, seen.message_id) == ("Halo 😀 Sari", sent.message_id)
        assert seen.entities == [{"type": "bold", "offset": 5, "length": 7}]
        assert sent.parse_entities() == {sent.entities[0]: "😀 Sari"}
        assert abs(seen.date - time.time()) < 5

    async def test_waiting_counts_only_messages_after_the_last_action(
        self, bot: ExtBot[None], sari: Person
    ) -> None:
        await bot.send_message(sari.id, "lama")
        sari.sends("halo")
        with pytest.raises(AssertionError, match=r"1 new message.*new there: \[\]"):
            sari.waits_for(timeout=0.05)
        await bot.send_message(sari.id, "baru")
        assert [message.text for message in sari.waits_for()] == ["baru"]
        lama, baru = sari.received()
        assert sari.received(after=lama) == [baru]

    async def test_a_press_is_answered_and_the_message_edited(
        self, server: BotApiServer, bot: ExtBot[None], sari: Person
    ) -> None:
        await bot.send_message(sari.id, "Setuju?", reply_markup=YES_NO)
        [asked] = sari.received()
        sari.presses("Ya")
        [update] = await bot.get_updates()
        query = update.callback_query
        assert query
        assert query.message
        assert (query.data, query.message.message_id) == ("y", asked.message_id)
        await bot.answer_callback_query(query.id, "Tercatat")
        await bot.edit_message_text("Tercatat.", sari.id, query.message.message_id)
        edited = sari.waits_for_edit(containing="Tercatat")
        assert (edited.buttons, edited.history, sari.notices) == ([], ["Setuju?"], ["Tercatat"])
        with pytest.raises(AssertionError, match=r"no button 'Ya' .* there are: -"):
            sari.presses("Ya")
        # The person's screen was slower than the bot: the press on the old keyboard still comes.
        assert sari.presses(data="y", on=asked) in server.pending

    async def test_a_press_needs_a_button_that_is_there_and_tells_the_bot(
        self, bot: ExtBot[None], sari: Person
    ) -> None:
        await bot.send_message(sari.id, "Setuju?", reply_markup=YES_NO)
        with pytest.raises(AssertionError, match=r"'Ya' \(y\), 'Tidak' \(no data\)"):
            sari.presses("Mungkin")
        with pytest.raises(AssertionError, match="'Tidak' sends nothing to the bot"):
            sari.presses("Tidak")

    async def test_a_key_of_the_reply_keyboard_sends_its_text(self, bot: ExtBot[None], sari: Person) -> None:
        keys = ReplyKeyboardMarkup([["Menu"], [KeyboardButton("Nomor", request_contact=True)]])
        message = await bot.send_message(sari.id, "Pilih", reply_markup=keys)
        assert sari.received()[-1].keyboard == ["Menu", "Nomor"]
        sari.presses("Menu")
        sari.presses("Nomor")
        typed, contact = [update.message for update in await bot.get_updates()]
        assert typed
        assert typed.text == "Menu"
        assert contact
        assert contact.contact
        assert contact.contact.user_id == sari.id
        with refused(BadRequest, "can't be edited"):
            await bot.edit_message_text("Lain", sari.id, message.message_id)

    async def test_old_and_unknown_presses_cannot_be_answered(
        self, server: BotApiServer, bot: ExtBot[None], sari: Person
    ) -> None:
        await bot.send_message(sari.id, "Setuju?", reply_markup=YES_NO)
        sari.presses(data="y")
        [update] = await bot.get_updates()
        assert update.callback_query
        server.expires_callback_queries()
        for query_id in (update.callback_query.id, "77"):
            with refused(BadRequest, "query is too old"):
                await bot.answer_callback_query(query_id)

    async def test_an_edit_that_changes_nothing_is_refused(self, bot: ExtBot[None], sari: Person) -> None:
        sent = await bot.send_message(sari.id, "Sama", reply_markup=YES_NO)
        with refused(BadRequest, "message is not modified"):
            await bot.edit_message_text("Sama", sari.id, sent.message_id, reply_markup=YES_NO)
        with refused(BadRequest, "message is not modified"):
            await bot.edit_message_reply_markup(sari.id, sent.message_id, reply_markup=YES_NO)
        await bot.edit_message_reply_markup(sari.id, sent.message_id)
        assert sari.received()[0].buttons == []
        with refused(BadRequest, "message to edit not found"):
            await bot.edit_message_text("Lain", sari.id, 9999)

    async def test_deleted_messages_are_gone(self, bot: ExtBot[None], sari: Person) -> None:
        numbers = [(await bot.send_message(sari.id, word)).message_id for word in "abc"]
        assert await bot.delete_message(sari.id, numbers[0])
        before = sari.on_screen()
        assert await bot.delete_messages(sari.id, [*numbers[:2], 9999])
        assert len(before) - len(sari.on_screen()) == 1, (
            "the first was gone already, the last was never there"
        )
        assert [message.text for message in sari.received()] == ["c"]
        with refused(BadRequest, "message to delete not found"):
            await bot.delete_message(sari.id, numbers[0])

    async def test_members_of_a_group_write_and_press_there(
        self, server: BotApiServer, bot: ExtBot[None], sari: Person
    ) -> None:
        group, budi = server.group(-1001, "Warga"), server.person(id=502)
        group.member_sends(sari, "/tanya")
        await bot.send_message(group.id, "Setuju?", reply_markup=YES_NO)
        [asked] = group.waits_for()
        group.member_presses(budi, "Ya")
        written, pressed = await bot.get_updates()
        assert written.effective_chat
        assert (written.effective_chat.type, written.effective_chat.id) == ("supergroup", -1001)
        assert pressed.callback_query
        assert pressed.callback_query.from_user.id == budi.id
        assert pressed.effective_message
        assert pressed.effective_message.message_id == asked.message_id
        assert sari.received() == []
        assert written.effective_message
        with refused(BadRequest, "message can't be deleted"):
            await bot.delete_message(group.id, written.effective_message.message_id)

    async def test_a_reply_needs_its_original(self, bot: ExtBot[None], sari: Person) -> None:
        sent = await bot.send_message(sari.id, "satu")
        reply = await bot.send_message(sari.id, "dua", reply_to_message_id=sent.message_id)
        assert reply.reply_to_message
        assert reply.reply_to_message.text == "satu"
        with refused(BadRequest, "replied not found"):
            await bot.send_message(sari.id, "tiga", reply_to_message_id=9999)


class TestRefusals:
    """What Telegram does not take."""

    @pytest.mark.parametrize(
        ("text", "reason"),
        [
            ("<b>tebal", 'Can\'t find end tag corresponding to start tag "b"'),
            ("tebal</b>", "Unexpected end tag at byte offset 5"),
            ("é<i>x</b>", 'Unmatched end tag at byte offset 6, expected "</i>", found "</b>"'),
            ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
            ("baris<br/>baru", 'Unsupported start tag "br/" at byte offset 5'),
            ("<b", "Unclosed start tag at byte offset 0"),
        ],
    )
    async def test_it_refuses_wrong_html(
        self, bot: ExtBot[None], sari: Person, text: str, reason: str
    ) -> None:
        with refused(BadRequest, f"can't parse entities: {reason}"):
            await bot.send_message(sari.id, text, parse_mode=ParseMode.HTML)
        assert sari.received() == []

    async def test_it_reads_all_of_telegrams_html(self, bot: ExtBot[None], sari: Person) -> None:
        text = (
            " <b>a<i>b</i></b> <u>c</u> <s>d</s> <a href='https://x.id/?a=1&amp;b'>e</a> "
            "<code>&lt;f&gt;</code> <pre>g</pre> <blockquote expandable>h</blockquote> "
            "<tg-spoiler>i &nbsp; &#233;</tg-spoiler> "
        )
        sent = await bot.send_message(sari.id, text, parse_mode=ParseMode.HTML)
        assert sent.text == "ab c d e <f> g h i &nbsp; é"
        kinds = "bold italic underline strikethrough text_link code pre expandable_blockquote"
        assert [entity.type for entity in sent.entities] == [*kinds.split(), "spoiler"]
        assert list(sent.parse_entities().values())[:3] == ["ab", "b", "c"]
        assert sent.entities[4].url == "https://x.id/?a=1&b"

    async def test_it_measures_a_text_after_parsing_in_utf16_units(
        self, bot: ExtBot[None], sari: Person
    ) -> None:
        await bot.send_message(sari.id, "<b>" + "😀" * 2048 + "</b>", parse_mode=ParseMode.HTML)
        with refused(BadRequest, "message is too long"):
            await bot.send_message(sari.id, "😀" * 2048 + "x")
        for nothing in ("", " \n ", "<b> </b>"):
            with refused(BadRequest, "empty"):
                await bot.send_message(sari.id, nothing, parse_mode=ParseMode.HTML)

    @pytest.mark.parametrize(
        ("button", "reason"),
        [
            ({"text": "x", "callback_data": "é" * 33}, "BUTTON_DATA_INVALID"),
            ({"text": "x", "callback_data": ""}, "BUTTON_DATA_INVALID"),
            ({"text": "x"}, "Text buttons are unallowed"),
            ({"text": "", "callback_data": "y"}, "must be non-empty"),
            ({"callback_data": "y"}, "must be of type String"),
            ("x", "must be of type String"),
        ],
    )
    def test_it_refuses_wrong_inline_buttons(
        self, server: BotApiServer, sari: Person, button: Any, reason: str
    ) -> None:
        markup = {"inline_keyboard": [[button]]}
        answer = raw(server, "sendMessage", chat_id=sari.id, text="x", reply_markup=markup)
        assert answer.status_code == 400
        assert reason in answer.json()["description"]
        flat = {"inline_keyboard": [button]}
        answer = raw(server, "sendMessage", chat_id=sari.id, text="x", reply_markup=flat)
        assert answer.status_code == 400

    async def test_it_knows_no_chat_that_was_never_opened(
        self, server: BotApiServer, bot: ExtBot[None]
    ) -> None:
        budi = server.person(id=502)
        for chat_id in (budi.id, 999, "@budi"):
            with refused(BadRequest, "Chat not found"):
                await bot.send_message(chat_id, "Halo")
        server.group(-1001).member_sends(budi, "halo")
        with refused(Forbidden, "can't initiate conversation"):
            await bot.send_message(budi.id, "Halo")
        budi.sends("/start")
        await bot.send_message(budi.id, "Halo")

    async def test_it_refuses_what_goes_to_a_person_who_blocked_the_bot(
        self, bot: ExtBot[None], sari: Person
    ) -> None:
        sari.blocks_bot()
        with refused(Forbidden, "bot was blocked by the user"):
            await bot.send_message(sari.id, "Halo")
        with pytest.raises(Forbidden):
            await bot.send_chat_action(sari.id, ChatAction.TYPING)
        with pytest.raises(AssertionError, match="must unblock"):
            sari.sends("halo")
        [update] = await bot.get_updates()
        assert update.my_chat_member
        assert update.my_chat_member.new_chat_member.status == "kicked"
        sari.unblocks_bot()
        await bot.send_message(sari.id, "Halo lagi")

    async def test_commands_and_descriptions_are_checked_and_kept(
        self, server: BotApiServer, bot: ExtBot[None]
    ) -> None:
        scope = BotCommandScopeAllPrivateChats()
        await bot.set_my_commands([BotCommand("mulai", "Mulai")], scope=scope, language_code="id")
        await bot.set_my_description("Teman bicara")
        await bot.set_my_short_description("Teman", language_code="id")
        assert server.commands == {("all_private_chats", "id"): {"mulai": "Mulai"}}
        assert server.profile["description", ""] == "Teman bicara"
        assert server.profile["short_description", "id"] == "Teman"
        with refused(BadRequest, "BOT_COMMAND_INVALID"):
            await bot.set_my_commands([("Mulai!", "Mulai")])
        with refused(BadRequest, "too long"):
            await bot.set_my_short_description("x" * 121)


class TestFiles:
    """Files in both directions."""

    async def test_an_album_is_a_message_for_each_photo_tied_together(
        self, bot: ExtBot[None], sari: Person
    ) -> None:
        acts = [*sari.sends_album(samples.JPEG, b"dua"), *sari.sends_album(b"tiga", b"empat")]
        found = await bot.get_updates()
        assert [update.update_id for update in found] == acts
        messages = [update.message for update in found if update.message]
        ties = [message.media_group_id for message in messages]
        assert all(ties)
        assert ties[0] == ties[1] != ties[2] == ties[3]
        assert len({message.message_id for message in messages}) == 4
        contents = [await (await m.photo[-1].get_file()).download_as_bytearray() for m in messages]
        assert [bytes(content) for content in contents] == [samples.JPEG, b"dua", b"tiga", b"empat"]

    @pytest.mark.parametrize("count", [0, 1, 11])
    def test_an_album_holds_two_to_ten(self, sari: Person, count: int) -> None:
        with pytest.raises(AssertionError, match="two to ten"):
            sari.sends_album(*[samples.JPEG] * count)

    async def test_a_persons_files_can_be_downloaded(self, bot: ExtBot[None], sari: Person) -> None:
        sari.sends_photo()
        sari.sends_voice()
        sari.sends_document(b"isi", "catatan.txt", "text/plain")
        sari.sends_document(file_size=21_000_000)
        photo, voice, document, huge = [update.message for update in await bot.get_updates()]
        assert photo
        assert bytes(await (await photo.photo[-1].get_file()).download_as_bytearray()) == (samples.JPEG)
        assert voice
        assert voice.voice
        assert (await (await voice.voice.get_file()).download_as_bytearray())[:4] == b"OggS"
        assert document
        assert document.document
        assert await (await document.document.get_file()).download_as_bytearray() == b"isi"
        assert huge
        assert huge.document
        with refused(BadRequest, "File is too big"):
            await huge.document.get_file()
        with refused(BadRequest, "wrong file_id"):
            await bot.get_file("nothing")

    async def test_the_bot_sends_files_and_sends_them_again_by_identifier(
        self, bot: ExtBot[None], sari: Person
    ) -> None:
        long = b"isi\r\n" * 300_000
        sent = await bot.send_photo(sari.id, BytesIO(samples.JPEG), caption="<i>foto</i>")
        await bot.send_photo(sari.id, sent.photo[-1].file_id, caption="lagi")
        await bot.send_document(sari.id, BytesIO(long), filename="a.txt", reply_markup=YES_NO)
        first, again, document = sari.received()
        assert (first.text, first.file, again.file) == ("<i>foto</i>", samples.JPEG, samples.JPEG)
        assert (document.file_name, document.file) == ("a.txt", long)
        assert document.buttons == ["Ya", "Tidak"]
        with refused(BadRequest, "image_process_failed"):
            await bot.send_photo(sari.id, BytesIO(b"no picture"))
        with refused(BadRequest, "caption is too long"):
            await bot.send_document(sari.id, BytesIO(b"x"), caption="x" * 1025)


class TestTroubles:
    """Faults that a test orders."""

    async def test_a_refusal_can_be_ordered_for_the_next_calls(
        self, server: BotApiServer, bot: ExtBot[None], sari: Person
    ) -> None:
        server.fails_next("sendMessage", 429, retry_after=7)
        server.fails_next("sendMessage", 500, "Internal Server Error", times=2)
        with pytest.raises(RetryAfter) as limited:
            await bot.send_message(sari.id, "satu")
        assert int(limited.value._retry_after.total_seconds()) == 7
        for _ in range(2):
            with refused(NetworkError, "Internal Server Error"):
                await bot.send_message(sari.id, "satu")
        await bot.send_message(sari.id, "satu")
        assert [call.status for call in server.calls_of("sendMessage")] == [429, 500, 500, 200]
        assert len(sari.received()) == 1

    async def test_too_many_messages_a_second_to_one_person_are_refused(
        self, server: BotApiServer, bot: ExtBot[None], sari: Person
    ) -> None:
        server.flood_limits(per_chat_per_second=1)
        budi = server.person(id=502, started=True)
        await bot.send_message(sari.id, "satu")
        with pytest.raises(RetryAfter):
            await bot.send_message(sari.id, "dua")
        await bot.send_message(budi.id, "satu")
        server.flood_limits(None)
        await bot.send_message(sari.id, "dua")

    async def test_a_lost_answer_looks_like_an_error_but_the_message_is_there(
        self, server: BotApiServer, bot: ExtBot[None], sari: Person
    ) -> None:
        server.loses_answer_next("sendMessage")
        with pytest.raises(NetworkError):
            await bot.send_message(sari.id, "satu")
        server.loses_answer_next("sendMessage", "hangs")
        with pytest.raises(TimedOut):
            await bot.send_message(sari.id, "dua", read_timeout=0.1)
        assert [message.text for message in sari.received()] == ["satu", "dua"]

    async def test_a_lost_request_looks_the_same_but_nothing_is_there(
        self, server: BotApiServer, bot: ExtBot[None], sari: Person
    ) -> None:
        server.loses_request_next("sendMessage")
        with pytest.raises(NetworkError):
            await bot.send_message(sari.id, "satu")
        assert sari.received() == []
        await bot.send_message(sari.id, "dua")

    async def test_updates_of_a_lost_answer_come_again(
        self, server: BotApiServer, bot: ExtBot[None], sari: Person
    ) -> None:
        sent = sari.sends("halo")
        server.loses_answer_next("getUpdates")
        with pytest.raises(NetworkError):
            await bot.get_updates()
        assert [update.update_id for update in await bot.get_updates()] == [sent]

    async def test_it_can_be_unreachable_and_come_back(
        self, server: BotApiServer, bot: ExtBot[None], sari: Person
    ) -> None:
        poll = await later(bot.get_updates(timeout=20), server)
        with server.unreachable():
            with pytest.raises(NetworkError):
                await poll
            with refused(NetworkError, "ConnectError"):
                await bot.send_message(sari.id, "satu")
            sent = sari.sends("masih di sana?")
        assert [update.update_id for update in await bot.get_updates()] == [sent]
        await bot.send_message(sari.id, "dua")
        assert [message.text for message in sari.received()] == ["dua"]

    async def test_a_proxy_in_front_of_it_can_answer_502(
        self, server: BotApiServer, bot: ExtBot[None], sari: Person
    ) -> None:
        poll = await later(bot.get_updates(timeout=20), server)
        with server.unreachable("502"):
            with refused(NetworkError, "502"):
                await poll
            with refused(NetworkError, "502"):
                await bot.send_message(sari.id, "satu")
        await bot.send_message(sari.id, "dua")
        assert [message.text for message in sari.received()] == ["dua"]


class Hook:
    """A webhook that answers with the statuses it is given, and notes what came."""

    def __init__(self) -> None:
        self.statuses: list[int] = []
        self.came: list[tuple[str | None, dict[str, Any]]] = []
        self.url = ""


@contextmanager
def hook_running() -> Iterator[Hook]:
    hook = Hook()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            update = Update.de_json(json.loads(body))
            hook.came.append((self.headers["X-Telegram-Bot-Api-Secret-Token"], update.to_dict()))
            self.send_response(hook.statuses.pop(0) if hook.statuses else 200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Keeps the test's output clean."""

    with HTTPServer(("127.0.0.1", 0), Handler) as listening:
        hook.url = f"http://127.0.0.1:{listening.server_port}/hook"
        thread = threading.Thread(target=listening.serve_forever, args=(0.01,))
        thread.start()
        yield hook
        listening.shutdown()
        thread.join()


class TestWebhook:
    """Updates pushed to the bot."""

    async def test_it_pushes_in_order_with_the_secret_until_the_answer_is_2xx(
        self, server: BotApiServer, bot: ExtBot[None], sari: Person
    ) -> None:
        early = sari.sends("sebelum")
        with hook_running() as hook:
            hook.statuses = [500, 403]
            await bot.set_webhook(hook.url, secret_token="rahasia_1", max_connections=1)
            late = sari.sends("sesudah")
            server.waits_until(lambda: not server.pending, 5)
            info = await bot.get_webhook_info()
            await bot.delete_webhook()
        assert [update["update_id"] for _, update in hook.came] == [early, early, early, late]
        assert {secret for secret, _ in hook.came} == {"rahasia_1"}
        assert info.last_error_message == "Wrong response from the webhook: 403 Forbidden"
        assert (info.url, info.pending_update_count) == (hook.url, 0)

    async def test_dropped_and_unwanted_updates_are_never_pushed(
        self, server: BotApiServer, bot: ExtBot[None], sari: Person
    ) -> None:
        sari.sends("sebelum")
        await bot.send_message(sari.id, "Setuju?", reply_markup=YES_NO)
        with hook_running() as hook:
            wanted = ["callback_query"]
            await bot.set_webhook(hook.url, allowed_updates=wanted, drop_pending_updates=True)
            sari.sends("tak diminta")
            press = sari.presses("Ya")
            server.waits_until(lambda: hook.came and not server.pending, 5)
            assert tuple((await bot.get_webhook_info()).allowed_updates) == ("callback_query",)
            await bot.delete_webhook()
        assert [(secret, update["update_id"]) for secret, update in hook.came] == [(None, press)]

    async def test_it_refuses_plain_http_and_odd_secrets(self, bot: ExtBot[None]) -> None:
        with refused(BadRequest, "HTTPS URL must be provided"):
            await bot.set_webhook("http://example.org/hook")
        with refused(BadRequest, "unallowed characters"):
            await bot.set_webhook("https://example.org/hook", secret_token="a b")


ECHO = """
import sys
from telegram.ext import Application, MessageHandler
async def echo(update, context):
    await update.message.reply_text("gema: " + update.message.text)
url, token = sys.argv[1:]
builder = Application.builder().token(token).base_url(url + "/bot")
application = builder.base_file_url(url + "/file/bot").build()
application.add_handler(MessageHandler(None, echo))
application.run_polling(timeout=20)
"""


@contextmanager
def echo_process(server: BotApiServer) -> Iterator[subprocess.Popen[bytes]]:
    bare = {key: value for key, value in os.environ.items() if "proxy" not in key.lower()}
    command = [sys.executable, "-c", ECHO, server.url, server.token]
    process = subprocess.Popen(command, env=bare, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


class TestProcess:
    """A bot that is a process of its own, as in the project's tests."""

    def test_a_killed_bot_finds_everything_again_when_it_comes_back(
        self, server: BotApiServer, sari: Person
    ) -> None:
        with echo_process(server) as process:
            server.waits_for_poll()
            sari.sends("satu")
            assert [message.text for message in sari.waits_for()] == ["gema: satu"]
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
            unanswered = sari.sends("dua")
        assert unanswered in server.pending
        with echo_process(server):
            [echo] = sari.waits_for(containing="dua")
        assert echo.text == "gema: dua"


async def test_a_plain_bot_works_as_well(server: BotApiServer) -> None:
    async with Bot(server.token, base_url=f"{server.url}/bot") as plain:
        assert plain.username == "uji_bot"
