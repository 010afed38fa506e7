/**
 * Lines that a browser itself writes about an answer that failed, or that CORS keeps from the page. Firefox and WebKit report
 * the latter as if a script had thrown.
 */
const BROWSER_LINE =
  /^Failed to load resource|^Cross-Origin Request Blocked: |due to access control checks\.$/;

export function isBrowserLine(text: string): boolean {
  return BROWSER_LINE.test(text);
}
