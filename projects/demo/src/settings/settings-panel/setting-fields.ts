import type { DemoSettings, SettingName } from '../demo-settings';

/** One select of the settings panel. */
export interface SettingField {
  readonly name: SettingName;
  readonly label: string;
  readonly options: readonly { readonly value: string; readonly words: string }[];
}

type Words = { readonly [Name in SettingName]: Readonly<Record<DemoSettings[Name], string>> };

const words: Words = {
  protocol: {
    exchange: 'Laravel token exchange',
    oauth: 'OAuth 2.0 refresh token',
    cookie: 'HttpOnly refresh cookie',
  },
  storage: {
    local: 'localStorage',
    session: 'sessionStorage',
    memory: 'memory only',
  },
  backend: { fetch: 'Fetch', xhr: 'XMLHttpRequest' },
  registration: { functional: 'authInterceptor function', module: 'AuthModule.forRoot' },
};

export const settingFields: readonly SettingField[] = [
  { name: 'protocol', label: 'How tokens are renewed', options: optionsOf(words.protocol) },
  { name: 'storage', label: 'Where tokens are kept', options: optionsOf(words.storage) },
  { name: 'backend', label: 'What sends the requests', options: optionsOf(words.backend) },
  { name: 'registration', label: 'How it is registered', options: optionsOf(words.registration) },
];

function optionsOf(wordsByValue: Readonly<Record<string, string>>): SettingField['options'] {
  return Object.entries(wordsByValue).map(([value, words]) => ({ value, words }));
}
