import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';

const MOST_STOPS = 40;

/** Presses Tab until the focus is on what has this `data-testid`; every stop on the way shows that it has the focus. */
export async function tabTo(page: Page, name: string): Promise<void> {
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    await page.keyboard.press('Tab');
    const { testId, outline, html } = await page.evaluate(focused);
    assert.notEqual(outline, 'none', `the focus cannot be seen on ${html}`);
    if (testId === name) return;
  }
  assert.fail(`${MOST_STOPS} times Tab do not lead to ${name}`);
}

function focused() {
  const { activeElement } = document;
  if (!(activeElement instanceof HTMLElement) || activeElement === document.body) {
    return { testId: null, outline: 'on the browser itself', html: '' };
  }
  const { outlineStyle } = getComputedStyle(activeElement);
  const testId = activeElement.dataset['testid'] ?? null;
  return { testId, outline: outlineStyle, html: activeElement.outerHTML.slice(0, 100) };
}
