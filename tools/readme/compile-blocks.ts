import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import ts from 'typescript';
import type { Block } from './blocks.ts';
import { inContext } from './contexts.ts';

const ROOT = join(import.meta.dirname, '..', '..');

/** Modules on disk, one a block, beside `node_modules` so that imports resolve. */
export interface BlockModules {
  readonly files: readonly string[];
  remove(): Promise<void>;
}

/** Writes each block out as a module. */
export async function writeBlocks(blocks: readonly Block[]): Promise<BlockModules> {
  const folder = join(ROOT, 'node_modules', '.cache', `readme-${process.pid}-${performance.now()}`);
  await mkdir(folder, { recursive: true });
  const files = blocks.map((_block, index) => join(folder, `block-${index + 1}.ts`));
  await Promise.all(blocks.map((block, index) => writeFile(files[index] ?? '', inContext(block))));
  return { files, remove: () => rm(folder, { recursive: true }) };
}

/** What the compiler says of the blocks, as strict as the workspace and against the built package. */
export function compileBlocks(blocks: readonly Block[], { files }: BlockModules): string[] {
  const program = ts.createProgram(files, { ...workspaceOptions(), noEmit: true });
  return ts.getPreEmitDiagnostics(program).map((diagnostic) => {
    const text = ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n');
    const block = blocks[files.indexOf(diagnostic.file?.fileName ?? '')];
    return block ? `${block.file}:${block.line} ${text}\n    ${lineOf(diagnostic)}` : text;
  });
}

function workspaceOptions(): ts.CompilerOptions {
  const file = join(ROOT, 'tsconfig.json');
  const json: unknown = ts.readConfigFile(file, (path) => ts.sys.readFile(path)).config;
  return ts.parseJsonConfigFileContent(json, ts.sys, ROOT, {}, file).options;
}

function lineOf({ file, start = 0 }: ts.Diagnostic): string {
  if (!file) return '';
  const { line } = file.getLineAndCharacterOfPosition(start);
  return (file.text.split('\n')[line] ?? '').trim();
}
