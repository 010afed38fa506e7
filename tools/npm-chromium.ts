import { execFile } from 'node:child_process';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { createBrotliDecompress } from 'node:zlib';

/** The Chromium of `@sparticuz/chromium`: x64 Linux, with the shared libraries a slim container lacks. */
export interface NpmChromium {
  readonly executablePath: string;
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Unpacks it once below `node_modules/.cache`. The package's own unpacker is passed over: it shares one file in
 * the system's temporary folder between all versions and all users.
 */
export async function unpackNpmChromium(
  variables: Readonly<Record<string, string | undefined>>,
): Promise<NpmChromium> {
  const packed = await findPackage();
  const folder = join(packed.modules, '.cache', `chromium-${packed.version}`);
  if (!existsSync(folder)) await unpackInto(folder, packed);
  const chromium = launchable(folder, variables);
  await assertStarts(chromium);
  return chromium;
}

interface PackedChromium {
  readonly version: string;
  readonly bin: string;
  readonly modules: string;
  readonly extractTar: (folder: string) => Writable;
}

interface TarFs {
  extract(folder: string, options: { chown: boolean }): Writable;
}

async function findPackage(): Promise<PackedChromium> {
  const require = createRequire(import.meta.url);
  const root = join(dirname(require.resolve('@sparticuz/chromium')), '..', '..');
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
  // `tar-fs` is a dependency of the package, not ours: it is resolved from there.
  const tar = createRequire(join(root, 'package.json'))('tar-fs') as TarFs;
  return {
    version,
    bin: join(root, 'bin'),
    modules: join(root, '..', '..'),
    extractTar: (folder) => tar.extract(folder, { chown: false }),
  };
}

async function unpackInto(folder: string, { bin, extractTar }: PackedChromium): Promise<void> {
  const unfinished = `${folder}.${process.pid}`;
  await mkdir(unfinished, { recursive: true });
  const unpack = (name: string, target: Writable) =>
    pipeline(createReadStream(join(bin, `${name}.br`)), createBrotliDecompress(), target);
  await Promise.all([
    unpack('chromium', createWriteStream(join(unfinished, 'chromium'), { mode: 0o755 })),
    unpack('al2023.tar', extractTar(unfinished)),
    unpack('fonts.tar', extractTar(unfinished)),
  ]);
  await writeFile(join(unfinished, 'fonts.conf'), fontsAt(join(folder, 'fonts')));
  // Only a whole folder gets the final name: another process may be unpacking too, and may be first.
  await rename(unfinished, folder).catch(async (error: unknown) => {
    await rm(unfinished, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  });
}

/** The system's fonts where there are any, and one family for a container without. */
function fontsAt(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>${folder}</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`;
}

function launchable(folder: string, variables: Readonly<Record<string, string | undefined>>): NpmChromium {
  const libraries = [join(folder, 'lib'), variables['LD_LIBRARY_PATH']].filter(Boolean).join(':');
  return {
    executablePath: join(folder, 'chromium'),
    env: { LD_LIBRARY_PATH: libraries, FONTCONFIG_FILE: join(folder, 'fonts.conf') },
  };
}

async function assertStarts({ executablePath, env }: NpmChromium): Promise<void> {
  const start = promisify(execFile)(executablePath, ['--version'], { env: { ...process.env, ...env } });
  await start.catch((cause: unknown) => {
    throw new Error(
      `The Chromium from npm does not start on this Linux (${executablePath}). ` +
        'Install Chrome, Chromium or Edge, or set CHROME_BIN to the path of one.',
      { cause },
    );
  });
}
