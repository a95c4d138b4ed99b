"""The pages in headless Chromium: what is seen, clicked and typed."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import CHROMIUM, DRIVER, Browser, browser, free_port, process
from sites import Site

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="chromium and chromium-driver are not installed"),
]

SELECTED = "return [...document.querySelectorAll('.cv-on')].map(e => e.className.split(' ')[0] + ' ' + e.dataset.fact)"
PICTURE = "const i = document.querySelector('.cv-paper img'); return i && i.complete && i.naturalWidth > 600"


@pytest.fixture(scope="module")
def served(site: Site) -> Iterator[str]:
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    command = (sys.executable, "-m", "datasette", "serve", str(site.database), "-p", str(port))
    with process(*command, answers=f"{address}/-/versions.json"):
        yield address


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with browser(tmp_path_factory.mktemp("browser")) as opened:
        yield opened


def test_a_box_stands_on_the_ink(window: Browser, served: str, site: Site, tmp_path: Path) -> None:
    """The invented page is white but for its words, so dark pixels under a box mean that it is in its place."""
    window.open(f"{served}/van-ban/{site.scan}")
    window.wait(PICTURE)
    share = window.run(
        """const image = document.querySelector('.cv-paper img');
        const canvas = document.createElement('canvas');
        canvas.width = image.naturalWidth; canvas.height = image.naturalHeight;
        const pen = canvas.getContext('2d'); pen.drawImage(image, 0, 0);
        const paper = image.getBoundingClientRect();
        return [...document.querySelectorAll('.cv-paper:first-of-type .cv-box.k-due')]
          .filter(box => box.closest('#trang-1')).map(box => {
            const place = box.getBoundingClientRect(), scale = image.naturalWidth / paper.width;
            const data = pen.getImageData((place.left - paper.left) * scale, (place.top - paper.top) * scale,
              place.width * scale, place.height * scale).data;
            let dark = 0; for (let at = 0; at < data.length; at += 4) if (data[at] < 128) dark++;
            return dark / (data.length / 4); })"""
    )
    assert len(share) == 2
    assert all(0.4 < dark < 0.95 for dark in share)
    window.screenshot(tmp_path / "document.png")
    assert (tmp_path / "document.png").stat().st_size > 20_000


def test_a_click_on_a_box_shows_its_fact_and_back(window: Browser, served: str, site: Site) -> None:
    window.open(f"{served}/van-ban/{site.scan}")
    window.wait(PICTURE)
    fact = window.run("return document.querySelector('.cv-box.k-target').dataset.fact")
    window.click(".cv-box.k-target")
    assert set(window.wait(SELECTED)) == {f"cv-box {fact}", f"cv-mark {fact}", f"cv-fact {fact}"}
    seen = window.wait(
        """const card = document.querySelector('.cv-fact.cv-on').getBoundingClientRect();
        return card.top >= 0 && card.bottom <= innerHeight"""
    )
    assert seen
    cited = window.run("return document.querySelector('.cv-fact[data-kind=cited]').dataset.fact")
    window.run("document.querySelector('.cv-fact[data-kind=cited] [data-go]').click()")
    assert f"cv-box {cited}" in window.run(SELECTED)
    assert window.run("return location.hash") == f"#{cited}"


def test_the_keyboard_goes_from_fact_to_fact(window: Browser, served: str, site: Site) -> None:
    window.open(f"{served}/van-ban/{site.scan}")
    order = window.run("return [...document.querySelectorAll('.cv-fact[data-fact]')].map(e => e.dataset.fact)")
    chosen = []
    for key in "jjk":
        window.press(key)
        chosen.append(window.run("return document.activeElement.dataset.fact"))
    assert chosen == [order[0], order[1], order[0]]
    window.press("n")
    assert window.run("return 'review' in document.activeElement.dataset")


def test_a_link_to_a_fact_opens_at_its_box(window: Browser, served: str, site: Site) -> None:
    window.open(f"{served}/congvan/obligations")
    target = window.run(
        "return [...document.querySelectorAll('a.cv-evidence')].find(a => a.title.includes('số hóa')"
        " && a.href.includes(arguments[0])).getAttribute('href')",
        site.scan,
    )
    window.open(served + target)
    window.wait(PICTURE)
    window.wait(
        """const box = document.querySelector('.cv-box.cv-on'); if (!box) return false;
        const place = box.getBoundingClientRect();
        return box.closest('#trang-2') && place.top > 0 && place.bottom < innerHeight"""
    )


def test_nothing_is_wider_than_a_telephone(window: Browser, served: str, site: Site) -> None:
    window.call(f"{window.session}/window/rect", {"width": 500, "height": 900})
    try:
        for address in (
            "/",
            f"/van-ban/{site.scan}",
            "/tim?q=bao",
            "/congvan/obligations",
            "/congvan",
            "/congvan/qua_han",
        ):
            window.open(served + address)
            assert window.run("return document.documentElement.scrollWidth <= innerWidth"), address
    finally:
        window.call(f"{window.session}/window/rect", {"width": 1400, "height": 1000})


def test_nothing_comes_from_another_site(window: Browser, served: str, site: Site) -> None:
    for address in ("/", f"/van-ban/{site.scan}", "/congvan/obligations"):
        window.open(served + address)
        window.wait("return document.readyState === 'complete'")
        names = window.run("return performance.getEntriesByType('resource').map(entry => entry.name)")
        assert names
        assert all(name.startswith((served, "data:")) for name in names)


def test_text_can_be_told_from_its_ground(window: Browser, served: str, site: Site) -> None:
    """Contrast of every visible piece of text, as WCAG reckons it, for plain grounds."""
    for address in ("/", f"/van-ban/{site.scan}", "/congvan/obligations"):
        window.open(served + address)
        weak = window.run(
            """const light = c => { const v = c / 255; return v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; };
            const parse = s => s.startsWith('rgb') ? s.match(/[\\d.]+/g).map(Number) : null;
            const lum = c => .2126 * light(c[0]) + .7152 * light(c[1]) + .0722 * light(c[2]);
            const found = [];
            for (const e of document.querySelectorAll('body *')) {
              if (![...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()) || !e.offsetParent) continue;
              const ink = parse(getComputedStyle(e).color); let g = e, ground = null;
              while (g && !ground) { const c = parse(getComputedStyle(g).backgroundColor);
                if (c && (c.length < 4 || c[3] > .9)) ground = c; g = g.parentElement; }
              if (!ink || !ground) continue;
              const [a, b] = [lum(ink), lum(ground)].sort((x, y) => y - x), ratio = (a + .05) / (b + .05);
              if (ratio < 4.5) found.push(`${e.className} ${e.textContent.trim().slice(0, 30)} ${ratio}`);
            } return found"""
        )
        assert weak == [], address


def test_without_scripts_links_still_lead_both_ways(served: str, site: Site, tmp_path: Path) -> None:
    with browser(tmp_path, scripts=False) as plain:
        plain.open(f"{served}/van-ban/{site.scan}")
        plain.click(".cv-fact[data-kind=duty] [data-go]")
        assert "#o" in plain.call(f"{plain.session}/url")
        plain.click(".cv-box.k-target")
        assert "#k-t" in plain.call(f"{plain.session}/url")
