/** Everything the depot knows, the same at every start. Money is in cents of a euro. */
export interface Customer {
  readonly id: string;
  readonly name: string;
  readonly city: string;
}

export interface Product {
  readonly id: string;
  readonly name: string;
  readonly priceCents: number;
}

export interface Order {
  readonly id: string;
  readonly customer: string;
  readonly product: string;
  readonly quantity: number;
  readonly status: 'placed' | 'packed' | 'shipped' | 'delivered';
  readonly placedAt: string;
}

const COMPANIES = [
  'Harbour Lane Books',
  'Copper Kettle Tea',
  'Pinegrove Dental Supply',
  'Northfield Cycles',
  'Juniper Street Bakery',
  'Old Mill Paper',
  'Saltmarsh Ceramics',
  'Brightwater Optics',
  'Larch and Loom Textiles',
  'Greenfinch Garden Centre',
  'Tidewater Marine Parts',
  'Stonebridge Audio',
  'Maple Yard Toys',
  'Fernhill Pharmacy',
  'Quarry Road Tools',
  'Silver Birch Stationery',
  'Windmill Coffee Roasters',
  'Kestrel Outdoor',
  'Lighthouse Lamps',
  'Orchard Row Grocers',
] as const;
const CITIES = ['Bergen', 'Gdansk', 'Ghent', 'Graz', 'Porto', 'Tartu', 'Turku', 'Utrecht'] as const;
const GOODS = ['Box', 'Crate', 'Envelope', 'Pallet', 'Tube'] as const;
const SIZES = ['small', 'medium', 'large', 'extra large'] as const;
const STATUSES = ['placed', 'packed', 'shipped', 'delivered'] as const;
const ROWS = COMPANIES.length;
const FIRST_DAY_MS = Date.UTC(2026, 9, 1, 8);
const HOUR_MS = 60 * 60 * 1000;

export const CUSTOMERS: readonly Customer[] = COMPANIES.map((name, index) => ({
  id: `c-${twoDigits(index + 1)}`,
  name,
  city: pick(CITIES, index),
}));

export const PRODUCTS: readonly Product[] = rows((index) => ({
  id: `p-${twoDigits(index + 1)}`,
  name: `${pick(GOODS, Math.floor(index / SIZES.length))}, ${SIZES[index % SIZES.length] ?? 'small'}`,
  priceCents: 90 + spread(index, 40) * 35,
}));

export const ORDERS: readonly Order[] = rows((index) => ({
  id: `o-${1001 + index}`,
  customer: companyOf(index),
  product: productOf(index).id,
  quantity: 1 + spread(index, 24),
  status: pick(STATUSES, spread(index + 7, 29)),
  placedAt: moment(index),
}));

export const SHIPMENTS = ORDERS.map((order, index) => ({
  id: `s-${3001 + index}`,
  order: order.id,
  customer: order.customer,
  status: pick(['waiting', 'on the road', 'delivered'], spread(index, 31)),
  weightGrams: 250 + spread(index, 80) * 125,
}));

export const INVOICES = ORDERS.map((order, index) => ({
  id: `i-${5001 + index}`,
  order: order.id,
  customer: order.customer,
  totalCents: order.quantity * productOf(index).priceCents,
  paid: spread(index, 10) > 3,
}));

export const STOCK = PRODUCTS.map((product, index) => ({
  product: product.id,
  name: product.name,
  pieces: spread(index, 90) * 10,
  shelf: `${pick(['A', 'B', 'C', 'D'], index)}${1 + spread(index, 12)}`,
}));

export const NOTIFICATIONS = SHIPMENTS.map((shipment, index) => ({
  id: `n-${7001 + index}`,
  text: `Parcel ${shipment.id} for ${shipment.customer}: ${shipment.status}`,
  at: moment(index),
  read: spread(index, 3) === 0,
}));

function rows<Row>(makeRow: (index: number) => Row): readonly Row[] {
  return Array.from({ length: ROWS }, (_, index) => makeRow(index));
}

// Multiplying by a prime scatters neighbouring rows and still gives the same rows every time.
function spread(index: number, below: number): number {
  return ((index + 3) * 7919) % below;
}

function pick<Value>(values: readonly Value[], index: number): Value {
  const value = values[index % values.length];
  if (value === undefined) {
    throw new RangeError('There is nothing to pick from.');
  }
  return value;
}

function companyOf(index: number): string {
  return pick(COMPANIES, spread(index, ROWS));
}

function productOf(index: number): Product {
  return pick(PRODUCTS, spread(index, 17));
}

function moment(index: number): string {
  return new Date(FIRST_DAY_MS + index * 31 * HOUR_MS).toISOString();
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}
