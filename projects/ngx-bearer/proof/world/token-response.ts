import type { Grant } from './tokens.ts';

/** A token response, as servers write it. */
export function rawTokens({ access, refresh, lifeSeconds }: Grant): Record<string, unknown> {
  const isJwt = access.text.includes('.');
  return {
    access_token: access.text,
    ...(refresh && { refresh_token: refresh.text }),
    ...(lifeSeconds !== null && !isJwt && { expires_in: lifeSeconds }),
  };
}
