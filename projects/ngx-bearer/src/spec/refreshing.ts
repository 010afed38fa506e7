import { setup, type SetupOptions } from './setup';

/** A rejected request, so that the strategy has run. */
export function refreshing(options: SetupOptions) {
  const page = setup(options);
  const caller = page.get('/orders');
  page.server.call.reject();
  return { ...page, caller, refreshRequest: page.server.refresh.request };
}
