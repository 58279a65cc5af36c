"""A page walked by Tab and seen at 200 %: what is reached without being seen, what is cut off, and where Escape leaves one."""

from __future__ import annotations

from playwright.sync_api import Error, Page
from quiet import come_to_rest

ZOOMED = (640, 360)
"""A window of 1280x720 at 200 %."""
FOCUS = """() => {
  const it = document.activeElement;
  if (!it || it === document.body) return null;
  const box = (it.matches('[type=radio], [type=checkbox]') ? it.closest('label') ?? it : it).getBoundingClientRect();
  const style = getComputedStyle(it);
  const ring = (of) => (of.outlineStyle !== 'none' && parseFloat(of.outlineWidth) > 0) || of.boxShadow !== 'none';
  const part = it.closest('label, .ant-select, .ant-segmented-item');
  const around = [it, it.parentElement, it.parentElement?.parentElement, part].filter(Boolean);
  const seen = it.dataset.walked ?? '';
  it.dataset.walked = 'yes';
  return {
    name: it.dataset.testid || it.getAttribute('aria-label') || it.textContent.trim().slice(0, 40) || `${it.tagName}.${it.className}`,
    shown: box.width > 0 && box.height > 0 && style.visibility === 'visible',
    ring: around.some((one) => ring(getComputedStyle(one))),
    seen: seen === 'yes',
    sentinel: it.ariaHidden === 'true',
  };
}"""
CUT = """() => {
  const scrolls = (it) => /auto|scroll/.test(getComputedStyle(it).overflowX) && it.scrollWidth > it.clientWidth;
  const within = (it) => it !== document.body && (scrolls(it) || within(it.parentElement));
  return [...document.querySelectorAll('button, a[href], h1, h2, input, textarea, [role=tab]')].filter((it) => {
    const box = it.getBoundingClientRect();
    if (box.width < 2 || it.closest('.unseen, .skip, .ant-tabs-nav, [aria-hidden=true]') || it.ariaHidden === 'true') return false;
    return (box.left < -1 || box.right > innerWidth + 1) && !within(it.parentElement);
  }).map((it) => it.dataset.testid || it.id || it.textContent.slice(0, 30));
}"""


def walk(page: Page, most: int = 150) -> list[dict[str, object]]:
    """Where Tab goes, from where one is to the page's end, or round a dialog once."""
    steps: list[dict[str, object]] = []
    for _ in range(most):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUS)
        if at is None or at["seen"]:
            break
        if not at["sentinel"]:
            steps.append(at)
    return steps


def lost(page: Page) -> list[str]:
    """What Tab reaches without its being seen, or without one's seeing that one is there."""
    steps = walk(page)
    unseen = [f"reached and not there: {step['name']}" for step in steps if not step["shown"]]
    return unseen + [f"reached and not marked: {step['name']}" for step in steps if not step["ring"]]


def cut(page: Page) -> list[str]:
    """What stands outside a small window, or makes the page wider than it."""
    before = page.viewport_size
    page.set_viewport_size({"width": ZOOMED[0], "height": ZOOMED[1]})
    come_to_rest(page)
    wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    found = [f"at 200 % cut off: {name}" for name in page.evaluate(CUT)]
    if before:
        page.set_viewport_size(before)
    return found + ([f"at 200 % wider by {wider}"] if wider > 0 else [])


AT = "document.activeElement?.tagName"
OPEN = "[...document.querySelectorAll('[role=dialog]')].filter((it) => it.checkVisibility()).length"


def kept_open(page: Page) -> list[str]:
    """Whether Escape closes the dialog that is open, and gives the focus to what was there before."""
    before = page.evaluate(OPEN)
    if not before:
        return []
    page.keyboard.press("Escape")
    try:
        page.wait_for_function(f"{OPEN} < {before}", timeout=20_000)
        page.wait_for_function("document.activeElement && document.activeElement !== document.body", timeout=10_000)
    except Error:
        return [f"after Escape {page.evaluate(OPEN)} of {before} dialogs are open, the focus is on {page.evaluate(AT)}"]
    return []
