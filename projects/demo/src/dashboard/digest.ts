/** What a card shows of a resource: one figure, what it means, and a few rows. */
export interface Digest {
  readonly figure: string;
  readonly meaning: string;
  readonly rows: readonly DigestRow[];
}

export interface DigestRow {
  readonly left: string;
  readonly right: string;
}

type Row = Readonly<Record<string, unknown>>;

const rowsShown = 3;
const pieces = new Intl.NumberFormat('en-IE');
const euros = new Intl.NumberFormat('en-IE', {
  style: 'currency',
  currency: 'EUR',
  maximumFractionDigits: 0,
});

export function meDigest(body: unknown): Digest {
  const [me = {}] = rowsOf([body]);
  return {
    figure: text(me, 'name'),
    meaning: `known here as ${text(me, 'subject')}`,
    rows: [{ left: 'reads the audit', right: me['mayAudit'] === true ? 'yes' : 'no' }],
  };
}

export function ordersDigest(body: unknown): Digest {
  const orders = rowsOf(body);
  return {
    figure: `${orders.length}`,
    meaning: `orders, ${countOf(orders, 'status', 'placed')} of them to pack`,
    rows: newest(orders).map((order) => ({
      left: `${text(order, 'id')} ${text(order, 'customer')}`,
      right: text(order, 'status'),
    })),
  };
}

export function shipmentsDigest(body: unknown): Digest {
  const shipments = rowsOf(body);
  return {
    figure: `${countOf(shipments, 'status', 'on the road')}`,
    meaning: `of ${shipments.length} shipments on the road`,
    rows: newest(shipments).map((shipment) => ({
      left: `${text(shipment, 'id')} ${text(shipment, 'customer')}`,
      right: text(shipment, 'status'),
    })),
  };
}

export function stockDigest(body: unknown): Digest {
  const stock = [...rowsOf(body)].sort((one, other) => amount(one, 'pieces') - amount(other, 'pieces'));
  return {
    figure: pieces.format(stock.reduce((sum, row) => sum + amount(row, 'pieces'), 0)),
    meaning: 'pieces on the shelves; the scarcest:',
    rows: stock.slice(0, rowsShown).map((row) => ({
      left: `${text(row, 'shelf')} ${text(row, 'name')}`,
      right: `${amount(row, 'pieces')}`,
    })),
  };
}

export function invoicesDigest(body: unknown): Digest {
  const invoices = rowsOf(body);
  const unpaid = invoices.filter((invoice) => invoice['paid'] === false);
  return {
    figure: euros.format(unpaid.reduce((sum, invoice) => sum + amount(invoice, 'totalCents'), 0) / 100),
    meaning: `unpaid, ${unpaid.length} of ${invoices.length} invoices`,
    rows: newest(unpaid).map((invoice) => ({
      left: `${text(invoice, 'id')} ${text(invoice, 'customer')}`,
      right: euros.format(amount(invoice, 'totalCents') / 100),
    })),
  };
}

export function notificationsDigest(body: unknown): Digest {
  const notifications = rowsOf(body);
  const unread = notifications.filter((notification) => notification['read'] === false);
  return {
    figure: `${unread.length}`,
    meaning: `of ${notifications.length} notifications unread`,
    rows: newest(unread).map((notification) => ({ left: text(notification, 'text'), right: '' })),
  };
}

function rowsOf(body: unknown): readonly Row[] {
  if (!Array.isArray(body)) return [];
  return body.filter((row: unknown): row is Row => typeof row === 'object' && row !== null);
}

function newest(rows: readonly Row[]): readonly Row[] {
  return rows.slice(-rowsShown).reverse();
}

function countOf(rows: readonly Row[], field: string, value: string): number {
  return rows.filter((row) => row[field] === value).length;
}

function text(row: Row, field: string): string {
  const value = row[field];
  return typeof value === 'string' ? value : '–';
}

function amount(row: Row, field: string): number {
  const value = row[field];
  return typeof value === 'number' ? value : 0;
}
