import type { Model } from './model.ts';
import { oneTab } from './one-tab.ts';
import { tabs } from './tabs/tabs.ts';

/** Both models, by the name that the command takes. */
export const models: Readonly<Record<string, Model>> = { 'one-tab': oneTab, tabs };
