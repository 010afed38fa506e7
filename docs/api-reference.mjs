/** Writes the API reference as Markdown: `node api-reference.mjs <folder>`. */
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { Application } from 'typedoc';

const LIBRARY = join(import.meta.dirname, '..', 'projects', 'ngx-bearer');
const [, , out] = process.argv;

const application = await Application.bootstrapWithPlugins({
  plugin: ['typedoc-plugin-markdown'],
  entryPoints: [join(LIBRARY, 'src/public-api.ts'), ...globSync(join(LIBRARY, '*/src/public-api.ts'))],
  tsconfig: join(import.meta.dirname, 'tsconfig.json'),
  name: 'API reference',
  readme: 'none',
  alwaysCreateEntryPointModule: true,
  disableSources: true,
  excludeExternals: true,
  excludeNotDocumented: true,
  excludeNotDocumentedKinds: ['Constructor'],
  sort: ['source-order'],
  treatWarningsAsErrors: true,
  router: 'member',
  entryFileName: 'index',
  hideBreadcrumbs: true,
  hidePageHeader: true,
  useCodeBlocks: true,
  expandParameters: true,
  indexFormat: 'table',
  parametersFormat: 'table',
  sanitizeComments: true,
  pageTitleTemplates: { member: ({ name }) => name },
});
const project = await application.convert();
if (!project) process.exit(1);
for (const entry of project.children ?? []) {
  entry.name = importName(entry.name);
  // What Angular's own packages mark so is not for applications.
  const internal = entry.children?.filter(({ name }) => name.startsWith('ɵ')) ?? [];
  internal.forEach((part) => project.removeReflection(part));
}
application.validate(project);
if (out) await application.outputs.writeOutput({ name: 'markdown', path: out }, project);
if (application.logger.hasErrors() || application.logger.hasWarnings()) process.exitCode = 1;

/** TypeDoc names an entry point by its file: `testing/src/public-api`; one that stands alone by `public-api`. */
function importName(file) {
  const [folder = ''] = file.split('/');
  return folder === 'src' || folder === 'public-api' ? 'ngx-bearer' : `ngx-bearer/${folder}`;
}
