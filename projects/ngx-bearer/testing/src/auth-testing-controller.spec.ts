import { HttpClient, type HttpErrorResponse } from '@angular/common/http';
import { TestBed } from '@angular/core/testing';
import { AuthError, AuthSession } from 'ngx-bearer';
import { firstValueFrom } from 'rxjs';
import { AuthTestingController } from './public-api';
import { messageOf, setup, UNAUTHORIZED } from './spec/setup';

describe('AuthTestingController.expectRefresh', () => {
  it('finds the refresh that a rejection has started, with the tokens that the strategy gets', () => {
    const { auth, api, get } = setup({ tokens: { accessToken: 'a0', refreshToken: 'r0' } });
    get('/api/orders');
    api.expectOne('/api/orders').flush(null, UNAUTHORIZED);
    expect(auth.expectRefresh().tokens).toEqual({ accessToken: 'a0', refreshToken: 'r0' });
  });

  it('finds one refresh for many rejections', () => {
    const { auth, api, get } = setup({ tokens: { accessToken: 'a0' } });
    for (const path of ['/api/a', '/api/b', '/api/c']) get(path);
    for (const request of api.match(() => true)) request.flush(null, UNAUTHORIZED);
    auth.expectRefresh().flush({ accessToken: 'a1' });
    expect(api.match(() => true).map(({ request }) => request.headers.get('Authorization'))).toEqual(
      Array(3).fill('Bearer a1'),
    );
    auth.verify();
  });

  it('finds the refresh of a token that has run out, and the one that refresh() asks for', async () => {
    const { auth, session } = setup({ signedInAs: 'alice' });
    const refreshed = session.refresh();
    auth.expectRefresh().flush({ accessToken: 'a1' });
    await refreshed;
    expect(await session.accessToken()).toBe('a1');
  });

  const missing: Record<string, [(page: ReturnType<typeof setup>) => void, RegExp]> = {
    'nobody is signed in': [
      ({ get, api }) => {
        get('/api/orders');
        api.expectOne('/api/orders').flush(null, UNAUTHORIZED);
      },
      /^Expected one refresh, found none\. Nobody is signed in: give provideAuthTesting signedInAs or tokens, or sign in\.$/,
    ],
    'nothing was rejected': [
      ({ session }) => {
        session.signIn({ accessToken: 'a0' });
      },
      /found none\. Somebody is signed in; a 401 for a request that 'allow' covers asks for one\.$/,
    ],
    'it is expected already': [
      ({ session, auth }) => {
        session.signIn({ accessToken: 'a0' });
        session.refresh().catch(() => null);
        auth.expectRefresh();
      },
      /found none\. The one under way is expected already, and waits for flush, refuse or fail\.$/,
    ],
    'the last one failed': [
      ({ session, auth }) => {
        session.signIn({ accessToken: 'a0' });
        session.refresh().catch(() => null);
        auth.expectRefresh().fail(503);
        session.refresh().catch(() => null);
      },
      /found none\. The last one failed, and no other is tried before its cool-down is over\. Before: expected and failed with 503\.$/,
    ],
    'the last one was refused': [
      ({ session, auth }) => {
        session.signIn({ accessToken: 'a0' });
        session.refresh().catch(() => null);
        auth.expectRefresh().refuse();
      },
      /found none\. Nobody is signed in: .* Before: expected and refused\.$/,
    ],
  };
  for (const [why, [act, message]] of Object.entries(missing)) {
    it(`says why there is none where ${why}`, () => {
      const page = setup();
      act(page);
      expect(messageOf(() => page.auth.expectRefresh())).toMatch(message);
    });
  }

  it('says that no provideAuth has taken its settings, where nothing has asked for the session', () => {
    const { auth } = setup();
    expect(messageOf(() => auth.expectRefresh())).toMatch(/No provideAuth\(\.\.\.\) has taken the settings/);
  });

  it('tells of all where there is more than one', () => {
    const { auth, session } = setup({ tokens: { accessToken: 'a0' } });
    session.refresh().catch(() => null);
    session.signIn({ accessToken: 'b0' });
    session.refresh().catch(() => null);
    expect(messageOf(() => auth.expectRefresh())).toBe(
      'Expected one refresh, found 2: not expected and called off by a sign-in, a sign-out or its timeout; ' +
        'not expected and not answered.',
    );
  });
});

