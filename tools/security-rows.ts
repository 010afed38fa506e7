import { posix } from 'node:path';
import { headingsOf, titlesOf } from './security-titles.ts';

/** From the first threat of each section of the page to its last. */
const SECTIONS: readonly (readonly [first: number, last: number])[] = [
  [1, 19],
  [20, 25],
  [30, 34],
  [40, 60],
  [70, 78],
  [80, 88],
  [90, 95],
  [100, 104],
];

/** What is said where no test can show that a threat comes to nothing. */
const LIMIT = 'documented limit';

/** What the page is checked against. */
export interface Sources {
  /** The text of a file of the repository; null where there is none. */
  read(path: string): string | null;
}

interface Row {
  readonly number: string;
  readonly shownBy: string;
  readonly cells: readonly string[];
}

interface Link {
  readonly text: string;
  readonly target: string;
}

/** What is wrong with the rows of `docs/security.md`: one sentence for each fault. */
export function complaintsAboutRows(page: string, sources: Sources): string[] {
  const rows = readRows(page);
  const places = new Map(
    [...page.matchAll(/^\[([^\]]+)\]: (\S+)$/gm)].map(([, name = '', target = '']) => [name, target]),
  );
  const wanted = SECTIONS.flatMap(([first, last]) => range(first, last)).map((number) => `T-${number}`);
  return [
    ...wanted
      .filter((number) => !rows.some((row) => row.number === number))
      .map((number) => `${number} is missing.`),
    ...rows.filter(({ number }) => !wanted.includes(number)).map(({ number }) => `${number} is not known.`),
    ...rows
      .filter((row, index) => rows.findIndex(({ number }) => number === row.number) < index)
      .map(({ number }) => `${number} is there twice.`),
    ...rows.flatMap((row) =>
      complaintsAboutRow(row, places, sources).map((fault) => `${row.number}: ${fault}`),
    ),
  ];
}

function complaintsAboutRow(
  { shownBy, cells }: Row,
  places: ReadonlyMap<string, string>,
  sources: Sources,
): string[] {
  const links = readLinks(shownBy, places);
  const isLimit = shownBy.includes(LIMIT);
  const tests = links.filter(({ target }) => target.endsWith('.ts'));
  const headings = links.filter(({ target }) => target.includes('#'));
  return [
    ...(cells.length === 4 && cells.every(Boolean) ? [] : ['it has an empty cell, or not four.']),
    ...(tests.length > 0 || isLimit ? [] : ['no test is named.']),
    ...(isLimit && headings.length === 0 ? ['the limit is documented nowhere.'] : []),
    ...links.flatMap((link) => complaintsAboutLink(link, sources)),
  ];
}

function complaintsAboutLink({ text, target }: Link, sources: Sources): string[] {
  const [path = '', heading] = target.split('#');
  const file = path === '' ? 'docs/security.md' : posix.join('docs', path);
  const source = sources.read(file);
  if (target === '') return [`the link of '${text}' leads nowhere.`];
  if (source === null) return [`${file} is not there.`];
  if (heading !== undefined) {
    return headingsOf(source).includes(heading) ? [] : [`${file} has no heading '${heading}'.`];
  }
  return titlesOf(source).includes(text) ? [] : [`${file} has no test '${text}'.`];
}

function readRows(page: string): Row[] {
  return page
    .split('\n')
    .filter((line) => /^\| *T-/.test(line))
    .map((line) => {
      const cells = line
        .split(/(?<!\\)\|/)
        .slice(1, -1)
        .map((cell) => cell.trim());
      return { number: cells[0] ?? '', shownBy: cells.at(-1) ?? '', cells };
    });
}

/** `[text](target)`, and `[text][name]` by the target that the page gives the name. */
function readLinks(text: string, places: ReadonlyMap<string, string>): Link[] {
  return [...text.matchAll(/\[((?:\\.|[^\]\\])+)\](?:\(([^)]+)\)|\[([^\]]+)\])/g)].map(
    ([, label = '', target, name = '']) => ({
      text: label.replaceAll(/\\(.)/g, '$1'),
      target: target ?? places.get(name) ?? '',
    }),
  );
}

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
