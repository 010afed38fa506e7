import { HttpClient } from '@angular/common/http';
import { Component, inject } from '@angular/core';
import { AuthSession } from 'ngx-bearer';
import { API_URL } from './api-url';

/** Rendered while the application is built, for everybody alike. */
@Component({
  selector: 'ssr-welcome-page',
  template: `<button type="button" data-testid="sign-in" (click)="signIn()">Sign in as the clerk</button>`,
})
export class WelcomePage {
  readonly #http = inject(HttpClient);
  readonly #session = inject(AuthSession);
  readonly #apiUrl = inject(API_URL);

  protected signIn(): void {
    const clerk = { username: 'clerk', password: 'clerk-pass', protocol: 'oauth' };
    this.#http.post(`${this.#apiUrl}/login`, clerk).subscribe((tokens) => this.#session.signIn(tokens));
  }
}
