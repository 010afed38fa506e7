import type { EventEmitter } from 'node:events';
import type { Inspector } from './inspector.ts';

interface RemoteValue {
  readonly value?: unknown;
  readonly objectId?: string;
}

interface ConsoleLine {
  readonly message: {
    readonly source: string;
    readonly level: string;
    readonly text: string;
    readonly url?: string;
    readonly parameters?: readonly RemoteValue[];
  };
}

interface Sent {
  readonly type?: string;
  readonly request: {
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly postData?: string;
  };
}

interface Received {
  readonly requestId: string;
  readonly response: { readonly url: string };
}

/** The domain of the inspector that emits an event of a page. */
export const DOMAINS: Readonly<Record<string, string>> = {
  console: 'Console.enable',
  pageerror: 'Console.enable',
  request: 'Network.enable',
  response: 'Network.enable',
};

/** Emits what the inspector shows as Playwright would: `console`, `pageerror`, `request`, `response`. */
export function translateEvents(inspector: Inspector, page: EventEmitter): void {
  inspector.on('Console.messageAdded', ({ message }: ConsoleLine) => {
    const { source, level, text, url = '', parameters = [] } = message;
    if (source === 'javascript' && level === 'error') {
      page.emit('pageerror', new Error(text));
      return;
    }
    page.emit('console', {
      type: () => level,
      text: () => text,
      location: () => ({ url }),
      args: () => parameters.map((value) => ({ jsonValue: () => readValue(inspector, value) })),
    });
  });
  inspector.on('Network.requestWillBeSent', ({ type = '', request }: Sent) => {
    page.emit('request', {
      url: () => request.url,
      headers: () => inLowerCase(request.headers),
      postData: () => request.postData ?? null,
      resourceType: () => type.toLowerCase(),
    });
  });
  const answers = new Map<string, PromiseWithResolvers<string>>();
  inspector.on('Network.responseReceived', ({ requestId, response: { url } }: Received) => {
    const finished = Promise.withResolvers<string>();
    finished.promise.catch(() => undefined);
    answers.set(requestId, finished);
    page.emit('response', { url: () => url, text: () => finished.promise });
  });
  inspector.on('Network.loadingFinished', ({ requestId }: Received) => {
    const body = inspector.send('Network.getResponseBody', { requestId }) as Promise<{ body: string }>;
    answers.get(requestId)?.resolve(body.then(({ body: text }) => text));
  });
  inspector.on('Network.loadingFailed', ({ requestId }: Received) => {
    answers.get(requestId)?.reject(new Error('The answer did not arrive.'));
  });
}

async function readValue(inspector: Inspector, { objectId, value }: RemoteValue): Promise<unknown> {
  if (objectId === undefined) return value;
  const functionDeclaration = 'function () { return this; }';
  const answer = await inspector.send('Runtime.callFunctionOn', {
    objectId,
    functionDeclaration,
    returnByValue: true,
  });
  return (answer as { result: RemoteValue }).result.value;
}

function inLowerCase(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
