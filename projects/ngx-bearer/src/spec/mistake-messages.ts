/** The messages that `docs/mistakes.md` quotes and `mistakes.spec.ts` provokes, as the console shows them. */
export const MESSAGES = {
  'the interceptor is not registered':
    'ngx-bearer: https://api.example.com/orders was called, and authInterceptor has not seen a request yet. Register it: ' +
    'provideHttpClient(withInterceptors([authInterceptor])). A second provideHttpClient, as in a lazy route, needs it, ' +
    'too. A component that imports HttpClientModule has an HttpClient of its own, without it.',
  'another HttpClient':
    'ngx-bearer: https://api.example.com/orders was called without passing authInterceptor. Usual causes: a second ' +
    'provideHttpClient (in a lazy route) without it, a component that imports HttpClientModule, a later interceptor that ' +
    'changes the URL, or a call by fetch.',
  'an old interceptor':
    'ngx-bearer: a request to https://api.example.com/orders already has the Authorization header, so it is sent ' +
    'unchanged, and its 401 starts no refresh. If an older interceptor attaches the token, remove that one. If you set the ' +
    'header yourself, add skipAuth().',
  'a URL that is not final':
    "ngx-bearer: http://localhost:4200/orders was called without the token, since no rule in 'allow' matches it. If it " +
    "needs the token, add '/orders' to 'allow'. If a later interceptor changes this URL, put authInterceptor after that one.",
  'a URL that was changed':
    'ngx-bearer: https://api.example.com/orders was called without the token, since a later interceptor changed the URL. ' +
    'Put authInterceptor last.',
  'no rule':
    "ngx-bearer: https://files.example.com/invoices was called without the token, since no rule in 'allow' matches it. If " +
    "it needs the token, add 'https://files.example.com' to 'allow'. If a later interceptor changes this URL, put " +
    'authInterceptor after that one.',
  'field names':
    'ngx-bearer: signIn failed, and the session stays as it was: there is no access_token, accessToken or token in the ' +
    "answer; it has user.id, data.jwt. Give the strategy a 'read', or give signIn { accessToken, refreshToken, expiresIn }.",
  'field names in a refresh':
    'ngx-bearer: the token refresh failed, and a retry will fail in the same way. The answer of ' +
    'https://api.example.com/auth/token cannot be read: there is no access_token, accessToken or token in the answer; it ' +
    "has data.jwt. Give the strategy a 'read', or give signIn { accessToken, refreshToken, expiresIn }.",
  'an Observable':
    'ngx-bearer: signIn failed, and the session stays as it was: there is no access_token, accessToken or token in the ' +
    "answer; it is an Observable: subscribe to it. Give the strategy a 'read', or give signIn { accessToken, " +
    'refreshToken, expiresIn }.',
  'a whole response':
    'ngx-bearer: signIn failed, and the session stays as it was: there is no access_token, accessToken or token in the ' +
    "answer; it is a whole response: pass its body. Give the strategy a 'read', or give signIn { accessToken, " +
    'refreshToken, expiresIn }.',
  'a token as text':
    'ngx-bearer: signIn failed, and the session stays as it was: there is no access_token, accessToken or token in the ' +
    "answer; it is text, and not JSON. Give the strategy a 'read', or give signIn { accessToken, refreshToken, expiresIn }.",
  'a refresh that answers 404':
    'ngx-bearer: the token refresh failed, and a retry will fail in the same way. https://api.example.com/auth/token ' +
    'answered 404 with message. Check the URL, the method and the body of the strategy. If this answer means that the ' +
    "refresh token is invalid, give the strategy 'refused'.",
  'two sessions':
    'ngx-bearer: bad-config: this injector has 2 sessions: call provideAuth, or AuthModule.forRoot, once for an ' +
    'application, and again only in the providers of a lazy route.',
  'no session': 'ngx-bearer: bad-config: provideAuth(...) is missing: add it to the providers of the app.',
  'no configuration':
    'ngx-bearer: bad-config: provideAuth was called with undefined: give it { allow, refresh }.',
  'no allow':
    "ngx-bearer: bad-config: 'allow' is missing: name at least one origin ('https://api.example.com') or path ('/api'); a " +
    'rule is a string or a function of a URL, never a RegExp.',
  'a token with Bearer':
    "ngx-bearer: bad-token-response: the access token begins with 'Bearer': leave that out. It has to be visible ASCII " +
    'without spaces, at most 16 KiB.',
  'a token with a space':
    'ngx-bearer: bad-token-response: the access token has a space at position 3. It has to be visible ASCII without ' +
    'spaces, at most 16 KiB.',
  'a life as text':
    'ngx-bearer: the life of the access token (expires_in) is text. It has to be a number of seconds, so it is ignored.',
  'a rule with http':
    "ngx-bearer: bad-config: 'allow' holds 'http://api.example.com': use https, or set allowInsecure to send tokens in the " +
    'clear.',
  'an endpoint with http':
    "ngx-bearer: bad-config: 'refresh' asks 'http://api.example.com/auth': use https, or set allowInsecure to send tokens " +
    'in the clear.',
} as const;
