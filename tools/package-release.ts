/** Run by the release workflow before anything is installed: it needs nothing but Node. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What a release is made of. */
export interface Release {
  /** As pushed: `v1.2.3`. */
  readonly tag: string;
  /** Where the workflow runs: `owner/name`. */
  readonly repository: string;
  readonly manifest: { readonly version: string; readonly repository?: { readonly url?: string } };
  readonly changelog: string;
}

/** What does not fit together, in sentences. */
export function releaseComplaints({ tag, repository, manifest, changelog }: Release): string[] {
  const { version } = manifest;
  const url = manifest.repository?.url;
  // Sigstore says which repository has built a package, and the registry compares.
  const expected = `git+https://github.com/${repository}.git`;
  const hasSection = changelog.split('\n').some((line) => /^## \[?([^\s\]]+)/.exec(line)?.[1] === version);
  return [
    ...(tag === `v${version}` ? [] : [`The tag is ${tag}, and package.json has the version ${version}.`]),
    ...(hasSection ? [] : [`CHANGELOG.md has no section "## ${version}".`]),
    ...(url === expected
      ? []
      : [
          `"repository.url" of package.json is ${url ?? 'missing'}; npm takes a provenance only with ${expected}.`,
        ]),
  ];
}

if (import.meta.main) await check();

async function check(): Promise<void> {
  const root = join(import.meta.dirname, '..');
  const manifest = await readFile(join(root, 'projects', 'ngx-bearer', 'package.json'), 'utf8');
  const complaints = releaseComplaints({
    tag: process.env['GITHUB_REF_NAME'] ?? 'missing',
    repository: process.env['GITHUB_REPOSITORY'] ?? 'missing',
    manifest: JSON.parse(manifest) as Release['manifest'],
    changelog: await readFile(join(root, 'CHANGELOG.md'), 'utf8'),
  });
  for (const complaint of complaints) console.error(`✖ ${complaint}`);
  if (complaints.length > 0) process.exitCode = 1;
  else console.log('✔ the tag, the version, the changelog and the repository agree');
}
