/**
 * Checks the types of every project in one process: `npm run types`. The declarations of Angular, Node and the DOM are
 * parsed once for all, and a file is checked again only if it, or something it imports, has changed since the last run.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const ROOT = join(import.meta.dirname, '..');
const CACHE = join(ROOT, 'node_modules', '.cache', 'types');
const PROJECTS = [
  'tools/tsconfig.json',
  'tools/tsconfig.callers.json',
  'e2e/tsconfig.json',
  'bench/tsconfig.json',
  'projects/demo-api/tsconfig.json',
  'projects/ngx-bearer/tsconfig.spec.json',
  'projects/ngx-bearer/proof/tsconfig.json',
  'projects/ngx-bearer/schematics/tsconfig.json',
  'projects/ngx-bearer/schematics/spec/tsconfig.json',
  ...installedOnly('e2e/servers/heavy'),
];

/** The parsed declarations, by path and module format. */
const declarations = new Map<string, ts.SourceFile>();

let broken = 0;
for (const project of PROJECTS) {
  const problems = check(project);
  if (problems.length > 0) broken += 1;
  const place = { getCurrentDirectory: () => ROOT, getCanonicalFileName: String, getNewLine: () => '\n' };
  if (problems.length > 0) console.error(ts.formatDiagnostics(problems, place));
}
console.log(`types: ${PROJECTS.length - broken} of ${PROJECTS.length} projects are correct`);
if (broken > 0) process.exitCode = 1;

/** A package of its own can be checked only if its dependencies are installed. */
function installedOnly(folder: string): string[] {
  return existsSync(join(ROOT, folder, 'node_modules')) ? [`${folder}/tsconfig.json`] : [];
}

function check(project: string): readonly ts.Diagnostic[] {
  const { fileNames, options, errors } = readProject(project);
  const host = ts.createIncrementalCompilerHost(options);
  shareDeclarations(host);
  const program = ts.createIncrementalProgram({
    rootNames: fileNames,
    options,
    configFileParsingDiagnostics: errors,
    host,
  });
  const problems = [
    ...program.getConfigFileParsingDiagnostics(),
    ...program.getOptionsDiagnostics(),
    ...program.getSyntacticDiagnostics(),
    ...program.getGlobalDiagnostics(),
    ...program.getSemanticDiagnostics(),
    // Writes no code, only what the next run needs.
    ...program.emit().diagnostics,
  ];
  return ts.sortAndDeduplicateDiagnostics(problems);
}

function readProject(project: string): ts.ParsedCommandLine {
  const options: ts.CompilerOptions = {
    noEmit: true,
    incremental: true,
    tsBuildInfoFile: join(CACHE, project.replaceAll('/', '+')),
  };
  const host: ts.ParseConfigFileHost = {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: ({ messageText }) => {
      throw new Error(`${project}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`);
    },
  };
  const parsed = ts.getParsedCommandLineOfConfigFile(join(ROOT, project), options, host);
  if (!parsed) throw new Error(`${project} cannot be read.`);
  return parsed;
}

/** As `tsc --build` does it: declarations alone, since other files can be read differently in each project. */
function shareDeclarations(host: ts.CompilerHost): void {
  const getSourceFile = host.getSourceFile.bind(host);
  host.getSourceFile = (fileName, languageVersionOrOptions, ...rest) => {
    const parse = () => getSourceFile(fileName, languageVersionOrOptions, ...rest);
    if (!/\.d\.[cm]?ts$/.test(fileName)) return parse();
    const format =
      typeof languageVersionOrOptions === 'object' ? languageVersionOrOptions.impliedNodeFormat : undefined;
    const key = `${String(format)} ${fileName}`;
    const file = declarations.get(key) ?? parse();
    if (file) declarations.set(key, file);
    return file;
  };
}
