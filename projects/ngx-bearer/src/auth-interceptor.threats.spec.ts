import { httpResource } from '@angular/common/http';
import { createEnvironmentInjector, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { API } from './spec/fake-server';
import { setup } from './spec/setup';

describe('a resource', () => {
  it('that reloads while its refresh runs leaves the refresh alone, and shows what the new token brings', async () => {
    const { orders, server } = await refreshingFor();
    orders.reload();
    await settle();
    expect([server.refreshes.length, server.refresh.isCancelled]).toEqual([1, false]);
    server.answerAll();
    await settle();
    expect([orders.value(), orders.status()]).toEqual(['GET /orders/7 a1', 'resolved']);
    expect(server.seen).toEqual(['GET /orders/7 a0', 'refresh r0', 'GET /orders/7 a1']);
  });

  it('that asks for something else while its refresh runs sends that alone', async () => {
    const { orders, server, id } = await refreshingFor();
    id.set(8);
    await settle();
    server.answerAll();
    await settle();
    expect(orders.value()).toBe('GET /orders/8 a1');
    expect(server.seen).toEqual(['GET /orders/7 a0', 'refresh r0', 'GET /orders/8 a1']);
  });

  it('that is destroyed while its refresh runs leaves the refresh alone, and is not replayed', async () => {
    const { component, server, get } = await refreshingFor();
    component.destroy();
    await settle();
    expect(server.refresh.isCancelled).toBe(false);
    server.answerAll();
    get('/next');
    expect(server.seen).toEqual(['GET /orders/7 a0', 'refresh r0', 'GET /next a1']);
  });
});

/** A resource whose first sending was rejected, so that a refresh runs. */
async function refreshingFor() {
  const page = setup();
  const component = createEnvironmentInjector([], page.injector);
  const id = signal(7);
  const orders = httpResource.text(() => `${API}/orders/${String(id())}`, { injector: component });
  await settle();
  page.server.expireAccessToken();
  page.server.call.reject();
  return { ...page, component, id, orders };
}

/** Effects run, and what they have begun. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) {
    TestBed.tick();
    await Promise.resolve();
  }
}
