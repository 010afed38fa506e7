import {
  HTTP_INTERCEPTORS,
  HttpBackend,
  HttpClient,
  type HttpInterceptorFn,
  provideHttpClient,
  withInterceptors,
  withInterceptorsFromDi,
} from '@angular/common/http';
import {
  createEnvironmentInjector,
  EnvironmentInjector,
  type EnvironmentProviders,
  importProvidersFrom,
  type Provider,
} from '@angular/core';
import { TestBed } from '@angular/core/testing';
import {
  type AuthConfig,
  AuthError,
  type AuthEvent,
  authInterceptor,
  AuthInterceptor,
  AuthModule,
  AuthSession,
  postRefreshToken,
  provideAuth,
} from '../public-api';
import { forgetWarnings } from '../hints/warn-once';
import { Caller } from './caller';
import { FakeClock } from './fake-clock';
import { API, FakeServer, TOKEN_ENDPOINT } from './fake-server';

export interface SetupOptions extends Partial<AuthConfig> {
  /** Whether somebody has signed in, with `a0` and `r0`; default true. */
  readonly signedIn?: boolean;
  readonly server?: FakeServer;
  /** How the interceptor is registered; default as a function. With `'none'` only if `before` holds it. */
  readonly registration?: 'function' | 'class' | 'function and class' | 'module' | 'none';
  /** Interceptors that stand before ours. */
  readonly before?: HttpInterceptorFn[];
  readonly providers?: (Provider | EnvironmentProviders)[];
}

export type Page = ReturnType<typeof setup>;

/** What has to be put back when a test is over. */
const cleanups: (() => void)[] = [];
/** What all pages of one test share. */
const worlds: World[] = [];

interface World {
  readonly clock: FakeClock;
  /** What was printed, by any method of the console. */
  readonly printed: string[];
}

afterEach(() => {
  for (const cleanUp of cleanups.splice(0).reverse()) cleanUp();
  worlds.length = 0;
  forgetWarnings();
  localStorage.clear();
  sessionStorage.clear();
});

/** One page load: the library in an injector of its own. A second call is a reload, or another tab. */
export function setup(options: SetupOptions = {}) {
  const { signedIn = true, server = new FakeServer(), registration, before, providers, ...config } = options;
  const { clock, printed } = enterWorld();
  const injector = createEnvironmentInjector(
    [
      ...register(registration ?? 'function', before ?? [], {
        allow: [API],
        refresh: postRefreshToken(TOKEN_ENDPOINT),
        ...config,
      }),
      { provide: HttpBackend, useValue: server },
      ...(providers ?? []),
    ],
    TestBed.inject(EnvironmentInjector),
  );
  let isOpen = true;
  /** Destroys the injector, as the end of the app does. */
  const leave = (): void => {
    if (!isOpen) return;
    isOpen = false;
    injector.destroy();
  };
  afterwards(leave);

  const http = injector.get(HttpClient);
  const session = injector.get(AuthSession);
  if (signedIn) session.signIn(server.issueTokens());
  /** What was told since, the sign-in of the set-up apart. */
  const events: AuthEvent[] = [];
  session.events.subscribe((event) => events.push(event));
  /** A GET to the API. */
  const get = (path: string): Caller<unknown> => new Caller(http.get(`${API}${path}`));
  return { http, session, server, clock, events, printed, injector, get, leave };
}

/** Registers something to be put back when the test is over. */
export function afterwards(cleanUp: () => void): void {
  cleanups.push(cleanUp);
}

/** What an action throws, for a closer look. */
export function thrownBy(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  throw new Error('Nothing was thrown.');
}

/** The `AuthError` that a promise is rejected with, for a closer look. */
export async function authErrorOf(promise: Promise<unknown>): Promise<AuthError> {
  const end = await promise.catch((error: unknown) => error);
  if (end instanceof AuthError) return end;
  throw new Error(`No AuthError: ${String(end)}`);
}

function register(
  registration: NonNullable<SetupOptions['registration']>,
  before: HttpInterceptorFn[],
  config: AuthConfig,
): (Provider | EnvironmentProviders)[] {
  const byClass = { provide: HTTP_INTERCEPTORS, useExisting: AuthInterceptor, multi: true };
  const fromDi = provideHttpClient(withInterceptors(before), withInterceptorsFromDi());
  switch (registration) {
    case 'function':
      return [provideHttpClient(withInterceptors([...before, authInterceptor])), provideAuth(config)];
    case 'class':
      return [fromDi, provideAuth(config), byClass];
    case 'function and class':
      return [
        provideHttpClient(withInterceptors([...before, authInterceptor]), withInterceptorsFromDi()),
        provideAuth(config),
        byClass,
      ];
    case 'none':
      return [provideHttpClient(withInterceptors(before)), provideAuth(config)];
    case 'module':
      return [fromDi, importProvidersFrom(AuthModule.forRoot(config))];
  }
}

/** One clock and one console a test, however many pages it opens. */
function enterWorld(): World {
  const [entered] = worlds;
  if (entered) return entered;
  const world = { clock: new FakeClock(), printed: watchConsole() };
  world.clock.install();
  hidePlatform();
  worlds.push(world);
  afterwards(() => {
    world.clock.restore();
  });
  return world;
}

/** What a browser has for tabs to agree, and Node has not: a spec that is about tabs brings its own. */
function hidePlatform(): void {
  const hidden: [object, string][] = [
    [navigator, 'locks'],
    [globalThis, 'indexedDB'],
  ];
  for (const [owner, name] of hidden) {
    const own = Object.getOwnPropertyDescriptor(owner, name);
    Object.defineProperty(owner, name, { configurable: true, value: undefined });
    afterwards(() => {
      Reflect.deleteProperty(owner, name);
      if (own) Object.defineProperty(owner, name, own);
    });
  }
}

function watchConsole(): string[] {
  const printed: string[] = [];
  const { debug, log, info, warn, error } = console;
  for (const method of ['debug', 'log', 'info', 'warn', 'error'] as const) {
    console[method] = (...texts: unknown[]) => void printed.push(`${method}: ${texts.map(String).join(' ')}`);
  }
  afterwards(() => {
    Object.assign(console, { debug, log, info, warn, error });
  });
  return printed;
}
