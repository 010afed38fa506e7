import { glob, readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';

/** A page of the built site: what it links to, and what in it can be linked to. */
interface BuiltPage {
  readonly path: string;
  readonly targets: readonly string[];
  readonly anchors: ReadonlySet<string>;
}

const ADDRESS = /<(?:a|link|script|img)\b[^>]*?\s(?:href|src)="([^"]+)"/g;
const ANCHOR = /\sid="([^"]+)"/g;

/** The links of the built site that lead nowhere, with the page they stand on. */
export async function deadLinks(folder: string, base: string): Promise<string[]> {
  const files = new Set(await Array.fromAsync(glob('**/*.*', { cwd: folder })));
  const paths = [...files].filter((file) => file.endsWith('.html')).sort();
  const pages = await Promise.all(paths.map((path) => readBuilt(folder, path)));
  const anchors = new Map(pages.map((page) => [page.path, page.anchors]));
  return pages.flatMap(({ path, targets }) =>
    [...new Set(targets)]
      .filter((target) => !isThere(place(target, path, base), files, anchors))
      .map((target) => `${path} links to ${target}, which is not there`),
  );
}

async function readBuilt(folder: string, path: string): Promise<BuiltPage> {
  const html = await readFile(join(folder, path), 'utf8');
  const targets = [...html.matchAll(ADDRESS)].map(([, address = '']) => address.replaceAll('&amp;', '&'));
  return {
    path,
    targets: targets.filter((target) => !/^[a-z]+:/.test(target)),
    anchors: new Set([...html.matchAll(ANCHOR)].map(([, anchor = '']) => anchor)),
  };
}

/** The file of the site that an address names, and the anchor in it. */
function place(target: string, page: string, base: string): { file: string; anchor: string } {
  const [address = '', anchor = ''] = target.split('#').map(decodeURIComponent);
  const path = address.startsWith(base)
    ? address.slice(base.length)
    : posix.join(posix.dirname(page), address);
  if (address === '') return { file: page, anchor };
  return { file: posix.normalize(path === '' || path.endsWith('/') ? `${path}index.html` : path), anchor };
}

function isThere(
  { file, anchor }: { file: string; anchor: string },
  files: ReadonlySet<string>,
  anchors: ReadonlyMap<string, ReadonlySet<string>>,
): boolean {
  return (
    files.has(file) && (anchor === '' || !file.endsWith('.html') || anchors.get(file)?.has(anchor) === true)
  );
}
