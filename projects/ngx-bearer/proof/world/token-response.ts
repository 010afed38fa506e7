import type { Grant } from './tokens.ts';

/** A token response, as servers write it. */
export function rawTokens({ access, refresh, lifeSeconds }: Grant): Record<string, unknown> {
  const isJwt = access.text.includes('.');
  return {
    access_token: access.text,
    ...(refresh && { refresh_token: refresh.text }),
    // Directus sends milliseconds, which the claims of the token correct.
    ...(lifeSeconds !== null && { expires_in: isJwt ? lifeSeconds * 1000 : lifeSeconds }),
  };
}
