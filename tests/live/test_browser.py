"""Two people on one thread, in real Chromium before the real web process and worker."""

import uuid

import pytest

pytestmark = pytest.mark.browser

#: A proxy that lets no socket through, as the page sees it.
NO_SOCKETS = """
window.WebSocket = class {
  static OPEN = 1;
  constructor() { this.readyState = 0; setTimeout(() => this.onclose({ code: 1006 }), 1); }
};
"""


def on_site(site, call):
    return site.manage("shell", "--verbosity", "0", "-c", f"from tests.live import background as b; b.{call}")


@pytest.fixture
def thread(site):
    """The number and the address of a thread of a fresh community."""
    number, address = on_site(site, f"open_thread('crabs-{uuid.uuid4().hex[:8]}')").split()[-2:]
    return int(number), address


def posts(page):
    return [text.strip() for text in page.locator(".post .prose").all_inner_texts()]


def follow(page, address):
    page.goto(address)
    page.locator("html[data-live-state=live]").wait_for(state="attached")
    return page


def type_reply(page, text):
    """Through the form at the end of the page, whichever editor stands there."""
    editor = page.locator("#reply-form [contenteditable=true]")
    editor.click()
    page.keyboard.type(text)
    page.locator("#reply-form button[type=submit]").first.click()
    page.wait_for_load_state()


def test_a_reply_shows_in_the_other_window_within_two_seconds(thread, page_as):
    _number, address = thread
    reader, writer = follow(page_as("expert"), address), follow(page_as("moderator"), address)
    type_reply(writer, "By night, with red light.")
    reader.get_by_text("By night, with red light.").first.wait_for(timeout=2000)
    assert posts(reader) == ["How?", "By night, with red light."]


def test_after_a_cut_both_arrive_in_order_and_once(site, thread, page_as):
    number, address = thread
    reader = follow(page_as("expert"), address)
    reader.context.set_offline(True)
    # Chromium leaves open sockets alone when it goes offline, so the line is cut as well.
    reader.evaluate("dispatchEvent(new Event('pagehide'))")
    on_site(site, f"reply({number}, 'first')")
    on_site(site, f"reply({number}, 'second')")
    assert posts(reader) == ["How?"]
    reader.context.set_offline(False)
    reader.evaluate("dispatchEvent(new Event('online'))")
    reader.get_by_text("second", exact=True).wait_for(timeout=5000)
    on_site(site, f"reply({number}, 'third')")
    reader.get_by_text("third", exact=True).wait_for(timeout=5000)
    assert posts(reader) == ["How?", "first", "second", "third"]


def test_a_reply_by_the_worker_arrives(site, thread, page_as):
    number, address = thread
    reader = follow(page_as("expert"), address)
    on_site(site, f"reply_later({number}, 'while you slept')")
    reader.get_by_text("while you slept", exact=True).wait_for(timeout=10_000)
    assert posts(reader) == ["How?", "while you slept"]


def test_the_bell_rings_and_the_line_comes_into_the_open_inbox(site, page_as):
    reader = follow(page_as("expert"), "/inbox/")
    slug = f"crabs-{uuid.uuid4().hex[:8]}"
    on_site(site, f"open_thread('{slug}')")
    reader.locator("[data-inbox-lines] > li", has_text=slug).wait_for(timeout=10_000)
    assert reader.locator("[data-inbox-count]").is_visible()
    assert reader.title().startswith("(")
    assert reader.locator("[data-inbox-lines] > li").first.inner_text().startswith(slug)


def test_without_sockets_it_arrives_by_asking(site, thread, page_as):
    number, address = thread
    page = page_as("expert")
    page.add_init_script(NO_SOCKETS)
    page.clock.install()
    page.goto(address)
    on_site(site, f"reply({number}, 'slowly')")
    page.clock.fast_forward(120_000)
    page.get_by_text("slowly", exact=True).wait_for(timeout=10_000)
    assert page.evaluate("document.documentElement.dataset.liveState") == "polling"


def test_what_is_sealed_is_not_quoted(thread, page_as):
    """She may read it; those who read her reply may not: the quotation holds a reference, never the words."""
    _number, address = thread
    page = follow(page_as("expert"), address)
    page.locator("#reply-form [data-richtext][data-ready]").wait_for()
    page.evaluate("""() => {
      const body = document.querySelector(".post .prose");
      body.innerHTML = "<p>Ask first.</p><p><span data-tk='one'>Where the frogs sleep</span> Then go.</p>";
      getSelection().selectAllChildren(body);
    }""")
    page.locator(".post [data-quote]").first.evaluate("link => link.click()")
    quoted = page.locator("#reply-form textarea[name=html]").input_value()
    assert "<p>Ask first.</p><p>[[tk:one]] Then go.</p>" in quoted
    assert "frogs" not in quoted
