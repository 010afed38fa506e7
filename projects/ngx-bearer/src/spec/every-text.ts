import { HttpErrorResponse, HttpHeaders } from '@angular/common/http';

/** All text in a value, however deep, with what enumeration leaves out of errors. */
export function everyText(value: unknown, seen = new Set<unknown>()): string {
  if (typeof value !== 'object' || value === null) return String(value);
  if (seen.has(value)) return '';
  seen.add(value);
  const hidden = value instanceof Error ? [value.name, value.message, value.stack, value.cause] : [];
  const message = value instanceof HttpErrorResponse ? [value.message] : [];
  const headers = value instanceof HttpHeaders ? value.keys().map((key) => [key, value.getAll(key)]) : [];
  return [...hidden, ...message, ...headers, ...(Object.values(value) as unknown[])]
    .map((part) => everyText(part, seen))
    .join(' ');
}
