import type { HttpRequest } from '@angular/common/http';
import { readAuth } from '../request/auth-context';
import { type BearerHeader, hasBearer } from '../request/bearer-header';
import { resolveUrl } from '../request/token-scope';
import type { KnownRequests } from './known-requests';
import { type HintOptions, warnOfMissingToken } from './missing-token';
import { warnOnce } from './warn-once';

export interface RequestHintOptions extends HintOptions, BearerHeader {
  readonly isAllowed: (url: string) => boolean;
  readonly isSignedIn: () => boolean;
  readonly known: KnownRequests;
  /** The base of relative URLs; null on a server. */
  readonly baseUri: () => string | null;
}

/** Looks at each request that reaches the interceptor, and warns of the mistakes that it shows. For development only. */
export class RequestHints {
  readonly #options: RequestHintOptions;
  /** The URLs that passed the interceptor, or that a refresh asked. */
  readonly known: KnownRequests;

  /** Whether a request has reached the interceptor. */
  isAsked = false;

  constructor(options: RequestHintOptions) {
    this.#options = options;
    this.known = options.known;
  }

  /** Whether the token may go to a URL. */
  isAllowed(url: string): boolean {
    return this.#options.isAllowed(url);
  }

  /** @param isOurs whether the interceptor takes part in the request */
  look(request: HttpRequest<unknown>, isOurs: boolean): void {
    this.isAsked = true;
    const { urlWithParams } = request;
    this.note(urlWithParams);
    if (isOurs || readAuth(request) === 'skip' || request.method === 'JSONP') return;
    const { isAllowed, isSignedIn, baseUri } = this.#options;
    const target = resolveUrl(urlWithParams, baseUri());
    if (!target) return;
    if (!hasBearer(request, this.#options)) {
      if (isSignedIn()) warnOfMissingToken(target, this.#options);
    } else if (isAllowed(urlWithParams) && !this.known.isOwn(request)) {
      warnOfOwnHeader(target, this.#options);
    }
  }

  /** Remembers a URL that is sent with our knowledge. */
  note(url: string): void {
    this.known.add(url);
  }

  /** Whether a URL of the page's own report was noted. */
  isNoted(url: URL): boolean {
    return this.known.has(
      (noted) => withoutFragment(noted) === withoutFragment(url),
      this.#options.baseUri(),
    );
  }

  /** Whether a noted URL has the end of this path: then a later interceptor has put a base before it. */
  isRewritten({ pathname }: URL): boolean {
    return this.known.has(
      (noted) => noted.pathname.length > 1 && pathname.endsWith(noted.pathname),
      this.#options.baseUri(),
    );
  }
}

function warnOfOwnHeader({ origin, pathname }: URL, { headerName }: BearerHeader): void {
  warnOnce(
    `a request to ${origin}${pathname} already has the ${headerName} header, so it is sent unchanged, and its 401 starts no ` +
      'refresh. If an older interceptor attaches the token, remove that one. If you set the header yourself, add skipAuth().',
    `own header ${origin}`,
  );
}

function withoutFragment({ href }: URL): string {
  return href.replace(/#.*/s, '');
}
