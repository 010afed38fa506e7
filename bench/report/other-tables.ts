import { FEATURES, type Feature } from '../adapters/contract.ts';
import { OURS, type Entrant } from '../measure/entrants.ts';
import { OURS_WHOLE } from '../measure/size.ts';
import { SCENARIOS, type Behaviour } from '../probes/behaviour.ts';
import { type Figures, grouped, NOTHING } from './figures.ts';
import type { Table } from './table.ts';

const SIGNS: Record<Behaviour['verdict'], string> = { right: '✓', wrong: '✗', unasked: '·', unplayed: '?' };

/** A row a scenario, a column an entrant: who does the right thing at a glance. */
export function verdictTable({ entrants, manners }: Figures): Table {
  const watched = entrants.filter(({ id }) => manners.behaviours.has(id));
  const initials = watched.map((_, index) => `${index + 1}`);
  const legend = watched.map(({ about }, index) => `${index + 1} ${about.name}`).join(', ');
  return {
    title: 'Scenarios',
    columns: ['', ...initials],
    rows: Object.keys(SCENARIOS).map((scenario) => [
      scenario,
      ...watched.map(({ id }) => {
        const behaviour = find(manners.behaviours.get(id), scenario);
        return behaviour ? SIGNS[behaviour.verdict] : NOTHING;
      }),
    ]),
    notes: [
      `${legend}.`,
      '✓ right, ✗ wrong, · the callers got their own 401 from what never said it would heal one, ? not played.',
    ],
  };
}

/** What each that heals a 401, or got something wrong, did in words. */
export function behaviourTables({ entrants, manners }: Figures): Table[] {
  return entrants
    .filter(({ id }) => manners.behaviours.has(id))
    .flatMap((entrant) => {
      const told = (manners.behaviours.get(entrant.id) ?? []).filter(({ verdict }) => verdict !== 'unasked');
      return told.length === 0 ? [] : [behaviourTable(entrant, told)];
    });
}

function behaviourTable({ about }: Entrant, behaviours: readonly Behaviour[]): Table {
  return {
    title: about.name,
    columns: ['', 'what it did', ''],
    rows: behaviours.map(({ scenario, did, verdict }) => [scenario, did, SIGNS[verdict]]),
    notes: [],
  };
}

function find(behaviours: readonly Behaviour[] | undefined, wanted: string): Behaviour | undefined {
  return behaviours?.find(({ scenario }) => scenario === wanted);
}

export function sizeTable({ entrants, sizes }: Figures): Table {
  const names = entrants.flatMap(({ id, about }) =>
    id === OURS
      ? [
          [id, `${about.name}, quickstart`],
          [OURS_WHOLE, OURS_WHOLE],
        ]
      : [[id, about.name]],
  );
  return {
    title: "What the quickstart's imports weigh, in bytes",
    columns: ['', 'minified', 'min+gzip', 'brotli'],
    rows: names.flatMap(([id = '', name = '']) => {
      const size = sizes.get(id);
      return size ? [[name, ...[size.minified, size.gzip, size.brotli].map((bytes) => grouped(bytes))]] : [];
    }),
    notes: [
      'Linked and shaken as ng build does; Angular, RxJS and tslib are not counted, axios is.',
      'Those for OpenID Connect bring a login along, which the others leave to the application.',
    ],
  };
}

/** What each says it does. Tests hold it to attaching and healing. */
export function featureTable({ entrants }: Figures): Table {
  const features = Object.keys(FEATURES) as Feature[];
  const remarks = entrants.flatMap(({ about }) =>
    about.remark ? [`- ${about.name}: ${about.remark}.`] : [],
  );
  return {
    title: 'What each does on its own, set up as its README says',
    columns: ['', ...features],
    rows: entrants.map(({ about }) => [
      about.name,
      ...features.map((feature) => (about.can.includes(feature) ? '✓' : '')),
    ]),
    notes: [features.map((feature) => `${feature}: ${FEATURES[feature]}`).join('; ') + '.', ...remarks],
  };
}
