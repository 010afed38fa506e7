import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';

const FILE = join(import.meta.dirname, '..', '..', 'docs', 'servers.md');
const BETWEEN_MARKERS = /(?<=<!-- measured: (\w+) -->\n)[^]*?(?=<!-- end -->)/g;
const CELL_BORDER = /(?<!\\)\|/;

interface Table {
  readonly marker: string;
  readonly head: readonly string[];
}

const TABLES: readonly Table[] = [
  {
    marker: 'tokens',
    head: ['Server', 'Version', 'Sign-in answers', 'Access token', 'Refresh token', 'Life', 'Refresh'],
  },
  { marker: 'dead', head: ['Server', 'Spent', 'Revoked', 'Garbage', 'Of a deleted user', 'Absent'] },
  { marker: 'headers', head: ['Server', 'API, expired token', 'Readable', 'Throttled refresh'] },
];

/** The rows of a server, one for each table of docs/servers.md. */
export type ServerRows = readonly (readonly string[])[];

/** The rows that the page has for a server. */
export async function committedRows(name: string): Promise<ServerRows> {
  const tables = tablesIn(await readFile(FILE, 'utf8'));
  return TABLES.map(({ marker }) => tables.get(marker)?.find(([first]) => first === name) ?? []);
}

/** The version that the rows of a server were measured with. */
export function versionIn([tokens]: ServerRows): string {
  return tokens?.[1] ?? 'not in it';
}

/** Puts measured rows into the page; those of servers that did not run stay. */
export async function writeRows(measured: readonly ServerRows[]): Promise<void> {
  const text = await readFile(FILE, 'utf8');
  const tables = tablesIn(text);
  const written = text.replace(BETWEEN_MARKERS, (_old, marker: string) => {
    const index = TABLES.findIndex((table) => table.marker === marker);
    const fresh = measured.flatMap((rows) => (rows[index] ? [rows[index]] : []));
    const kept = (tables.get(marker) ?? []).filter(([name]) => !fresh.some(([other]) => other === name));
    const rows = [...kept, ...fresh].sort(([one = ''], [other = '']) => one.localeCompare(other, 'en'));
    return tableText(TABLES[index]?.head ?? [], rows);
  });
  const options = await resolveConfig(FILE);
  await writeFile(FILE, await format(written, { ...options, filepath: FILE }));
}

/** A cell as Markdown has it, so that measured and committed ones compare. */
export function asCell(text: string): string {
  return text.replaceAll('|', '\\|').trim();
}

function tableText(head: readonly string[], rows: ServerRows): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const border = head.map(() => '---');
  return `\n${[head, border, ...rows].map(line).join('\n')}\n\n`;
}

function tablesIn(text: string): Map<string, string[][]> {
  return new Map(
    [...text.matchAll(BETWEEN_MARKERS)].map(([content, marker = '']) => {
      const lines = content.split('\n').filter((line) => line.startsWith('|'));
      return [marker, lines.slice(2).map(cellsOf)];
    }),
  );
}

function cellsOf(line: string): string[] {
  return line
    .split(CELL_BORDER)
    .slice(1, -1)
    .map((cell) => cell.trim());
}
