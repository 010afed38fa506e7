const EVERY_MS = 4;
const WRITES_AT_ONCE = 4;
const KEYS = 8;
const LENGTH = 1024;

/** Another part of the origin that writes into localStorage all the time, so that tabs are slow to agree on it. */
let turn = 0;
setInterval(() => {
  for (let write = 0; write < WRITES_AT_ONCE; write++) {
    turn += 1;
    localStorage.setItem(`noise-${turn % KEYS}`, String(turn).padEnd(LENGTH, '.'));
  }
}, EVERY_MS);
