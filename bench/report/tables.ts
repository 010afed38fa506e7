import { costTable, variantTable } from './cost-tables.ts';
import type { Figures } from './figures.ts';
import { behaviourTables, featureTable, sizeTable, verdictTable } from './other-tables.ts';
import { failureTable, stormEndTable, stormTable } from './storm-tables.ts';
import { drawText, type Table } from './table.ts';
import { targetTable } from './target-table.ts';

export function tablesOf(figures: Figures): Table[] {
  return [
    featureTable(figures),
    costTable(figures, 'Node'),
    costTable(figures, 'Chromium'),
    variantTable(figures),
    stormTable(figures, 'Node'),
    stormTable(figures, 'Chromium'),
    stormEndTable(figures),
    failureTable(figures),
    verdictTable(figures),
    ...behaviourTables(figures),
    sizeTable(figures),
    targetTable(figures),
  ];
}

export function drawTables(tables: readonly Table[]): string {
  return tables.map((table) => `\n${drawText(table)}\n`).join('');
}
