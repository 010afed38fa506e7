import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout } from 'node:timers/promises';
import { freePort, LOOPBACK } from '../../../tools/ports.ts';
import { environment, passwordOf, USERS } from '../node/environment.ts';
import { serve } from '../node/serve.ts';
import { Administration } from './administration.ts';
import { configurationFor, oauthPlugin } from './configuration.ts';

const TABLES = '/usr/share/dbconfig-common/data/glewlwyd/install/sqlite3';
const TOKENS = 'glwd/profile/token';
const LOOK_EVERY_MS = 50;

// glewlwyd has no levers: this program starts it, and passes everything else on to it.
const port = await freePort();
const url = `http://${LOOPBACK}:${port}`;
const database = join(environment('DATA_DIR'), 'glewlwyd.db');
const configuration = join(environment('DATA_DIR'), 'glewlwyd.conf');
// Debian's package has no modules of this kind, and an absent folder is an error.
const noModules = join(environment('DATA_DIR'), 'no-modules');

const isNew = !existsSync(database);
if (isNew) createTables();
mkdirSync(noModules, { recursive: true });
writeFileSync(configuration, configurationFor({ port, database, noModules }));
// A kill of this program must not leave glewlwyd behind.
const child = spawn('setpriv', ['--pdeathsig', 'KILL', 'glewlwyd', `--config-file=${configuration}`], {
  stdio: 'inherit',
});
child.once('exit', () => process.exit(1));
await untilItAnswers();
if (isNew) await configure();

serve(
  (incoming, outgoing) => {
    const { method, url: path, headers } = incoming;
    const passedOn = request(`${url}${path}`, { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    passedOn.once('error', () => outgoing.destroy());
    incoming.pipe(passedOn);
  },
  {
    refreshPath: '/api/glwd/token',
    revoke: async (user) => {
      const signedIn = await Administration.signIn(url, user, passwordOf(user));
      const tokens = (await signedIn.call('GET', TOKENS)) as Listed[];
      for (const { token_hash: hash } of tokens) {
        await signedIn.call('DELETE', `${TOKENS}/${encodeURIComponent(hash)}`);
      }
    },
    deleteUser: async (user) => (await administrator()).call('DELETE', `user/${user}`),
  },
);

/** A refresh token, as glewlwyd lists it. */
interface Listed {
  readonly token_hash: string;
}

function createTables(): void {
  const tables = new DatabaseSync(database);
  tables.exec(`BEGIN; ${readFileSync(TABLES, 'utf8')} COMMIT;`);
  tables.close();
}

async function configure(): Promise<void> {
  const signedIn = await administrator();
  await signedIn.call('POST', 'scope/', {
    name: 'shop',
    display_name: 'Shop',
    password_required: true,
    scheme: {},
  });
  for (const name of USERS) {
    const user = { username: name, password: passwordOf(name), name, scope: ['shop'], enabled: true };
    await signedIn.call('POST', 'user/', user);
  }
  await signedIn.call('POST', 'client/', {
    client_id: 'shop',
    name: 'Shop',
    confidential: false,
    enabled: true,
    authorization_type: ['password', 'refresh_token'],
    redirect_uri: [environment('ORIGIN')],
    scope: [],
  });
  await signedIn.call('POST', 'mod/plugin/', oauthPlugin());
}

/** The account that the tables of the package begin with. */
function administrator(): Promise<Administration> {
  return Administration.signIn(url, 'admin', 'password');
}

async function untilItAnswers(): Promise<void> {
  try {
    await fetch(`${url}/api/scope/`);
  } catch {
    await setTimeout(LOOK_EVERY_MS);
    await untilItAnswers();
  }
}
