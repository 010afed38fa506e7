import { readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { linksIn } from './docs-links.ts';
import { blocksIn } from './readme/blocks.ts';

/** What `llms.txt` is made of. */
export interface LlmsSources {
  /** `package.json` of the library. */
  readonly manifest: {
    readonly version: string;
    readonly description: string;
    readonly repository?: { readonly url: string };
  };
  readonly readme: string;
  /** `docs/README.md`. */
  readonly map: string;
}

/** Reads them from the repository. */
export async function readLlmsSources(root: string): Promise<LlmsSources> {
  const [manifest = '', readme = '', map = ''] = await Promise.all(
    ['projects/ngx-bearer/package.json', 'README.md', 'docs/README.md'].map((file) =>
      readFile(join(root, file), 'utf8'),
    ),
  );
  return { manifest: JSON.parse(manifest) as LlmsSources['manifest'], readme, map };
}

/** The address of a page of `docs/` in the repository that the package names, at the tag of its version; null if it names none. */
export function repositoryAddress(
  { version, repository }: LlmsSources['manifest'],
  target: string,
): string | null {
  const [, address] = /^git\+(https:.+)\.git$/.exec(repository?.url ?? '') ?? [];
  return address === undefined ? null : `${address}/blob/v${version}/${posix.join('docs', target)}`;
}

/**
 * The documentation as a list for language models (https://llmstxt.org): what the package is, its quickstart, and every page
 * of the map. `addressOf` returns the address of a link of the map, or null if there is none: then the item is plain text.
 */
export function llmsText(
  { manifest, readme, map }: LlmsSources,
  addressOf: (target: string) => string | null,
): string {
  const [title = ''] = readme.split('\n', 1);
  const quickstart = blocksIn(readme, 'README.md').slice(0, 2);
  const [, ...sections] = map.split(/^(?=## )/m);
  const parts = [
    title,
    `> ${manifest.description}`,
    ...quickstart.map(({ code }) => `\`\`\`ts\n${code}\n\`\`\``),
    ...sections.map((section) => listOf(section, addressOf)),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** A section of the map: its heading, and an item for each of its pages. */
function listOf(section: string, addressOf: (target: string) => string | null): string {
  const [heading = '', ...lines] = section.trimEnd().split('\n');
  const items = lines.flatMap((line) => {
    const [link] = linksIn(line);
    if (!link) return [];
    const address = addressOf(link.target);
    const text = link.text.replaceAll('`', '');
    const notes = line.slice(link.to).replace(/^[\s,.:]+/, '');
    return [`- ${address === null ? text : `[${text}](${address})`}${notes && `: ${notes}`}`];
  });
  return `${heading}\n\n${items.join('\n')}`;
}
