import { HttpClient, HttpErrorResponse } from '@angular/common/http';
import { Component, inject } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { ActivatedRoute } from '@angular/router';
import { catchError, map, of } from 'rxjs';

/** Fetches whatever URL it is told to, as a careless application might. */
@Component({ selector: 'ssr-errand-page', template: `<p data-testid="errand">{{ outcome() }}</p>` })
export class ErrandPage {
  readonly #to = inject(ActivatedRoute).snapshot.queryParamMap.get('to') ?? '/';

  protected readonly outcome = toSignal(
    inject(HttpClient)
      .get(this.#to, { responseType: 'text' })
      .pipe(
        map(() => 'answered'),
        catchError((failure: unknown) =>
          of(
            failure instanceof HttpErrorResponse
              ? `failed with ${failure.status}`
              : 'failed before it was sent',
          ),
        ),
      ),
  );
}
