/** What the environment asks for. */
export interface Environment {
  readonly apiPort: number;
  readonly allowedOrigins: readonly string[];
}

/** Reads `API_PORT`, `PORT` and `ALLOWED_ORIGINS`; throws a `TypeError` that names the variable at fault. */
export function readEnvironment(variables: Readonly<Record<string, string | undefined>>): Environment {
  const demoPort = readPort('PORT', variables['PORT'] ?? '4200');
  const more = (variables['ALLOWED_ORIGINS'] ?? '').split(',').map((origin) => origin.trim());
  return {
    apiPort: readPort('API_PORT', variables['API_PORT'] ?? '3000'),
    allowedOrigins: [
      `http://127.0.0.1:${demoPort}`,
      `http://localhost:${demoPort}`,
      ...more.filter((origin) => origin !== ''),
    ],
  };
}

function readPort(name: string, text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) {
    throw new TypeError(`${name} is "${text}". Set it to a whole number from 0 to 65535.`);
  }
  return port;
}
