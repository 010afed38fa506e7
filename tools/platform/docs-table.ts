import { join } from 'node:path';
import { firstVersions } from './browsers.ts';
import { ROOT } from './library-program.ts';
import type { UsedFeature } from './used-features.ts';

export const DOCS_PAGE = join(ROOT, 'docs', 'browsers.md');

/** Older APIs are in every browser that somebody may still have. */
const SHOWN_SINCE = '2018';
const TABLE = /(?<=<!-- written by npm run browsers -->\n\n)[^]*?(?=\n\n<!-- end -->)/;

/** The youngest APIs as a table. */
export function describeFeatures(features: readonly UsedFeature[]): string {
  const ages = new Map(features.map((used) => [used.name, age(used)]));
  const isShown = (used: UsedFeature) =>
    age(used) >= SHOWN_SINCE && age(used) !== ages.get(classOf(used) ?? '');
  const shown = features.filter(isShown).toSorted((one, other) => age(one).localeCompare(age(other), 'en'));
  const rows = shown.map((used) => {
    const { chrome = null, firefox = null, safari = null } = used.feature ? firstVersions(used.feature) : {};
    return [
      `\`${used.name}\``,
      age(used).slice(0, 7),
      ...[chrome, firefox, safari].map((each) => each ?? '–'),
    ];
  });
  return formatTable([['API', 'in all since', 'Chrome', 'Firefox', 'Safari'], ...rows.toReversed()]);
}

export function replaceTable(page: string, table: string): string {
  if (!TABLE.test(page)) throw new Error(`${DOCS_PAGE} has no place for the table.`);
  return page.replace(TABLE, () => table);
}

/** A member that is as old as its class needs no row. */
function classOf({ name }: UsedFeature): string | undefined {
  return /^new (?<made>\w+)|^(?<owner>\w+)\./.exec(name)?.slice(1).find(Boolean);
}

function age({ since }: UsedFeature): string {
  return since ?? 'not in all';
}

/** As Prettier writes it. */
function formatTable(rows: readonly (readonly string[])[]): string {
  const [head = []] = rows;
  const widths = head.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const rule = widths.map((width) => '-'.repeat(width));
  const lines = [head, rule, ...rows.slice(1)];
  return lines
    .map((row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`)
    .join('\n');
}
