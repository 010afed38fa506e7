/** What whoever serves the application decides; the browser reads it from `/config.json`. */
export interface Settings {
  readonly apiUrl: string;
  /** `cookie`: the server can know who asks. `local`: only the browser does. */
  readonly storage: 'cookie' | 'local';
  /** Whether the page carries what the API answered, so that the browser need not ask again. */
  readonly carriesAnswers: boolean;
  /** On the server: gets the session of each page that is rendered. */
  readonly watch?: (session: object) => void;
}
