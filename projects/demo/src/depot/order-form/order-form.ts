import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { Dispatcher } from '../../burst/dispatcher';
import { Depot } from '../depot';

/** A few of the depot's products. */
const products = [
  { id: 'p-01', name: 'Box, small' },
  { id: 'p-06', name: 'Crate, medium' },
  { id: 'p-11', name: 'Envelope, large' },
  { id: 'p-20', name: 'Tube, extra large' },
] as const;

@Component({
  selector: 'demo-order-form',
  templateUrl: './order-form.html',
  styleUrl: '../write-form.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class OrderForm {
  readonly #depot = inject(Depot);
  readonly #dispatcher = inject(Dispatcher);

  protected readonly products = products;
  protected readonly result = signal('');

  protected post(submission: SubmitEvent, product: string, quantity: number): void {
    submission.preventDefault();
    this.result.set('Posting …');
    this.#dispatcher.beginBurst();
    this.#dispatcher.send(this.#depot.order({ product, quantity }), {
      received: (order) => {
        this.result.set(orderInWords(order));
      },
      failed: () => {
        this.result.set('Not placed.');
      },
    });
  }
}

function orderInWords(order: unknown): string {
  const isOrder = typeof order === 'object' && order !== null && 'id' in order && 'quantity' in order;
  return isOrder ? `Order ${String(order.id)} placed: ${String(order.quantity)} pieces.` : 'Placed.';
}
