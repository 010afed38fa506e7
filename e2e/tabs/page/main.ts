import type { TabPlan } from './contract.ts';
import { openHandWritten } from './hand-written.ts';
import { openOurs } from './ours.ts';

const { apiUrl } = (await (await fetch('/config.json')).json()) as { apiUrl: string };
const { refreshTimeoutMs, ...words } = Object.fromEntries(new URLSearchParams(location.search));
const plan = { ...words, refreshTimeoutMs: Number(refreshTimeoutMs) } as TabPlan;

const open = async () => (plan.strategy === 'ours' ? openOurs(plan, apiUrl) : openHandWritten(plan, apiUrl));
window.openSecond = async () => {
  window.second = await open();
};
window.tab = await open();
