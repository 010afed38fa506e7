// Read as this module loads, before the slow ones: a parent that dies meanwhile is noticed too.
const PARENT = process.ppid;
const LOOK_EVERY_MS = 250;

/** Calls back when the process that started this one is gone. A closed stdin says nothing: it may be /dev/null. */
export function whenParentIsGone(callback: () => void): void {
  const timer = setInterval(() => {
    if (process.ppid !== PARENT || !isAlive(PARENT)) {
      clearInterval(timer);
      callback();
    }
  }, LOOK_EVERY_MS);
  timer.unref();
  process.once('disconnect', callback);
}

// Windows keeps naming a dead parent, so its number alone is not enough.
function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
