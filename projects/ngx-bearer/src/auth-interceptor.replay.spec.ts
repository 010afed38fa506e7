import {
  HttpContext,
  HttpEventType,
  HttpHeaderResponse,
  HttpRequest,
  HttpParams,
} from '@angular/common/http';
import { retry } from 'rxjs';
import { Caller } from './spec/caller';
import { API } from './spec/fake-server';
import { setup } from './spec/setup';

const ORDERS = `${API}/orders`;

describe('the replay rule', () => {
  const idempotent = {
    GET: true,
    HEAD: true,
    OPTIONS: true,
    PUT: true,
    DELETE: true,
    POST: false,
    PATCH: false,
  };
  for (const [method, isReplayed] of Object.entries(idempotent)) {
    it(`'idempotent' ${isReplayed ? 'replays' : 'does not replay'} ${method}`, () => {
      const { http, server } = setup({ replay: 'idempotent' });
      http.request(method, ORDERS).subscribe({ error: () => undefined });
      server.call.reject();
      server.answer(server.refresh);
      expect(server.calls.length).toBe(isReplayed ? 2 : 1);
    });

    it(`'all' replays ${method}`, () => {
      const { http, server } = setup();
      const caller = new Caller(http.request(method, ORDERS));
      server.expireAccessToken();
      server.answerAll();
      expect(caller.got).toBe(`${method} /orders a1`);
    });
  }

  it('that says no gives the caller its 401 at once, and the refresh starts behind it', () => {
    const { http, server, get } = setup({ replay: 'idempotent' });
    const caller = new Caller(http.post(ORDERS, {}));
    const rejection = server.call.reject();
    expect(caller.failure).toBe(rejection);
    const held = get('/held');
    expect(server.seen).toEqual(['POST /orders a0', 'refresh r0']);
    server.answerAll();
    expect(held.got).toBe('GET /held a1');
  });

  it('that says no leaves the caller the header of its 401, which is not discarded', () => {
    const { http, server } = setup({ replay: 'idempotent' });
    const events = new Caller(http.post(ORDERS, {}, { observe: 'events', reportDownloadProgress: true }));
    const header = new HttpHeaderResponse({ status: 401 });
    server.call.tell(header);
    const rejection = server.call.reject();
    expect([events.values.at(-1), events.failure]).toEqual([header, rejection]);
  });

  it('may be a function of the request', () => {
    const { http, server } = setup({ replay: ({ url }) => url.endsWith('/safe') });
    const [safe, unsafe] = ['/safe', '/unsafe'].map((path) => new Caller(http.post(API + path, null)));
    server.expireAccessToken();
    server.answerAll();
    expect(safe?.got).toBe('POST /safe a1');
    expect(unsafe?.got).toEqual({ status: 401, code: null });
  });

  it('that throws says no', () => {
    const { server, get } = setup({
      replay: () => {
        throw new Error('broken');
      },
    });
    const caller = get('/orders');
    const rejection = server.call.reject();
    expect(caller.failure).toBe(rejection);
    expect(server.refreshes.length).toBe(1);
  });
});

