import { InjectionToken } from '@angular/core';

/** The origin of the depot's API. */
export const API_URL = new InjectionToken<string>('the origin of the API');

const apiBesideThePage = 'http://127.0.0.1:3000';

/** The address that whoever serves this page put into `/config.json`, else the one the API has by default. */
export async function readApiUrl(): Promise<string> {
  try {
    const answer = await fetch('/config.json');
    return apiUrlFrom(await answer.json());
  } catch {
    return apiBesideThePage;
  }
}

function apiUrlFrom(config: unknown): string {
  const named = typeof config === 'object' && config !== null && 'apiUrl' in config ? config.apiUrl : null;
  return typeof named === 'string' ? new URL(named).origin : apiBesideThePage;
}
