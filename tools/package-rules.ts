import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';
import type { Tarball } from './package-tarball.ts';

/** What somebody who looked has found. */
export interface Finding {
  /** What was counted. */
  readonly figures: string;
  /** What is wrong, in sentences; empty where nothing is. */
  readonly complaints: readonly string[];
}

/** One promise about the package. */
export interface Rule {
  readonly sentence: string;
  readonly look: (tarball: Tarball) => Finding | Promise<Finding>;
}

const DEPENDENCIES = ['tslib'];
const PEERS = ['@angular/common', '@angular/core', '@angular/router', 'rxjs'];
/** What only an entry point of its own needs. */
const OPTIONAL_PEERS = ['@angular/router'];
/** What the Angular CLI has in hand when it runs a schematic. */
const OF_THE_CLI = [
  '@angular-devkit/schematics',
  '@schematics/angular',
  'typescript',
  'node:path',
  'node:readline',
];
const OTHER_DEPENDENCIES = ['optionalDependencies', 'bundleDependencies', 'bundledDependencies'];

/** The only places a file may have. */
const PLACES =
  /^(package\.json|LICENSE|README\.md|CHANGELOG\.md|llms\.txt|fesm2022\/[\w-]+\.mjs(\.map)?|types\/[\w-]+\.d\.ts|schematics\/([\w-]+\/)?([\w-]+\.js|(collection|package|schema)\.json))$/;
const TEXTS = ['LICENSE', 'README.md', 'CHANGELOG.md', 'llms.txt'];

/** Where the sources of a source map may lie: in the library, and not among its specs and their harness. */
const SOURCE =
  /^(\.\.\/)+projects\/ngx-bearer\/(testing\/|router\/)?src\/(?!spec\/)(?!.*\.spec\.ts$)[\w/.-]+\.ts$/;

const ROOT = join(import.meta.dirname, '..');
const THIS_MACHINE = [ROOT, homedir(), tmpdir()].filter((path) => path.length > 1);
const ANY_MACHINE = /file:\/\/|\/(?:home|Users)\/[\w.-]+\/|[a-z]:\\+Users\\/i;

/** What holds of a package that is fit to be published. */
export const rules: readonly Rule[] = [
  { sentence: 'it depends on tslib alone, and leaves Angular and RxJS to the app', look: dependencies },
  { sentence: 'it imports nothing that it does not declare', look: imports },
  { sentence: 'no script of it runs on any machine', look: scripts },
  { sentence: 'it holds the library and its texts, and nothing else', look: contents },
  { sentence: 'its source maps lead into the library alone', look: sources },
  { sentence: 'no file names a machine', look: machines },
  { sentence: 'what an app does not use can be dropped', look: sideEffects },
];

function dependencies({ manifest }: Tarball): Finding {
  const [declared, peers] = [names(manifest['dependencies']), names(manifest['peerDependencies'])];
  return {
    figures: `${declared.length} dependency, ${peers.length} peers`,
    complaints: [
      ...differences('dependencies', declared, DEPENDENCIES),
      ...differences('peerDependencies', peers, PEERS),
      ...differences('peerDependenciesMeta', names(manifest['peerDependenciesMeta']), OPTIONAL_PEERS),
      ...OTHER_DEPENDENCIES.flatMap((field) => differences(field, names(manifest[field]), [])),
    ],
  };
}

function imports({ files, manifest }: Tarball): Finding {
  const imported = [...files]
    .filter(([path]) => /\.(mjs|js|d\.ts)$/.test(path))
    .flatMap(([path, text]) => importedNames(path, text).map((name) => ({ path, name })))
    .filter(({ name }) => !name.startsWith('.'));
  const foreign = imported.filter(({ path, name }) => !knownTo(path, manifest.name).includes(owner(name)));
  return {
    figures: `${imported.length} imports`,
    complaints: foreign.map(({ path, name }) => `${path} imports ${name}, which is not declared.`),
  };
}

