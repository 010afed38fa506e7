import { InjectionToken } from '@angular/core';

/** The origin of the API. */
export const API_URL = new InjectionToken<string>('the origin of the API');
