import { keepNewest } from '../keep-newest.ts';
import { ORDERS, type Order } from './depot-data.ts';

const REMEMBERED_ORDERS = 500;

/** The orders the depot started with and those placed since. */
export class OrderBook {
  readonly #orders = new Map<string, Order>();
  #lastNumber = 0;

  constructor() {
    this.reset();
  }

  list(): readonly Order[] {
    return [...this.#orders.values()];
  }

  find(id: string): Order | undefined {
    return this.#orders.get(id);
  }

  place(wanted: Pick<Order, 'product' | 'quantity' | 'placedAt'>): Order {
    this.#lastNumber += 1;
    const id = `o-${this.#lastNumber}`;
    const order: Order = { id, customer: 'Counter sale', status: 'placed', ...wanted };
    this.#orders.set(id, order);
    keepNewest(this.#orders, REMEMBERED_ORDERS);
    return order;
  }

  reset(): void {
    this.#orders.clear();
    for (const order of ORDERS) {
      this.#orders.set(order.id, order);
    }
    this.#lastNumber = 1000 + ORDERS.length;
  }
}
