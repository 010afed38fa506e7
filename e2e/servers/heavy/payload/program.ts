import { sqliteAdapter } from '@payloadcms/db-sqlite';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { buildConfig, getPayload, handleEndpoints } from 'payload';
import { readMessage } from '../../../tabs/servers/message.ts';
import { environment, passwordOf, USERS } from '../../node/environment.ts';
import { serve } from '../../node/serve.ts';

const ADDRESS = `http://127.0.0.1:${environment('PORT')}`;

const config = buildConfig({
  collections: [
    {
      slug: 'users',
      auth: { tokenExpiration: Number(environment('ACCESS_SECONDS')) },
      // Everybody reads the own user, and nobody else's.
      access: { read: ({ req: { user } }) => (user ? { id: { equals: user.id } } : false) },
      fields: [{ name: 'name', type: 'text' }],
    },
  ],
  cors: [environment('ORIGIN')],
  db: sqliteAdapter({ client: { url: `file:${join(environment('DATA_DIR'), 'payload.db')}` } }),
  secret: 'of this test, and long enough to be accepted',
  telemetry: false,
  typescript: { autoGenerate: false },
});
const payload = await getPayload({ config });
const { totalDocs } = await payload.count({ collection: 'users' });
if (totalDocs === 0) await createUsers();

serve((incoming, outgoing) => void answer(incoming, outgoing), {
  refreshPath: '/api/users/refresh-token',
  revoke: async (name) => {
    await payload.db.updateOne({ collection: 'users', id: await idOf(name), data: { sessions: [] } });
  },
  deleteUser: async (name) => payload.delete({ collection: 'users', id: await idOf(name) }),
});

/** Payload needs Next.js for its admin panel only: its REST API answers any `Request`. */
async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const { method = 'GET', url = '/' } = incoming;
  const { headers, body } = await readMessage(incoming);
  const request = new Request(ADDRESS + url, {
    method,
    headers: Object.entries(headers).map(([name, value]) => [name, String(value)] as [string, string]),
    ...(body.length > 0 && { body: new Uint8Array(body) }),
  });
  const answered = await handleEndpoints({ config, request });
  outgoing.writeHead(answered.status, Object.fromEntries(answered.headers));
  outgoing.end(Buffer.from(await answered.arrayBuffer()));
}

async function createUsers(): Promise<void> {
  for (const name of USERS) {
    const data = { name, email: `${name}@example.com`, password: passwordOf(name) };
    await payload.create({ collection: 'users', data });
  }
}

async function idOf(name: string): Promise<string | number> {
  const { docs } = await payload.find({ collection: 'users', where: { name: { equals: name } } });
  if (!docs[0]) throw new Error(`No user is called ${name}.`);
  return docs[0].id;
}
