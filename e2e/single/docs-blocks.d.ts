/** Blocks of the documentation that pages of these tests run. */
declare module 'docs:oidc-client-ts' {
  import type { RefreshStrategy } from 'ngx-bearer';
  import type { UserManager } from 'oidc-client-ts';
  export function oidcTokens(users: UserManager): RefreshStrategy;
}

declare module 'docs:service-worker' {
  export function forgetAnswers(): Promise<void>;
}
