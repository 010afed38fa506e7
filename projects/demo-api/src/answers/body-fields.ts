import { HttpProblem } from './http-problem.ts';

/** The members of a JSON object that a caller sent. */
export type BodyFields = Readonly<Record<string, unknown>>;

/** The body as an object; anything else is a 400 that says what was found and shows `example`. */
export function bodyFields(body: unknown, example: string): BodyFields {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new HttpProblem(400, `The body is ${kindOf(body)}. Send a JSON object such as ${example}.`);
  }
  return body as BodyFields;
}

/** A text that must be there. The message names its kind and never its content: it may be a password. */
export function requiredText(fields: BodyFields, name: string, example: string): string {
  const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (typeof value !== 'string' || value === '') {
    throw new HttpProblem(400, `"${name}" is ${kindOf(value)}. Send a JSON object such as ${example}.`);
  }
  return value;
}

/** A whole number within bounds, from a body or a query. */
export function wholeNumber(value: unknown, name: string, bounds: { from: number; to: number }): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < bounds.from || value > bounds.to) {
    const found = typeof value === 'number' ? String(value) : kindOf(value);
    throw new HttpProblem(
      400,
      `"${name}" is ${found}. Allowed: a whole number from ${bounds.from} to ${bounds.to}.`,
    );
  }
  return value;
}

function kindOf(value: unknown): string {
  if (value === undefined) {
    return 'missing';
  }
  if (value === null) {
    return 'null';
  }
  if (value === '') {
    return 'empty';
  }
  if (Array.isArray(value)) {
    return 'a list';
  }
  return (
    { string: 'a text', number: 'a number', boolean: 'true or false' }[typeof value as string] ?? 'an object'
  );
}
