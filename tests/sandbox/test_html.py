"""Telegram's HTML: what parses, what is refused in which words, and that offsets count UTF-16 code units."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sandbox.people import Person
from sandbox.text import html
from sandbox.text.formatted import Entity, Formatted, tidy, units
from sandbox.text.render import as_html
from tests.sandbox.talking import Api, Refusal

LEAD = "😀 学&lt;"  # 4 + 1 + 3 + 4 bytes of UTF-8; 2 + 1 + 1 + 1 UTF-16 code units of text
BYTES, UNITS = 12, 5


@pytest.mark.parametrize(
    ("markup", "problem"),
    [
        ("<b", f"Unclosed start tag at byte offset {BYTES}"),
        ("<font>", f'Unsupported start tag "font" at byte offset {BYTES}'),
        ("<br/>", f'Unsupported start tag "br/" at byte offset {BYTES}'),
        ("< 3", f'Unsupported start tag "" at byte offset {BYTES}'),
        ("<B>x</B", f"Unclosed end tag at byte offset {BYTES + 4}"),
        ("<b =x>", f'Empty attribute name in the tag "b" at byte offset {BYTES}'),
        ("<b x = ", f'Unclosed start tag "b" at byte offset {BYTES}'),
        ("<b x", f'Unclosed start tag "b" at byte offset {BYTES}'),
        ("<b x = a1-.,>", f"Unexpected end of name token at byte offset {BYTES + 7}"),
        ('<b x="y>', f"Unclosed start tag at byte offset {BYTES}"),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b><i>x</i>", 'Can\'t find end tag corresponding to start tag "b"'),
        ("</b>", f"Unexpected end tag at byte offset {BYTES}"),
        ("<i>x</em>", f'Unmatched end tag at byte offset {BYTES + 4}, expected "</i>", found "</em>"'),
        ("<b><i>x</b></i>", f'Unmatched end tag at byte offset {BYTES + 7}, expected "</i>", found "</b>"'),
        ("<span>x</span>", f'Tag "span" must have class "tg-spoiler" at byte offset {BYTES}'),
        ("<tg-emoji>x</tg-emoji>", "Invalid custom emoji identifier specified"),
        ('<tg-time unix="x">x</tg-time>', "Invalid date specified"),
        ('<tg-time unix="5" format="rt">x</tg-time>', "Invalid date format used"),
        ("&#57311;", "Text contains invalid Unicode characters after decoding HTML entities"),
    ],
)
def test_what_does_not_parse(markup: str, problem: str) -> None:
    """The problem is named at its byte of the UTF-8 text, as Telegram names it."""
    with pytest.raises(html.Unparsable) as refused:
        html.parse(LEAD + markup)

    assert str(refused.value).startswith(problem)


@pytest.mark.parametrize(
    ("markup", "text", "entities"),
    [
        ("", "", []),
        ("&lt;&gt;&amp;&quot;", '<>&"', []),
        ("&lt2 &amp", "<2 &", []),
        ("&nbsp; &copy &; & &#0; &#12345678;", "&nbsp; &copy &; & &#0; &#12345678;", []),
        ("&#23398;&#x5b66;&#X5B66", "学学学", []),
        ("a > b", "a > b", []),
        ("<b>x</b>", "x", [("bold", 0, 1)]),
        ("<STRONG>x</strong >", "x", [("bold", 0, 1)]),
        ("<i>x</>", "x", [("italic", 0, 1)]),
        ("<ins>x</ins><del>y</del>", "xy", [("underline", 0, 1), ("strikethrough", 1, 1)]),
        ("<b any = thing other>x</b>", "x", [("bold", 0, 1)]),
        ("<b></b>", "", []),
        ("<tg-spoiler>x</tg-spoiler>", "x", [("spoiler", 0, 1)]),
        ('<span class = "tg-spoiler">x</span>', "x", [("spoiler", 0, 1)]),
        ("<b>😀<i>学</i></b>", "😀学", [("italic", 2, 1), ("bold", 0, 3)]),
        ("<blockquote>x</blockquote>", "x", [("blockquote", 0, 1)]),
        ("<blockquote expandable>x</blockquote>", "x", [("expandable_blockquote", 0, 1)]),
        ("<code>x</code>", "x", [("code", 0, 1)]),
        ("<pre>x</pre>", "x", [("pre", 0, 1)]),
        ("<pre><code>x</code></pre>", "x", [("code", 0, 1), ("pre", 0, 1)]),
        ('<pre><code class="language-sql">x</code></pre>', "x", [("pre", 0, 1, {"language": "sql"})]),
        ('<code class="language-sql"><pre>x</pre></code>', "x", [("pre", 0, 1, {"language": "sql"})]),
        ('<pre><code class="language-">x</code></pre>', "x", [("code", 0, 1), ("pre", 0, 1)]),
        ('<pre> <code class="language-sql">x</code></pre>', " x", [("code", 1, 1), ("pre", 0, 2)]),
        ('<a href="example.org">x</a>', "x", [("text_link", 0, 1, {"url": "http://example.org/"})]),
        ("<a href=example.org>x</a>", "x", [("text_link", 0, 1, {"url": "http://example.org/"})]),
        ('<a href="https://a.cn/?q=1&amp;r=2">x</a>', "x", [("text_link", 0, 1, {"url": "https://a.cn/?q=1&r=2"})]),
        ("<a>example.org</a>", "example.org", [("text_link", 0, 11, {"url": "http://example.org/"})]),
        ("<a>not a link</a>", "not a link", []),
        ('<a href="tg://user?id=42">x</a>', "x", [("text_mention", 0, 1, {"user": {"id": 42}})]),
        ('<tg-emoji emoji-id="5">👍</tg-emoji>', "👍", [("custom_emoji", 0, 2, {"custom_emoji_id": "5"})]),
        (
            '<tg-time unix="9" format="wDT">x</tg-time>',
            "x",
            [("date_time", 0, 1, {"unix_time": 9, "date_time_format": "wDT"})],
        ),
    ],
)
def test_what_parses(markup: str, text: str, entities: Sequence[Sequence[Any]]) -> None:
    """The plain text, and each stretch in UTF-16 code units."""
    assert html.parse(markup) == (text, [Entity(*one) for one in entities])


@pytest.mark.parametrize(
    ("markup", "entities"),
    [
        ("<b>a<b>b</b></b>", [("bold", 0, 2)]),
        ("<b>a</b><b>b</b>", [("bold", 0, 2)]),
        ("<b>a<code>b</code>c</b>", [("bold", 0, 1), ("code", 1, 1), ("bold", 2, 1)]),
        ("<code>a<b>b</b></code>", [("code", 0, 2)]),
        ("<pre>a<code>b</code></pre>", [("pre", 0, 2)]),
        ("<pre><pre>a</pre></pre>", [("pre", 0, 1)]),
        ('<a href="a.cn">x<code>y</code></a>', [("code", 1, 1)]),
        ("<blockquote>a<blockquote>b</blockquote></blockquote>", [("blockquote", 0, 2)]),
        ("<blockquote>a<code>b</code></blockquote>", [("blockquote", 0, 2), ("code", 1, 1)]),
        ("<i> a </i>", [("italic", 0, 1)]),
        ("<i> </i>a", []),
    ],
)
def test_what_lies_in_what(markup: str, entities: Sequence[Sequence[Any]]) -> None:
    """Code takes no other formatting, equals join, what is trimmed away is gone."""
    assert list(tidy(*html.parse(markup)).entities) == [Entity(*one) for one in entities]


def test_more_than_a_hundred_entities_are_dropped() -> None:
    """The text stays, the formatting ends."""
    formatted = tidy(*html.parse("<b>x</b><i>y</i>" * 60))

    assert len(formatted.entities) == 100
    assert formatted.text == "xy" * 60


async def test_the_refusal_of_a_call_says_where(api: Api, anna: Person) -> None:
    """A name full of <b>& that nobody escaped shows at once."""
    with pytest.raises(Refusal) as refused:
        await api("sendMessage", chat_id=anna.id, text="Hello <Anna & Bo>", parse_mode="HTML")

    assert refused.value.text == 'Bad Request: can\'t parse entities: Unsupported start tag "anna" at byte offset 6'


async def test_other_parse_modes(api: Api, anna: Person) -> None:
    """A mode that does not exist, or that the sandbox does not read, is refused."""
    for mode, refusal in [("RTF", "unsupported parse_mode"), ("MarkdownV2", "reads HTML only, not MarkdownV2")]:
        with pytest.raises(Refusal, match=refusal):
            await api("sendMessage", chat_id=anna.id, text="x", parse_mode=mode)


async def test_commands_mentions_and_links_are_found(api: Api, anna: Person) -> None:
    """Nobody has to mark them; in code and links they are left alone."""
    message = await api(
        "sendMessage",
        chat_id=anna.id,
        text="😀 /rank@studyhall_bot 问 @anna_study #学习 https://a.cn/x?y=1, me@a.cn <code>/no</code> 2/3 a@b",
        parse_mode="HTML",
    )

    raw = message["text"].encode("utf-16-le")
    found = [
        (one["type"], raw[one["offset"] * 2 : (one["offset"] + one["length"]) * 2].decode("utf-16-le"))
        for one in message["entities"]
    ]
    assert found == [
        ("bot_command", "/rank@studyhall_bot"),
        ("mention", "@anna_study"),
        ("hashtag", "#学习"),
        ("url", "https://a.cn/x?y=1"),
        ("email", "me@a.cn"),
        ("code", "/no"),
    ]


async def test_entities_may_be_given_instead(api: Api, anna: Person) -> None:
    """In UTF-16 code units; what lies outside of the text is refused."""
    message = await api(
        "sendMessage", chat_id=anna.id, text="😀学", entities=[{"type": "bold", "offset": 2, "length": 1}]
    )

    assert message["entities"] == [{"type": "bold", "offset": 2, "length": 1}]
    assert (await anna.last()).html == "😀<b>学</b>"
    for wrong in (
        {"type": "bold", "offset": 2, "length": 2},
        {"type": "bold", "offset": -1, "length": 1},
        {"type": "loud", "offset": 0, "length": 1},
        {"type": "text_link", "offset": 0, "length": 1},
    ):
        with pytest.raises(Refusal, match="can't parse entities"):
            await api("sendMessage", chat_id=anna.id, text="😀学", entities=[wrong])


async def test_a_mention_names_the_person_it_means(api: Api, anna: Person) -> None:
    """A mention by id of somebody unknown is plain text."""
    message = await api(
        "sendMessage",
        chat_id=anna.id,
        text=f'<a href="tg://user?id={anna.id}">A</a> <a href="tg://user?id=5">B</a>',
        parse_mode="HTML",
    )

    (entity,) = message["entities"]
    assert (entity["type"], entity["user"]["first_name"]) == ("text_mention", "Anna")


PIECES = st.text(st.sampled_from("a学😀👨‍👩‍👧é <&>\n"), max_size=8)
TAGS = st.sampled_from(["b", "i", "u", "s", "tg-spoiler", "code", "pre", "blockquote"])
TREES = st.recursive(
    PIECES.map(lambda text: ("", [text])),
    lambda inner: st.tuples(TAGS, st.lists(inner, max_size=4)),
    max_leaves=12,
)


def written(tree: Any) -> str:
    """A tree as HTML."""
    if isinstance(tree, str):
        return tree.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    tag, inner = tree
    body = "".join(written(one) for one in inner)
    return f"<{tag}>{body}</{tag}>" if tag else body


def plain(tree: Any) -> str:
    """A tree without its tags."""
    return tree if isinstance(tree, str) else "".join(plain(one) for one in tree[1])


@settings(deadline=None)
@given(TREES)
def test_any_well_formed_markup_parses_to_its_text(tree: Any) -> None:
    """No character is lost or made up, and every entity is within the text."""
    text, entities = html.parse(written(tree))

    assert text == plain(tree)
    for entity in entities:
        assert entity.length > 0
        assert entity.offset >= 0
        assert entity.end <= units(text)


@settings(deadline=None)
@given(TREES)
@example(("b", [("", ["<"]), ("blockquote", [("", ["<"]), ("code", [("", ["<"])])])]))
def test_what_is_written_again_reads_the_same(tree: Any) -> None:
    """HTML made from a message gives that message again."""
    formatted = tidy(*html.parse(written(tree)))

    assert tidy(*html.parse(as_html(formatted))) == formatted


@settings(deadline=None)
@given(TREES)
def test_tidying_twice_changes_nothing(tree: Any) -> None:
    """The order that Telegram brings entities into is final, and they nest or stand apart."""
    formatted = tidy(*html.parse(written(tree)))

    assert tidy(formatted.text, formatted.entities) == formatted
    for one in formatted.entities:
        for other in formatted.entities:
            if one.offset < other.offset < one.end:
                assert other.end <= one.end or {one.type, other.type} & {
                    "bold",
                    "italic",
                    "underline",
                    "spoiler",
                    "strikethrough",
                }


@settings(deadline=None)
@given(st.text(st.sampled_from("ab<>/&;\"'= 学😀#x1"), max_size=30))
def test_any_text_parses_or_is_refused(source: str) -> None:
    """Nothing but a refusal escapes from the parser."""
    try:
        text, entities = html.parse(source)
    except html.Unparsable:
        return

    assert isinstance(as_html(Formatted(text, tuple(entities))), str)
