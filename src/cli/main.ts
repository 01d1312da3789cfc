#!/usr/bin/env node
import { inputWrong } from './exit-codes.ts';

// Before anything else is loaded: an older Node would fail on a syntax or a module it does not know.
const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  process.stderr.write(
    `norm-growth: needs Node 24 or newer, this is ${process.versions.node}.\n` +
      'In a clone, `npm ci` brings one: use `npx norm-growth …` or `npm start`.\n',
  );
  process.exitCode = inputWrong;
} else {
  const { guardStandardOutput } = await import('./standard-output.ts');
  guardStandardOutput();
  const { runCommand } = await import('./program.ts');
  process.exitCode = await runCommand(process.argv.slice(2));
}
