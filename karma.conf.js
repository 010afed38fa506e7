/** Runs the library's specs, and those only a real browser can prove, in Chromium: `npm run test:browser`. */
module.exports = async (config) => {
  const { findBrowser, headlessFlags } = await import('./tools/browser.ts');
  const browser = await findBrowser();
  Object.assign(process.env, browser.env, { CHROME_BIN: browser.executablePath });

  config.set({
    frameworks: ['jasmine'],
    plugins: [
      require('karma-jasmine'),
      require('karma-chrome-launcher'),
      { 'reporter:totals': ['factory', totals], 'middleware:depot': ['factory', depot] },
    ],
    browsers: ['Chromium'],
    customLaunchers: { Chromium: { base: 'ChromeHeadless', flags: [...headlessFlags] } },
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
  });
};

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
      const call = searchParams.get('call');
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

/** Ends with one line that `npm test` can count. */
function totals() {
  return {
    onRunComplete(browsers, { success, failed, error, disconnected }) {
      const skipped = browsers
        .map(({ lastResult }) => lastResult.skipped)
        .reduce((sum, count) => sum + count, 0);
      const names = browsers.map(({ name }) => name).join(', ') || 'No browser';
      const brokeOff = error || disconnected ? ', and the run broke off' : '';
      process.stdout.write(`${names}: ${success} passed, ${failed} failed, ${skipped} skipped${brokeOff}\n`);
    },
  };
}
totals.$inject = [];
