"""What is on a reader's screen when its holders stop sharing: real Chromium, real web process and worker."""

import pytest

from tests.live.test_browser import NO_SOCKETS, follow, on_site, thread  # noqa: F401 - a fixture

pytestmark = pytest.mark.browser

WORDS = "Where the zqvanarx sleeps"
#: As the pages promise: over the socket, and by asking again at the latest.
SECONDS, LEASE = 5, 5 * 60


@pytest.fixture
def shared(site, thread):  # noqa: F811
    """The address of a thread in which the words stand, and the item that they belong to."""
    number, address = thread
    return address, on_site(site, f"share_in({number}, '{WORDS}')").split()[-1]


def test_an_open_tab_goes_blank_within_seconds(site, shared, page_as):
    address, item = shared
    reader, own = follow(page_as("expert"), address), page_as("holder")
    assert WORDS in reader.inner_text("main")
    own.goto(f"/knowledge/{item}/")
    own.get_by_role("button", name="Stop sharing").first.click()
    own.wait_for_load_state()
    reader.get_by_text(WORDS).first.wait_for(state="detached", timeout=SECONDS * 1000)
    assert "We keep this among ourselves" in reader.inner_text("main")


def test_without_a_socket_it_goes_with_its_lease(site, shared, page_as):
    address, item = shared
    reader = page_as("expert")
    reader.add_init_script(NO_SOCKETS)
    reader.clock.install()
    reader.goto(address)
    assert WORDS in reader.inner_text("main")
    on_site(site, f"stop_sharing('{item}')")
    reader.clock.fast_forward(LEASE * 1000)
    reader.get_by_text(WORDS).first.wait_for(state="detached", timeout=SECONDS * 1000)
    assert "We keep this among ourselves" in reader.inner_text("main")