function knownTo(path: string, packageName: string): readonly string[] {
  // One entry point imports another by the name of the package.
  return path.startsWith('schematics/') ? OF_THE_CLI : [packageName, ...DEPENDENCIES, ...PEERS];
}

function scripts({ manifest }: Tarball): Finding {
  const found = [...names(manifest['scripts']), ...names(manifest['bin']).map((name) => `bin ${name}`)];
  return {
    figures: `${found.length} scripts`,
    complaints: found.map((name) => `package.json has the script "${name}"; it must have none.`),
  };
}

function contents({ files, manifest }: Tarball): Finding {
  const paths = [...files.keys()];
  const missing = TEXTS.filter((path) => !files.get(path)?.trim());
  const isLicensed = manifest['license'] === 'MIT' && files.get('LICENSE')?.includes('MIT License');
  return {
    figures: `${paths.length} files`,
    complaints: [
      ...paths.filter((path) => !PLACES.test(path)).map((path) => `${path} does not belong there.`),
      ...missing.map((path) => `${path} is missing or empty.`),
      ...(isLicensed ? [] : ['The licence is not MIT in both package.json and LICENSE.']),
    ],
  };
}

function sources({ files }: Tarball): Finding {
  const maps = [...files].filter(([path]) => path.endsWith('.map'));
  const found = maps.flatMap(([path, text]) => {
    const map = JSON.parse(text) as { readonly sources: readonly string[]; readonly sourceRoot?: string };
    return map.sources.map((source) => ({ path, source: `${map.sourceRoot ?? ''}${source}` }));
  });
  const strangers = found.filter(({ source }) => !SOURCE.test(source));
  return {
    figures: `${found.length} sources in ${maps.length} maps`,
    complaints: strangers.map(({ path, source }) => `${path} has the source ${source}.`),
  };
}

function machines({ files }: Tarball): Finding {
  const complaints = [...files].flatMap(([path, text]) => {
    const known = THIS_MACHINE.find((place) => text.includes(place));
    const place = known ?? ANY_MACHINE.exec(text)?.[0];
    return place === undefined ? [] : [`${path} names a place on a machine: ${place}`];
  });
  return { figures: `${files.size} files read`, complaints };
}

function sideEffects({ manifest }: Tarball): Finding {
  const found = 'sideEffects' in manifest ? JSON.stringify(manifest['sideEffects']) : 'missing';
  return {
    figures: `sideEffects: ${found}`,
    complaints: found === 'false' ? [] : [`"sideEffects" is ${found}; it has to be false.`],
  };
}

/** Of `import` and `export … from`, in types and at run time too. */
function importedNames(path: string, text: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node) => {
    const name = importedName(node);
    if (name && ts.isStringLiteralLike(name)) found.push(name.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, text, ts.ScriptTarget.Latest));
  return found;
}

function importedName(node: ts.Node): ts.Node | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier;
  if (ts.isImportTypeNode(node))
    return ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined;
  if (!ts.isCallExpression(node)) return undefined;
  const { expression } = node;
  const isRequire = ts.isIdentifier(expression) && expression.text === 'require';
  return isRequire || expression.kind === ts.SyntaxKind.ImportKeyword ? node.arguments[0] : undefined;
}

function differences(field: string, found: readonly string[], wanted: readonly string[]): string[] {
  return [
    ...found.filter((name) => !wanted.includes(name)).map((name) => `${field} has ${name}.`),
    ...wanted.filter((name) => !found.includes(name)).map((name) => `${field} lacks ${name}.`),
  ];
}

/** Of an object its keys, of a list its entries. */
function names(field: unknown): string[] {
  if (typeof field === 'string') return [field];
  if (Array.isArray(field)) return field.map(String);
  return Object.keys(field ?? {});
}

/** `@angular/common` of `@angular/common/http`. */
function owner(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}
