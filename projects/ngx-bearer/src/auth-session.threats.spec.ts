import { AuthInterceptor, localTokenStorage } from './public-api';
import { setup } from './spec/setup';

const CANARY = 'canary';

describe('the session and the interceptor', () => {
  it('hold no token in any property, however deep, of their signals and observables either', () => {
    const { session, injector, server, get } = setup({ signedIn: false });
    session.signIn({ access_token: `${CANARY}-a0`, refresh_token: `${CANARY}-r0`, expires_in: 60 });
    get('/orders');
    expect([session.signedIn(), session.claims(), session.refreshing()]).toEqual([true, null, false]);
    expect(session.expiresAt()).not.toBeNull();
    expect(server.call.token).toContain(CANARY);
    expect(pathsTo(CANARY, session)).toEqual([]);
    expect(pathsTo(CANARY, injector.get(AuthInterceptor))).toEqual([]);
  });

  it('leave nothing on the window', () => {
    // The set-up hides this one.
    const before = [...Reflect.ownKeys(window), 'indexedDB'];
    const { session, get } = setup({ storage: localTokenStorage() });
    get('/orders');
    session.signOut();
    expect(Reflect.ownKeys(window).filter((key) => !before.includes(key))).toEqual([]);
  });

  it('are found to hold one where they do', () => {
    const hidden = Object.defineProperty(() => undefined, Symbol('signal'), { value: [{ token: CANARY }] });
    expect(pathsTo(CANARY, { session: hidden })).toEqual(['session.Symbol(signal).0.token']);
  });
});

/** Every way by properties, with symbols and what enumeration leaves out, from a value to a text. */
function pathsTo(wanted: string, root: unknown): string[] {
  const seen = new Set<unknown>();
  const found: string[] = [];
  const open: [path: string, value: unknown][] = [['', root]];
  for (let next = open.pop(); next; next = open.pop()) {
    const [path, value] = next;
    if (typeof value === 'string' && value.includes(wanted)) found.push(path);
    if (!isObject(value) || value instanceof Node || value === window || seen.has(value)) continue;
    seen.add(value);
    for (const key of Reflect.ownKeys(value)) {
      const field = Reflect.getOwnPropertyDescriptor(value, key);
      open.push([path ? `${path}.${String(key)}` : String(key), field?.value]);
    }
  }
  return found;
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}