describe('TestRefresh', () => {
  it('flush lets held requests go within the call', () => {
    const { auth, api, get, results } = setup({ tokens: { accessToken: 'a0' } });
    get('/api/first');
    api.expectOne('/api/first').flush(null, UNAUTHORIZED);
    get('/api/second');
    api.expectNone('/api/second');
    auth.expectRefresh().flush({ accessToken: 'a1' });
    for (const path of ['/api/first', '/api/second']) {
      const { request } = api.expectOne(path);
      expect(request.headers.get('Authorization')).toBe('Bearer a1');
    }
    expect(results).toEqual([]);
  });

  it('flush without tokens brings new ones for the same user', async () => {
    const { auth, session } = setup({ signedInAs: 'alice' });
    const before = await session.accessToken();
    const refreshed = session.refresh();
    auth.expectRefresh().flush();
    await refreshed;
    expect(session.claims()).toEqual({ sub: 'alice' });
    expect(await session.accessToken()).not.toBe(before);
  });

  it('refuse ends the session, and callers get their own 401', () => {
    const { auth, api, get, results, session } = setup({ signedInAs: 'alice' });
    get('/api/orders');
    api.expectOne('/api/orders').flush('whose own', UNAUTHORIZED);
    auth.expectRefresh().refuse();
    expect(session.signedIn()).toBe(false);
    expect(results.map((failure) => (failure as HttpErrorResponse).error as unknown)).toEqual(['whose own']);
  });

  for (const status of [0, 503]) {
    it(`fail(${status}) keeps the session, and callers get refresh-unavailable`, () => {
      const { auth, api, get, results, session } = setup({ signedInAs: 'alice' });
      get('/api/orders');
      api.expectOne('/api/orders').flush(null, UNAUTHORIZED);
      auth.expectRefresh().fail(status);
      expect(session.signedIn()).toBe(true);
      const [failure] = results as HttpErrorResponse[];
      expect(failure?.status).toBe(status);
      expect(failure?.error instanceof AuthError && failure.error.code).toBe('refresh-unavailable');
    });
  }

  it('is answered once', () => {
    const { auth, session } = setup({ signedInAs: 'alice' });
    session.refresh().catch(() => null);
    const refresh = auth.expectRefresh();
    refresh.flush();
    expect(messageOf(() => refresh.refuse())).toBe('Cannot refuse a refresh that was flushed.');
    expect(messageOf(() => refresh.fail(500))).toBe('Cannot fail a refresh that was flushed.');
  });

  it('is not answered after a sign-out', () => {
    const { auth, session } = setup({ signedInAs: 'alice' });
    session.refresh().catch(() => null);
    const refresh = auth.expectRefresh();
    session.signOut();
    expect(messageOf(() => refresh.flush())).toMatch(/^Cannot flush a refresh that was called off by /);
    expect(session.signedIn()).toBe(false);
  });
});

describe('AuthTestingController.verify', () => {
  it('passes where nothing was asked for, and where all that was is over', async () => {
    const { auth, session } = setup({ signedInAs: 'alice' });
    auth.verify();
    const refreshed = session.refresh();
    auth.expectRefresh().flush();
    await refreshed;
    auth.verify();
  });

  it('fails for a refresh that nobody expected, answered or not', () => {
    const { auth, session } = setup({ signedInAs: 'alice' });
    session.refresh().catch(() => null);
    expect(messageOf(() => auth.verify())).toBe(
      'Expected no open refreshes, found 1: not expected and not answered.',
    );
    session.signOut();
    expect(messageOf(() => auth.verify())).toMatch(/found 1: not expected and called off/);
  });

  it('fails for one that was expected and not answered, unless it was called off', () => {
    const { auth, session } = setup({ signedInAs: 'alice' });
    session.refresh().catch(() => null);
    auth.expectRefresh();
    expect(messageOf(() => auth.verify())).toBe(
      'Expected no open refreshes, found 1: expected and not answered.',
    );
    session.signOut();
    auth.verify();
  });

  it('begins anew with each TestBed', () => {
    const { session } = setup({ signedInAs: 'alice' });
    session.refresh().catch(() => null);
    TestBed.resetTestingModule();
    setup({ signedInAs: 'bob' }).auth.verify();
    expect(TestBed.inject(AuthSession).claims()).toEqual({ sub: 'bob' });
  });
});

describe('an app in a test', () => {
  it('has no refresh left under way when the TestBed is reset', async () => {
    const { session, auth } = setup({ signedInAs: 'alice' });
    const ended = session.refresh().catch((error: unknown) => error);
    const refresh = auth.expectRefresh();
    TestBed.resetTestingModule();
    expect(await ended).toBeInstanceOf(AuthError);
    expect(messageOf(() => refresh.flush())).toMatch(/called off/);
  });

  it('reaches a public URL without a token', async () => {
    const { api } = setup({ signedInAs: 'alice' });
    const answer = firstValueFrom(TestBed.inject(HttpClient).get('https://elsewhere.example/'));
    const request = api.expectOne('https://elsewhere.example/');
    expect(request.request.headers.has('Authorization')).toBe(false);
    request.flush('fine');
    expect(await answer).toBe('fine');
    TestBed.inject(AuthTestingController).verify();
  });
});
