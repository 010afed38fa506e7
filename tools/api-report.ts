import { Extractor, ExtractorConfig, ExtractorLogLevel, type IConfigFile } from '@microsoft/api-extractor';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';

/** A built package, and the declarations a caller sees. */
export interface BuiltPackage {
  readonly folder: string;
  readonly declarations: string;
}

/** What the package offers, as text to review, and the names it exports. */
export interface ApiReport {
  readonly text: string;
  readonly names: readonly string[];
}

/** Reports the API of a built package. Throws where there is no build, or its declarations do not compile. */
export async function reportApi({ folder, declarations }: BuiltPackage): Promise<ApiReport> {
  if (!existsSync(declarations)) throw new Error('The library is not built. Run: npm run build');
  const reportFolder = await mkdtemp(join(tmpdir(), 'api-report-'));
  try {
    await mkdir(join(reportFolder, 'before'));
    extract(configFor({ folder, declarations }, reportFolder));
    const report = await readFile(join(reportFolder, 'report.api.md'), 'utf8');
    // The place of a remark moves with every comment above it, and is no part of the API.
    const text = report.replace(/(?<=\.d\.ts):\d+:\d+(?= - )/g, '');
    const ownTypes = await importedFrom('ngx-bearer', declarations);
    return { text: withoutRemarksOn(ownTypes, text), names: exportedNames(declarations) };
  } finally {
    await rm(reportFolder, { recursive: true });
  }
}

function extract(config: ExtractorConfig): void {
  const complaints: string[] = [];
  const { succeeded } = Extractor.invoke(config, {
    localBuild: true,
    messageCallback: (message) => {
      const isComplaint = message.logLevel === ExtractorLogLevel.Error;
      if (isComplaint) complaints.push(message.formatMessageWithLocation(config.projectFolder));
      message.handled = true;
    },
  });
  if (!succeeded || complaints.length > 0)
    throw new Error(`The API cannot be read.\n${complaints.join('\n')}`);
}

function configFor({ folder, declarations }: BuiltPackage, reportFolder: string): ExtractorConfig {
  const configObject: IConfigFile = {
    projectFolder: folder,
    mainEntryPointFilePath: declarations,
    // The workspace's own tsconfig maps the package's name to this very build.
    compiler: { overrideTsconfig: { compilerOptions: COMPILER_OPTIONS, files: [declarations] } },
    apiReport: {
      enabled: true,
      reportFileName: 'report.api.md',
      reportFolder,
      reportTempFolder: join(reportFolder, 'before'),
    },
    docModel: { enabled: false },
    dtsRollup: { enabled: false },
    tsdocMetadata: { enabled: false },
    newlineKind: 'lf',
    messages: {
      compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.Error } },
      extractorMessageReporting: {
        default: { logLevel: ExtractorLogLevel.None },
        // A type that callers meet and cannot name: to be seen in the report.
        'ae-forgotten-export': { logLevel: ExtractorLogLevel.None, addToApiReportFile: true },
      },
    },
  };
  return ExtractorConfig.prepare({
    configObject,
    configObjectFullPath: undefined,
    packageJsonFullPath: join(folder, 'package.json'),
  });
}

const COMPILER_OPTIONS = {
  target: 'es2022',
  module: 'es2022',
  moduleResolution: 'bundler',
  lib: ['es2022', 'dom', 'dom.iterable'],
  strict: true,
  skipLibCheck: true,
  types: [],
};

/** The names that an entry point has from another of its package, where callers can name them. */
async function importedFrom(entryPoint: string, declarations: string): Promise<string[]> {
  const text = await readFile(declarations, 'utf8');
  const [, names = ''] = new RegExp(`import \\{([^}]*)\\} from ['"]${entryPoint}['"]`).exec(text) ?? [];
  return names.split(',').map((name) => name.trim());
}

/** API Extractor takes what comes from the same package for a part of the same entry point. */
function withoutRemarksOn(names: readonly string[], report: string): string {
  return report.replace(
    /^ *\/\/ Warning: \(ae-forgotten-export\) The symbol "(\w+)".*\n/gm,
    (remark, name: string) => (names.includes(name) ? '' : remark),
  );
}

/** Asked of the compiler: the report renames what a browser has a global of, such as `open`. */
function exportedNames(declarations: string): string[] {
  const program = ts.createProgram([declarations], { noLib: true, noResolve: true });
  const checker = program.getTypeChecker();
  const file = program.getSourceFile(declarations);
  const module = file && checker.getSymbolAtLocation(file);
  return module ? checker.getExportsOfModule(module).map(({ name }) => name) : [];
}
