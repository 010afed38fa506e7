import type { Protocol, Refresh } from './setup';

/** What a server is known to want. */
export interface Preset {
  readonly protocol: Protocol;
  /** Below the API. */
  readonly place: string;
  readonly refresh: Partial<Refresh>;
}

const REFRESH = { kind: 'refresh', before: '' } as const;
const CAMEL_CASE = { body: { kind: 'json', fields: [['refreshToken', REFRESH]] } } as const;

/** The servers that `--refresh` knows by name, as their pages in `docs/` have them. */
export const PRESETS: Readonly<Record<string, Preset>> = {
  laravel: { protocol: 'exchange', place: '/auth/refresh', refresh: {} },
  django: {
    protocol: 'json',
    place: '/token/refresh/',
    refresh: {
      body: { kind: 'json', fields: [['refresh', REFRESH]] },
      answer: { access: ['access'], refresh: ['refresh'] },
    },
  },
  nestjs: { protocol: 'json', place: '/auth/refresh', refresh: {} },
  spring: { protocol: 'json', place: '/auth/refresh', refresh: {} },
  aspnet: { protocol: 'json', place: '/refresh', refresh: CAMEL_CASE },
  directus: {
    protocol: 'json',
    place: '/auth/refresh',
    refresh: {
      body: {
        kind: 'json',
        fields: [
          ['refresh_token', REFRESH],
          ['mode', { kind: 'text', text: ['json'] }],
        ],
      },
      answer: { access: ['data', 'access_token'], refresh: ['data', 'refresh_token'] },
    },
  },
  strapi: {
    protocol: 'json',
    place: '/auth/refresh',
    refresh: { ...CAMEL_CASE, answer: { access: ['jwt'], refresh: ['refreshToken'] } },
  },
};
