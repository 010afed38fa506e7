/** A longer timer fires at once: https://html.spec.whatwg.org/#dom-settimeout takes 32 bits. */
export const LONGEST_TIMER_MS = 2_147_483_647;
