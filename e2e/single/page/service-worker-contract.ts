declare global {
  interface Window {
    workerPage: WorkerPage;
  }
}

/** What a test can do in the page with a service worker. */
export interface WorkerPage {
  /** Replaces whoever is signed in. */
  signIn(accessToken: string): void;
  call(): Promise<string>;
  /** As docs/service-worker.md has it. */
  forgetAnswers(): Promise<void>;
  /** Removes the caches of data groups by their names. */
  deleteCaches(): Promise<void>;
}
