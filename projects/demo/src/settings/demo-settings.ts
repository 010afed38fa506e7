/** What the settings panel offers. The first of each is the default. */
export const choices = {
  protocol: ['exchange', 'oauth', 'cookie'],
  storage: ['local', 'session', 'memory'],
  backend: ['fetch', 'xhr'],
  registration: ['functional', 'module'],
} as const;

export type SettingName = keyof typeof choices;

/** How this page is put together: chosen in the settings panel, kept in the address, applied at start. */
export type DemoSettings = { readonly [Name in SettingName]: (typeof choices)[Name][number] };

/** The settings an address asks for. What it does not name, or names wrongly, takes its default. */
export function settingsFrom(query: string): DemoSettings {
  const asked = new URLSearchParams(query);
  return {
    protocol: oneOf(choices.protocol, asked.get('protocol')),
    storage: oneOf(choices.storage, asked.get('storage')),
    backend: oneOf(choices.backend, asked.get('backend')),
    registration: oneOf(choices.registration, asked.get('registration')),
  };
}

/** The query string that asks for these settings. */
export function queryFor(settings: DemoSettings): string {
  return `?${new URLSearchParams(settings).toString()}`;
}

function oneOf<Choice extends string>(offered: readonly [Choice, ...Choice[]], asked: string | null): Choice {
  return offered.find((choice) => choice === asked) ?? offered[0];
}
