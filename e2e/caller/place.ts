import {
  type HttpClient,
  HttpContext,
  type HttpErrorResponse,
  type HttpEvent,
  HttpEventType,
} from '@angular/common/http';
import { AUTH, AuthError } from 'ngx-bearer';
import type { Call, CallBody, CallEnd } from './contract.ts';

/** Issues one call and tells everything that its caller received. */
export async function place(http: HttpClient, apiUrl: string, call: Call): Promise<CallEnd> {
  const content = contentOf(call.body);
  const received: string[] = [];
  const ended = new Promise<Omit<CallEnd, 'sha256' | 'received'>>((resolve) => {
    http
      .request(call.method, new URL(call.to, apiUrl).href, {
        body: content.body,
        context: new HttpContext().set(AUTH, call.auth ?? 'auto'),
        observe: 'events',
        reportProgress: true,
        responseType: call.answer ?? 'json',
      })
      .subscribe({
        next: (event: HttpEvent<unknown>) => {
          received.push(HttpEventType[event.type]);
          if (event.type === HttpEventType.Response) {
            resolve({ status: event.status, body: event.body, code: null });
          }
        },
        error: (failure: HttpErrorResponse) => {
          received.push('error');
          resolve({ status: failure.status, body: failure.error, code: codeOf(failure) });
        },
      });
  });
  const { status, body, code } = await ended;
  return { status, body, code, received, sha256: content.bytes && (await sha256Of(content.bytes)) };
}

function contentOf(body: CallBody | undefined) {
  switch (body?.kind) {
    case undefined:
      return { body: null, bytes: null };
    case 'json':
      return { body: body.value, bytes: null };
    case 'bytes': {
      const bytes = noise(body.size);
      return { body: new Blob([bytes], { type: 'application/octet-stream' }), bytes };
    }
    case 'form': {
      const bytes = noise(body.size);
      const form = new FormData();
      form.append('document', new File([bytes], 'way-bill.pdf', { type: 'application/pdf' }));
      return { body: form, bytes };
    }
  }
}

function noise(size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  const most = 65_536;
  for (let start = 0; start < size; start += most)
    crypto.getRandomValues(bytes.subarray(start, start + most));
  return bytes;
}

async function sha256Of(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', bytes);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function codeOf({ error }: HttpErrorResponse): CallEnd['code'] {
  return error instanceof AuthError ? error.code : null;
}
