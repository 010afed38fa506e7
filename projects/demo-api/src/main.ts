import { whenParentIsGone } from './parent-watch.ts';
import { createDemoApi, type DemoApi } from './create-demo-api.ts';
import { readEnvironment, type Environment } from './environment.ts';

await start();

async function start(): Promise<void> {
  try {
    const environment = readEnvironment(process.env);
    const api = createDemoApi({ allowedOrigins: environment.allowedOrigins });
    stopWhenTold(api);
    const address = await listen(api, environment);
    console.log(`API  ${address}`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exit(1);
  }
}

async function listen(api: DemoApi, { apiPort }: Environment): Promise<string> {
  try {
    return await api.listen(apiPort);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE') {
      throw new Error(`Port ${apiPort} is taken. Free it, or set API_PORT to another one.`, { cause: error });
    }
    throw error;
  }
}

function stopWhenTold(api: DemoApi): void {
  const stop = () => {
    void api.close().finally(() => process.exit(0));
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  process.once('SIGHUP', stop);
  whenParentIsGone(stop);
}
