"""When a page has come to rest: all it asked for is there, nothing loads, moves or changes."""

from __future__ import annotations

from playwright.sync_api import Error, Page

WATCH = """(() => {
  // Dialogs wait for the end of their motion: it comes at once.
  const STILL = `*, ::before, ::after { transition: none !important; animation-duration: 1ms !important; animation-delay: 0s !important }
    [class*="-motion"] { transition: all 1ms !important }`;
  addEventListener('DOMContentLoaded', () => {
    document.head.append(Object.assign(document.createElement('style'), { textContent: STILL }));
  });
  const rest = { asked: 0, changed: performance.now() };
  const touch = () => { rest.changed = performance.now(); };
  const wait = () => { rest.asked += 1; touch(); };
  const had = () => { rest.asked -= 1; touch(); };
  const { fetch } = window;
  window.fetch = async (...given) => {
    wait();
    try { return await fetch(...given); } finally { had(); }
  };
  // A part of the page that comes later is announced by a link to its file.
  const isFile = (it) => it instanceof HTMLLinkElement && ['modulepreload', 'stylesheet'].includes(it.rel);
  for (const over of ['load', 'error']) document.addEventListener(over, ({ target }) => { if (isFile(target)) had(); }, true);
  const NOTED = ['class', 'disabled', 'aria-expanded', 'aria-selected', 'data-theme'];
  // A clock's text and a meter's height change for ever.
  new MutationObserver((changes) => {
    touch();
    for (const { addedNodes } of changes) for (const one of addedNodes) if (isFile(one)) wait();
  }).observe(document, { subtree: true, childList: true, attributeFilter: NOTED });
  const ends = (it) => it.playState === 'running' && it.effect?.getComputedTiming().endTime !== Infinity;
  const loads = () => document.querySelector('.ant-skeleton-active, .ant-spin-spinning');
  const busy = () => rest.asked > 0 || loads() || document.getAnimations().some(ends);
  window.atRest = (milliseconds) => !busy() && performance.now() - rest.changed >= milliseconds;
  const told = (it) => `${it.constructor.name} ${it.animationName ?? it.transitionProperty} of ${it.effect.target.className}`;
  const moving = () => document.getAnimations().filter(ends).map(told);
  window.unrest = () => JSON.stringify({ ...rest, now: performance.now(), loads: loads()?.outerHTML.slice(0, 120), moving: moving() });
})();"""
"""Has to be there before the page's own scripts."""
REST_MS = 250
LONGEST_MS = 20_000


def come_to_rest(page: Page) -> None:
    """Waits for it; says what still went on when it never came."""
    try:
        page.wait_for_function("(milliseconds) => window.atRest?.(milliseconds)", arg=REST_MS, polling=40, timeout=LONGEST_MS)
    except Error as error:
        message = f"{page.url} does not come to rest: {page.evaluate('window.unrest?.()')}"
        raise AssertionError(message) from error
