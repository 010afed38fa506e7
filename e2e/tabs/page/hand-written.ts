import type { CallEnd, Tab, TabPlan } from './contract.ts';
import { logIn, whoAmI } from './api.ts';

interface Tokens {
  readonly access_token: string;
  readonly refresh_token?: string;
}

const KEY = 'tokens';

/** The tab of an application without the library: its tokens lie in localStorage, and each 401 is refreshed. */
export function openHandWritten(plan: TabPlan, apiUrl: string): Tab {
  const refresh = (spent: Tokens) => post(spent, plan, apiUrl + plan.endpoint);
  const renew = plan.strategy === 'reread' ? inTurn(refresh) : (rejected: Tokens) => refresh(rejected);
  return {
    signIn: async (username) => write((await logIn(username, plan, apiUrl)) as Tokens),
    signOut: () => localStorage.removeItem(KEY),
    call: () => callAsAnybodyWould(whoAmI(apiUrl), renew),
    signedIn: () => read() !== null,
    accessToken: () => Promise.resolve(read()?.access_token ?? null),
    events: () => [],
    holdRefreshes: () => {
      throw new Error('Only the library is held.');
    },
    heldRefreshes: () => 0,
  };
}

/** One tab at a time, and only where none has been quicker. */
function inTurn(refresh: (spent: Tokens) => Promise<Tokens | null>) {
  return async (rejected: Tokens): Promise<Tokens | null> => {
    const refreshOnce = async (): Promise<Tokens | null> => {
      const current = read();
      return current && current.access_token !== rejected.access_token ? current : refresh(rejected);
    };
    const locks = navigator.locks as LockManager | undefined;
    return locks ? locks.request('refresh', refreshOnce) : refreshOnce();
  };
}

async function callAsAnybodyWould(
  url: string,
  renew: (rejected: Tokens) => Promise<Tokens | null>,
): Promise<CallEnd> {
  const tokens = read();
  const first = await get(url, tokens);
  if (first.status !== 401 || !tokens) return end(first);
  const renewed = await renew(tokens);
  return end(renewed ? await get(url, renewed) : first);
}

function get(url: string, tokens: Tokens | null): Promise<Response> {
  return fetch(url, { headers: tokens ? { Authorization: `Bearer ${tokens.access_token}` } : {} });
}

async function end(answer: Response): Promise<CallEnd> {
  const body = (await answer.json()) as { username?: string };
  return { status: answer.status, username: body.username ?? null, code: null };
}

async function post(spent: Tokens, { protocol }: TabPlan, url: string): Promise<Tokens | null> {
  const answer = await fetch(url, { method: 'POST', ...requestOf(spent, protocol) });
  if (!answer.ok) return null;
  const fresh = (await answer.json()) as Tokens;
  write(fresh);
  return fresh;
}

function requestOf(spent: Tokens, protocol: TabPlan['protocol']): RequestInit {
  switch (protocol) {
    case 'exchange':
      return { headers: { Authorization: `Bearer ${spent.access_token}` } };
    case 'oauth':
      return {
        body: new URLSearchParams({
          grant_type: 'refresh_token',
          refresh_token: spent.refresh_token ?? '',
          client_id: 'demo',
        }),
      };
    case 'cookie': {
      const [, xsrf = ''] = /XSRF-TOKEN=([^;]*)/.exec(document.cookie) ?? [];
      return { credentials: 'include', headers: { 'X-XSRF-TOKEN': decodeURIComponent(xsrf) } };
    }
  }
}

function read(): Tokens | null {
  return JSON.parse(localStorage.getItem(KEY) ?? 'null') as Tokens | null;
}

function write(tokens: Tokens): void {
  localStorage.setItem(KEY, JSON.stringify(tokens));
}
