import type { Reporter, TestModule } from 'vitest/node';

/** Ends the run with one plain line that any script can read: `N passed, N failed, N skipped`. */
export default class ClosingLineReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const count = { passed: 0, failed: 0, skipped: 0, pending: 0 };
    for (const module of modules) {
      for (const test of module.children.allTests()) count[test.result().state] += 1;
      // A file that does not load has no tests to count, and has still failed.
      if (module.state() === 'failed' && module.children.size === 0) count.failed += 1;
    }
    // The default reporter writes its own closing lines first.
    process.once('exit', () => {
      process.stdout.write(
        `${count.passed} passed, ${count.failed} failed, ${count.skipped + count.pending} skipped\n`,
      );
    });
  }
}
