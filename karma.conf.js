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
      { 'reporter:totals': ['factory', totals] },
    ],
    browsers: ['Chromium'],
    customLaunchers: { Chromium: { base: 'ChromeHeadless', flags: [...headlessFlags] } },
    reporters: ['dots', 'totals'],
    colors: process.stdout.isTTY === true,
    logLevel: config.LOG_WARN,
    hostname: '127.0.0.1',
    listenAddress: '127.0.0.1',
    // One spec drives 10,000 requests: a slow machine may be silent for a while.
    browserNoActivityTimeout: 120_000,
  });
};

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
