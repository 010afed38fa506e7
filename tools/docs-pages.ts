import { posix } from 'node:path';
import { isRelative, linksIn } from './docs-links.ts';

/** Files of the repository that the site shows, beside those in `docs/`. */
const BESIDE: Readonly<Record<string, string>> = {
  'README.md': 'overview.md',
  'SECURITY.md': 'security-policy.md',
  'CHANGELOG.md': 'changelog.md',
  'docs/README.md': 'index.md',
};

/** A group of the menu: the title of a section of `docs/README.md`, and the pages it lists. */
export interface Group {
  readonly text: string;
  readonly items: readonly Entry[];
}

interface Entry {
  readonly text: string;
  readonly link: string;
  readonly items?: readonly Entry[];
  readonly collapsed?: boolean;
}

/** Where a file of the repository is on the site; null where it is not. An API report is the reference there. */
export function placeOnSite(file: string): string | null {
  const [, report] = /^goldens\/(.+)\.api\.md$/.exec(file) ?? [];
  if (report) return `api/${report.replace(/^ngx-bearer-/, 'ngx-bearer/')}/index.md`;
  return BESIDE[file] ?? /^docs\/([^/]+\.(?:md|png))$/.exec(file)?.[1] ?? null;
}

/** A page as the site wants it: a link to what is not on the site becomes plain text. */
export function pageForSite(markdown: string, file: string): string {
  let page = markdown;
  for (const { text, target, from, to } of linksIn(markdown).reverse()) {
    if (!isRelative(target) || target.startsWith('#')) continue;
    const place = linkOnSite(target, file);
    const isImage = markdown[from] === '!';
    page = page.slice(0, from) + (place ? `${isImage ? '!' : ''}[${text}](${place})` : text) + page.slice(to);
  }
  return page;
}

/** The menu, as `docs/README.md` has it; an entry point has the names it exports below it. */
export function menuOf(map: string, places: readonly string[]): Group[] {
  const [, ...sections] = map.split(/^## /m);
  return sections.map((section) => ({
    text: section.split('\n', 1)[0] ?? '',
    items: linksIn(section).flatMap(({ text, target }) => {
      const place = isRelative(target) && placeOnSite(posix.join('docs', target));
      return place ? [entryFor(text.replaceAll('`', ''), place, places)] : [];
    }),
  }));
}

function entryFor(text: string, place: string, places: readonly string[]): Entry {
  const link = `/${place.replace(/(index)?\.md$/, '')}`;
  if (!place.startsWith('api/')) return { text, link };
  const folder = posix.dirname(place);
  // One level of folders, for the kinds: what lies deeper belongs to another entry point.
  const names = places.filter((file) => posix.dirname(posix.dirname(file)) === folder);
  const items = names
    .filter((file) => posix.basename(file) !== 'index.md')
    .map((file) => ({ text: posix.basename(file, '.md'), link: `/${file.replace(/\.md$/, '')}` }));
  return { text, link, items, collapsed: true };
}

function linkOnSite(target: string, file: string): string | null {
  const [path = '', anchor] = target.split('#');
  const place = placeOnSite(posix.join(posix.dirname(file), path));
  return place && `./${place}${anchor === undefined ? '' : `#${anchor}`}`;
}
