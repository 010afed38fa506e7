import { randomBytes } from 'node:crypto';

/** Random letters and digits, as Laravel's `Str::random()` (Illuminate/Support/Str.php). */
export function randomText(length: number): string {
  let text = '';
  while (text.length < length) {
    text += randomBytes(length).toString('base64').replace(/[/+=]/g, '');
  }
  return text.slice(0, length);
}
