import { httpResource } from '@angular/common/http';
import { Component, computed, inject } from '@angular/core';
import { AuthSession } from 'ngx-bearer';
import { API_URL } from './api-url';

interface Visitor {
  readonly name: string;
}

/** Rendered for each request, and asks the API who is there. */
@Component({
  selector: 'ssr-visitor-page',
  template: `
    @if (visitor.hasValue()) {
      <h1 data-testid="visitor">{{ visitor.value().name }}</h1>
    } @else if (visitor.error()) {
      <p data-testid="failure">The API did not say who you are.</p>
    } @else {
      <p data-testid="nobody">{{ session.signedIn() ? 'Asking who you are …' : 'Please sign in.' }}</p>
    }
  `,
})
export class VisitorPage {
  protected readonly session = inject(AuthSession);
  readonly #apiUrl = inject(API_URL);
  // The claims are new with every token; whose they are is not.
  readonly #sid = computed(() => this.session.claims()?.['sid']);

  protected readonly visitor = httpResource<Visitor>(() => {
    const sid = this.#sid();
    return typeof sid === 'string' ? { url: `${this.#apiUrl}/me`, params: { callId: sid } } : undefined;
  });
}
