const MOST_NAMES = 12;

/** A field may have any name, and an object keyed by tokens has tokens for names: they are long, or full of digits. */
const PLAIN_NAME = /^(?!(?:.*\d){3})[a-z_][\w-]{0,29}$/i;

/**
 * The names of the fields of an answer, and of the objects in it: `user, data.access_token`. For messages: never a
 * value. Empty if there are none.
 */
export function fieldNames(answer: unknown): string {
  const names = namesIn(answer).flatMap((name) => {
    const inside = namesIn(valueOf(answer, name));
    return inside.length ? inside.map((inner) => `${name}.${inner}`) : [name];
  });
  return names.slice(0, MOST_NAMES).join(', ') + (names.length > MOST_NAMES ? ', …' : '');
}

/** How an answer looks, for messages: `has user, data.access_token`. Never a value. */
export function describeAnswer(answer: unknown): string {
  if (typeof answer === 'string') return 'is text, and not JSON';
  if (typeof answer !== 'object') return `is ${answer === undefined ? 'undefined' : `a ${typeof answer}`}`;
  if (answer === null) return 'is null';
  if (typeof valueOf(answer, 'subscribe') === 'function') return 'is an Observable: subscribe to it';
  if (typeof valueOf(answer, 'then') === 'function') return 'is a Promise: await it';
  if (typeof valueOf(answer, 'statusText') === 'string') return 'is a whole response: pass its body';
  const found = fieldNames(answer);
  return found ? `has ${found}` : 'has no fields';
}

/** None if the value is no object. */
function namesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  try {
    if (Array.isArray(value)) return [];
    return Object.keys(value).filter((name) => PLAIN_NAME.test(name));
  } catch {
    // A revoked proxy throws.
    return [];
  }
}

function valueOf(answer: unknown, name: string): unknown {
  try {
    return (answer as Record<string, unknown>)[name];
  } catch {
    // So does a getter.
    return null;
  }
}
