import {
  type Digest,
  invoicesDigest,
  meDigest,
  notificationsDigest,
  ordersDigest,
  shipmentsDigest,
  stockDigest,
} from './digest';

/** One resource of the depot and how a card sums it up. */
export interface Card {
  readonly resource: string;
  readonly title: string;
  readonly digestOf: (body: unknown) => Digest;
}

export const cards: readonly Card[] = [
  { resource: 'me', title: 'Me', digestOf: meDigest },
  { resource: 'orders', title: 'Orders', digestOf: ordersDigest },
  { resource: 'shipments', title: 'Shipments', digestOf: shipmentsDigest },
  { resource: 'stock', title: 'Stock', digestOf: stockDigest },
  { resource: 'invoices', title: 'Invoices', digestOf: invoicesDigest },
  { resource: 'notifications', title: 'Notifications', digestOf: notificationsDigest },
];
