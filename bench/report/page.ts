import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { FEATURES } from '../adapters/contract.ts';
import { OURS } from '../measure/entrants.ts';
import { CAVEATS, EXPECTED, INTRODUCTION, METHOD } from './prose.ts';
import { costTable, variantTable } from './cost-tables.ts';
import type { Figures } from './figures.ts';
import { behaviourTables, featureTable, sizeTable, verdictTable } from './other-tables.ts';
import { drawPlot } from './plot.ts';
import { failureTable, stormEndTable, stormTable } from './storm-tables.ts';
import { drawMarkdown, type Table } from './table.ts';
import { targetTable } from './target-table.ts';

const DOCS = join(import.meta.dirname, '..', '..', 'docs');

const WRAPPED = { parser: 'markdown', proseWrap: 'always', printWidth: 120 } as const;

/** Writes `docs/benchmark.md` and its plot. */
export async function writePage(figures: Figures, machine: readonly string[]): Promise<void> {
  await writeFile(join(DOCS, 'benchmark.svg'), plotOf(figures));
  const file = join(DOCS, 'benchmark.md');
  const options = await resolveConfig(file);
  await writeFile(file, await format(pageOf(figures, machine), { ...options, ...WRAPPED }));
}

export function pageOf(figures: Figures, machine: readonly string[]): string {
  const parts = [
    '# Benchmark: ngx-bearer, its peers and a pasted gate',
    ...INTRODUCTION,
    section('Twelve refresh scenarios', [verdictTable(figures)]),
    '### What counts as right',
    ...Object.entries(EXPECTED).map(([scenario, right]) => `- **${scenario}**: ${right}`),
    '### What each did',
    ...behaviourTables(figures).map(
      (table) => `<details><summary>${table.title}</summary>\n\n${drawMarkdown(table)}\n\n</details>`,
    ),
    section('What each does', [featureTable(figures)]),
    section('A refresh that fails', [failureTable(figures)]),
    section('Cost of a request', [
      costTable(figures, 'Node'),
      costTable(figures, 'Chromium'),
      variantTable(figures),
    ]),
    '![Cost of a request against what the interceptor does](benchmark.svg)',
    section('A storm of 401s', [
      stormTable(figures, 'Node'),
      stormTable(figures, 'Chromium'),
      stormEndTable(figures),
    ]),
    section('Size', [sizeTable(figures)]),
    section('Our own targets', [targetTable(figures)]),
    '## How it is measured',
    ...METHOD.map((sentence) => `- ${sentence}`),
    '## Objections',
    ...CAVEATS.map((sentence) => `- ${sentence}`),
    '## Machine and versions',
    ...[...machine, ...versionsOf(figures)].map((line) => `- ${line}`),
    ...figures.troubles.map((trouble) => `- Not measured: ${trouble.split('\n')[0] ?? ''}`),
  ];
  return `${parts.join('\n\n').replaceAll(/^(- .*)\n\n(?=- )/gm, '$1\n')}\n`;
}

function section(title: string, tables: readonly Table[]): string {
  const parts = tables.map((table) => `**${table.title}**\n\n${drawMarkdown(table)}`);
  return [`## ${title}`, ...parts].join('\n\n');
}

function versionsOf({ entrants }: Figures): string[] {
  return [...new Set(entrants.flatMap(({ versions }) => versions))];
}

function plotOf({ entrants, cost }: Figures): string {
  const most = Object.keys(FEATURES).length;
  const points = entrants.flatMap(({ id, about }) => {
    const y = cost.get(id)?.timesBare.median;
    return y === undefined
      ? []
      : [{ name: about.name, x: about.can.length, y: Math.max(1, y), isOurs: id === OURS }];
  });
  return drawPlot(points, most);
}
