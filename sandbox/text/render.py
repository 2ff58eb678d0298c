"""Write a formatted text as HTML again, for whoever wants to look at it."""

from __future__ import annotations

from html import escape

from sandbox.text.formatted import SPLITTABLE, Entity, Formatted

_TAGS = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "spoiler": "tg-spoiler",
    "code": "code",
    "blockquote": "blockquote",
}


def as_html(formatted: Formatted) -> str:
    """The text in Telegram's HTML. What Telegram found by itself (commands, links) gets no tags.

    Stretches that overlap without one holding the other are closed and opened again, so the result is well formed. Only those
    are that may be: a quote that was opened again would be two quotes.
    """
    marked = [(one, tags) for one in formatted.entities if (tags := _tags(one))]
    if not marked:
        return escape(formatted.text, quote=False)
    raw = formatted.text.encode("utf-16-le", "surrogatepass")
    edges = sorted({0, len(raw) // 2} | {edge for one, _ in marked for edge in (one.offset, one.end)})
    out: list[str] = []
    open_now: list[tuple[Entity, tuple[str, str]]] = []
    for begin, end in zip(edges, [*edges[1:], edges[-1]], strict=True):
        new = [(one, tags) for one, tags in marked if one.offset == begin]
        whole = any(one.type not in SPLITTABLE for one, _ in new)
        first = next(
            (n for n, (one, _) in enumerate(open_now) if one.end <= begin or (whole and one.type in SPLITTABLE)),
            len(open_now),
        )
        out += [tags[1] for _, tags in reversed(open_now[first:])]
        again = [(one, tags) for one, tags in open_now[first:] if one.end > begin]
        opened = sorted(again + new, key=lambda pair: pair[0].type in SPLITTABLE)
        out += [tags[0] for _, tags in opened]
        open_now = open_now[:first] + opened
        out.append(escape(raw[begin * 2 : end * 2].decode("utf-16-le", "replace"), quote=False))
    return "".join(out)


def _tags(entity: Entity) -> tuple[str, str] | None:
    if entity.type in _TAGS:
        return f"<{_TAGS[entity.type]}>", f"</{_TAGS[entity.type]}>"
    match entity.type:
        case "pre" if language := entity.more.get("language"):
            return f'<pre><code class="language-{escape(language)}">', "</code></pre>"
        case "pre":
            return "<pre>", "</pre>"
        case "expandable_blockquote":
            return "<blockquote expandable>", "</blockquote>"
        case "text_link":
            return f'<a href="{escape(entity.more["url"])}">', "</a>"
        case "text_mention":
            return f'<a href="tg://user?id={entity.more["user"]["id"]}">', "</a>"
        case "custom_emoji":
            return f'<tg-emoji emoji-id="{entity.more["custom_emoji_id"]}">', "</tg-emoji>"
    return None
