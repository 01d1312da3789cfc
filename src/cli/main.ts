#!/usr/bin/env node
import { done, inputWrong } from './exit-codes.ts';

// Before anything else is loaded: an older Node would fail on a syntax or a module it does not know.
const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  process.stderr.write(
    `norm-growth: needs Node 24 or newer, this is ${process.versions.node}.\n` +
      'In a clone, `npm ci` brings one: use `npx norm-growth …` or `npm start`.\n',
  );
  process.exitCode = inputWrong;
} else {
  // Whoever read our output has read enough (`… | head`): stop without a word. A closed stderr stops nothing.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(done);
    throw error;
  });
  process.stderr.on('error', () => {});
  const { runCommand } = await import('./program.ts');
  process.exitCode = await runCommand(process.argv.slice(2));
}
