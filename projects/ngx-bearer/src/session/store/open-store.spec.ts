import { firstValueFrom } from 'rxjs';
import type { AuthSettings } from '../../auth-config';
import { receive } from '../credential';
import { openStore } from './open-store';

const SETTINGS = { storageKey: 'shop', crossTab: false } as AuthSettings;
const CREDENTIAL = receive({ id: 'm1-a', version: 1, tokens: { accessToken: 'a1' } }, false);

describe('the store on a server', () => {
  for (const storage of ['local', 'session'] as const) {
    it(`is memory, whatever the platform has: ${storage}`, async () => {
      const store = openStore({ ...SETTINGS, storage, isServer: true }, window, null);
      store.write(CREDENTIAL, 'm1-a');
      expect((await firstValueFrom(store.read()))?.id).toBe('m1-a');
      expect(localStorage.length + sessionStorage.length).toBe(0);
    });

    it(`is what the configuration asks for everywhere else: ${storage}`, () => {
      openStore({ ...SETTINGS, storage, isServer: false }, window, null).write(CREDENTIAL, 'm1-a');
      const area = storage === 'local' ? localStorage : sessionStorage;
      expect(Object.keys(area)).toEqual(['shop.session']);
      area.clear();
    });
  }
});
