import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { HttpProblem } from '../answers/http-problem.ts';
import type { Depot } from '../depot.ts';

interface ReceivedDocument {
  readonly name?: string;
  readonly size: number;
  readonly sha256: string;
}

const RAW = 'application/octet-stream';
const LARGEST_MEGABYTES = 60;
const LARGEST_BYTES = LARGEST_MEGABYTES * 1024 * 1024;

/** `POST /documents`: takes a file as a form or as raw bytes, and tells its size and hash. Nothing is kept. */
export function serveDocuments(api: FastifyInstance, depot: Depot): void {
  void api.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    // One byte more than allowed tells a file that is too large from one that just fits.
    void scope.register(multipart, {
      limits: { files: 1, fileSize: LARGEST_BYTES + 1 },
      throwFileSizeLimit: false,
    });
    scope.addContentTypeParser('*', (_request, payload, parsed) => {
      parsed(null, payload);
    });
    scope.post('/documents', async (request, reply) => {
      const document = await receive(request);
      depot.counters.add('uploads');
      return reply.code(201).send(document);
    });
    done();
  });
}

async function receive(request: FastifyRequest): Promise<ReceivedDocument> {
  if (request.isMultipart()) {
    return receiveForm(request);
  }
  const found = request.headers['content-type'] ?? 'missing';
  if (found.split(';')[0]?.trim().toLowerCase() !== RAW) {
    throw new HttpProblem(415, `Content-Type is ${found}. Send multipart/form-data or ${RAW}.`);
  }
  return measure(request.raw);
}

async function receiveForm(request: FastifyRequest): Promise<ReceivedDocument> {
  const documents: ReceivedDocument[] = [];
  try {
    for await (const part of request.files()) {
      documents.push({ name: part.filename, ...(await measure(part.file)) });
    }
  } catch (error) {
    throw error instanceof HttpProblem ? error : unreadableForm();
  }
  return documents[0] ?? Promise.reject(unreadableForm());
}

function unreadableForm(): HttpProblem {
  return new HttpProblem(
    400,
    'The form cannot be read. Send multipart/form-data with exactly one file in it.',
  );
}

// A stream that is too large is read to its end: browsers do not look at an answer before they have sent it all.
async function measure(content: Readable): Promise<ReceivedDocument> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of content as AsyncIterable<Buffer>) {
    size += chunk.length;
    hash.update(chunk);
  }
  if (size > LARGEST_BYTES) {
    throw new HttpProblem(413, `The file is too large. Allowed: up to ${LARGEST_MEGABYTES} MB.`);
  }
  return { size, sha256: hash.digest('hex') };
}