describe('a replay', () => {
  const form = new FormData();
  form.set('file', new Blob(['content']), 'a.txt');
  const bodies: Record<string, unknown> = {
    'an object': { name: 'a', nested: { list: [1, 2] } },
    'an array': [1, { two: 2 }],
    'a text': 'plain',
    'an empty text': '',
    'a number': 7,
    zero: 0,
    'a boolean': false,
    null: null,
    'a form': form,
    'a blob': new Blob(['bytes'], { type: 'text/plain' }),
    bytes: Uint8Array.of(1, 2, 3).buffer,
    'search parameters': new URLSearchParams({ a: '1 2' }),
    'Angular parameters': new HttpParams({ fromObject: { a: '1 2' } }),
  };
  for (const [name, body] of Object.entries(bodies)) {
    it(`sends ${name} again as it was, under the same content type`, () => {
      const { http, server } = setup();
      http.post(ORDERS, body).subscribe();
      server.expireAccessToken();
      server.answerAll();
      const [first, second] = server.calls;
      expect(second?.token).toBe('a1');
      expect(second?.bodyText).toBe(first?.bodyText ?? '');
      expect(second?.body instanceof Blob).toBe(first?.body instanceof Blob);
      expect(second?.request.detectContentTypeHeader()).toBe(
        first?.request.detectContentTypeHeader() ?? null,
      );
    });
  }

  it('sends the very same form, blob and bytes', () => {
    const { http, server } = setup();
    for (const name of ['a form', 'a blob', 'bytes']) http.post(ORDERS, bodies[name]).subscribe();
    server.expireAccessToken();
    server.answerAll();
    const sent = server.calls.map(({ body }) => body);
    expect(sent.slice(3).every((body, index) => body === sent[index])).toBe(true);
  });

  const changes: [string, () => { body: unknown; change: () => void }][] = [
    [
      'an object',
      () => {
        const body = { items: [1] };
        return { body, change: () => void body.items.push(2) };
      },
    ],
    [
      'an array',
      () => {
        const body = [1];
        return { body, change: () => void body.push(2) };
      },
    ],
    [
      'search parameters',
      () => {
        const body = new URLSearchParams({ a: '1' });
        return {
          body,
          change: () => {
            body.set('a', '2');
          },
        };
      },
    ],
  ];
  for (const [name, makeBody] of changes) {
    it(`does not send what the caller has changed since in ${name}`, () => {
      const { http, server } = setup();
      const { body, change } = makeBody();
      http.post(ORDERS, body).subscribe();
      const before = server.call.bodyText;
      change();
      server.expireAccessToken();
      server.answerAll();
      expect(server.call.bodyText).toBe(before);
      expect(server.call.token).toBe('a1');
    });
  }

  it('keeps method, URL, headers, context, response type and credentials', () => {
    const { http, server } = setup();
    const context = new HttpContext();
    const headers = { 'X-Trace': '7', Accept: 'text/csv' };
    http
      .put(ORDERS, 'a', {
        context,
        headers,
        params: { page: 2 },
        responseType: 'text',
        withCredentials: true,
      })
      .subscribe();
    server.expireAccessToken();
    server.answerAll();
    const [first, second] = server.calls.map(({ request }) => ({
      method: request.method,
      url: request.urlWithParams,
      responseType: request.responseType,
      withCredentials: request.withCredentials,
      names: request.headers.keys().sort(),
      trace: request.headers.get('X-Trace'),
      accept: request.headers.get('Accept'),
    }));
    expect(second).toEqual(first);
    expect(server.calls.every(({ request }) => request.context === context)).toBe(true);
  });

  it('leaves the request object of the caller as it was', () => {
    const { http, server } = setup();
    const request = new HttpRequest('POST', ORDERS, { item: 1 });
    http.request(request).subscribe();
    server.expireAccessToken();
    server.answerAll();
    expect(server.calls.map(({ token }) => token)).toEqual(['a0', 'a1']);
    expect(request.headers.keys()).toEqual([]);
  });

  it('happens once for each subscription', () => {
    const { http, server } = setup();
    const caller = new Caller(http.get(ORDERS).pipe(retry(1)));
    for (const expected of [1, 2, 3, 4]) {
      expect(server.calls.length).toBe(expected);
      server.call.reject();
      for (const refresh of server.refreshes.filter(({ isOpen }) => isOpen)) server.answer(refresh);
    }
    expect(caller.got).toEqual({ status: 401, code: null });
    expect(server.calls.length).toBe(4);
  });

  it('happens once for each subscription of an interceptor that stands before ours', () => {
    const { server, get } = setup({ before: [(request, next) => next(request).pipe(retry(1))] });
    const caller = get('/orders');
    server.rejectAll();
    expect(server.calls.map(({ token }) => token)).toEqual(['a0', 'a1', 'a1', 'a2']);
    expect(caller.settlements).toBe(1);
  });

  it('applies a POST once at a server that checks the token first', () => {
    const { http, server } = setup();
    http.post(ORDERS, { item: 1 }).subscribe();
    http.post(ORDERS, { item: 2 }).subscribe();
    server.expireAccessToken();
    server.answerAll();
    const applied = server.calls.filter(({ token }) => token === 'a1').map(({ body }) => body);
    expect(applied).toEqual(['{"item":1}', '{"item":2}']);
  });
});

describe('the events of a request', () => {
  for (const [names, asked] of Object.entries({
    'a name for each way': { reportUploadProgress: true, reportDownloadProgress: true },
    'one name for both': { reportProgress: true },
  })) {
    it(`are Sent and upload progress alone of a discarded sending, and one response, with ${names}`, () => {
      const { server, events } = observed(asked);
      server.call.tell({ type: HttpEventType.UploadProgress, loaded: 3, total: 3 });
      server.call.tell(new HttpHeaderResponse({ status: 401 }));
      server.call.tell({ type: HttpEventType.DownloadProgress, loaded: 9 });
      server.call.reject();
      server.answerAll();
      expect(events.values.map(({ type }) => type)).toEqual([
        HttpEventType.Sent,
        HttpEventType.UploadProgress,
        HttpEventType.Sent,
        HttpEventType.Response,
      ]);
      expect(events.settlements).toBe(1);
    });
  }

  it('come as they are for a success', () => {
    const { server, events } = observed();
    server.call.tell(new HttpHeaderResponse({ status: 200 }));
    expect(events.values.map(({ type }) => type)).toEqual([HttpEventType.Sent, HttpEventType.ResponseHeader]);
    server.call.tell({ type: HttpEventType.DownloadProgress, loaded: 9 });
    server.answerAll();
    expect(events.values.map(({ type }) => type)).toEqual([
      HttpEventType.Sent,
      HttpEventType.ResponseHeader,
      HttpEventType.DownloadProgress,
      HttpEventType.Response,
    ]);
  });

  it('come as they are for a failure that is no rejection', () => {
    const { server, events } = observed();
    server.call.tell(new HttpHeaderResponse({ status: 500 }));
    server.call.tell({ type: HttpEventType.DownloadProgress, loaded: 9 });
    const failure = server.call.fail(500);
    expect(events.values.map(({ type }) => type)).toEqual([
      HttpEventType.Sent,
      HttpEventType.ResponseHeader,
      HttpEventType.DownloadProgress,
    ]);
    expect(events.failure).toBe(failure);
  });

  it('come as they are for a rejection that ends the session', () => {
    const { server, events } = observed();
    const header = new HttpHeaderResponse({ status: 401 });
    server.call.tell(header);
    const rejection = server.call.reject();
    server.refresh.fail(401);
    expect([events.values.at(-1), events.failure]).toEqual([header, rejection]);
  });

  it('are followed by no replay where a stream breaks after its success', () => {
    const { server, events } = observed();
    server.call.tell(new HttpHeaderResponse({ status: 200 }));
    const failure = server.call.fail(0);
    expect(events.failure).toBe(failure);
    expect(server.sendings.length).toBe(1);
  });
});

function observed(asked: object = { reportUploadProgress: true, reportDownloadProgress: true }) {
  const page = setup();
  const source = page.http.post(ORDERS, 'abc', { observe: 'events', ...asked });
  return { ...page, events: new Caller(source) };
}
