import { FakeStore } from './fake-store';
import { setup } from './setup';

/** The record that the library keeps of a session with `a0` and `r0`. */
export function makeRecord(): string {
  const storage = new FakeStore();
  setup({ storage }).leave();
  return storage.record ?? '';
}

/** The access token that a page load finds in a record; null where it finds no session. */
export function tokenIn(record: string | null): string | null {
  return tokensIn(record)?.[0] ?? null;
}

/** Both tokens that a page load finds in a record, access token first. */
export function tokensIn(record: string | null): (string | null)[] | null {
  const storage = new FakeStore();
  storage.record = record;
  const { server, session, get, leave } = setup({ storage, signedIn: false });
  if (!session.signedIn()) return null;
  get('/probe');
  server.call.reject();
  const tokens = [server.call.token, server.refreshes[0]?.token ?? null];
  leave();
  return tokens;
}
