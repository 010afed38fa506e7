/** Where each launcher looks for its browser. */
const VARIABLES = { chromium: 'CHROME_BIN', firefox: 'FIREFOX_BIN', webkit: 'WEBKIT_BIN' };

/** Runs the library's specs, and those only a real browser can prove: see tools/test-browser.ts. */
module.exports = async (config) => {
  const { headlessFlags } = await import('./tools/browser.ts');
  await prepare(config.browsers);

  config.set({
    frameworks: ['jasmine'],
    plugins: [
      require('karma-jasmine'),
      require('karma-chrome-launcher'),
      require('karma-firefox-launcher'),
      {
        'launcher:WebKit': ['type', WebKitLauncher],
        'reporter:totals': ['factory', totals],
        'middleware:depot': ['factory', depot],
      },
    ],
    customLaunchers: {
      Chromium: { base: 'ChromeHeadless', flags: [...headlessFlags] },
      Firefox: { base: 'FirefoxHeadless' },
    },
    middleware: ['depot'],
    reporters: ['dots', 'totals'],
    colors: process.stdout.isTTY === true,
    logLevel: config.LOG_WARN,
    hostname: '127.0.0.1',
    listenAddress: '127.0.0.1',
    // One spec drives 10,000 requests: a slow machine may be silent for a while.
    browserNoActivityTimeout: 120_000,
    // The default is 5 s: a page that computes for longer when it is pinged would count as gone.
    pingTimeout: 120_000,
    // The default is 5 s, too short for a spec with many refreshes on a busy machine.
    client: { jasmine: { timeoutInterval: 30_000 } },
  });
};

/** Sets the paths of the browsers for their launchers. */
async function prepare(names) {
  const { findEngine, ENGINES, ENGINE_TITLES } = await import('./tools/engines.ts');
  for (const name of ENGINES.filter((name) => names.includes(ENGINE_TITLES[name]))) {
    const { executablePath, env } = await findEngine(name);
    Object.assign(process.env, env, { [VARIABLES[name]]: executablePath });
    if (name !== 'webkit') continue;
    const { webkitEnvironment } = await import('./tools/webkit-display.ts');
    Object.assign(process.env, await webkitEnvironment());
  }
}

/** Starts the browser that WebKitGTK is tested with. */
function WebKitLauncher(baseBrowserDecorator) {
  baseBrowserDecorator(this);
  this.name = 'WebKit';
  this.ENV_CMD = VARIABLES.webkit;
  this.DEFAULT_CMD = {};
}
WebKitLauncher.$inject = ['baseBrowserDecorator'];

/**
 * A real server for the specs of `browser/`: below /depot/ it takes the token `fresh` alone, which POST /depot/auth
 * hands out, and answers with every body that a call, known by its `call`, was sent with.
 */
function depot() {
  const bodies = new Map();
  return (request, response, next) => {
    const { pathname, searchParams } = new URL(request.url, 'http://depot');
    if (!pathname.startsWith('/depot/')) return next();
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      // Several browsers make the same calls at once.
      const call = `${searchParams.get('call')} by ${request.headers['user-agent']}`;
      bodies.set(call, [...(bodies.get(call) ?? []), Buffer.concat(chunks).toString('base64')]);
      const isGood = request.headers.authorization === 'Bearer fresh';
      const answer = pathname === '/depot/auth' ? { access_token: 'fresh' } : { bodies: bodies.get(call) };
      response.writeHead(isGood || pathname === '/depot/auth' ? 200 : 401, {
        'Content-Type': 'application/json',
      });
      response.end(JSON.stringify(answer));
    });
  };
}
depot.$inject = [];

/** Ends with a line for each engine, which `npm test` can count. */
function totals() {
  return {
    onRunComplete(browsers, { error, disconnected }) {
      const brokeOff = error || disconnected ? ', and the run broke off' : '';
      browsers.forEach(({ name, lastResult }) => {
        const { success, failed, skipped, totalTime } = lastResult;
        const counts = `${success} passed, ${failed} failed, ${skipped} skipped`;
        const time = `${(totalTime / 1000).toFixed(1)} s`;
        process.stdout.write(`in ${engineOf(name)} (${name}): ${counts}${brokeOff} · ${time}\n`);
      });
    },
  };
}
totals.$inject = [];

/** Of the name that Karma reads in the user agent. */
function engineOf(name) {
  if (name.startsWith('Firefox')) return 'Firefox';
  return name.startsWith('Chrome') ? 'Chromium' : 'WebKit';
}
