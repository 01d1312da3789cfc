import type { Command } from 'commander';
import { paintFor } from '../report/paint.ts';
import { suggestion } from '../scenarios/nearest-name.ts';
import { visibleText } from '../scenarios/visible-text.ts';
import { topics } from './topics/index.ts';
import { termList, topicPage } from './topics/topic-page.ts';

/** Lines longer than this are hard to read on the widest terminal. */
const widestPage = 100;

/** Tells about a topic or a command; about all of them where none is named. Returns whether there is such a one. */
export function tellHelp(program: Command, name: string | undefined): boolean {
  const paint = paintFor(process.stdout);
  const width = Math.min(process.stdout.columns ?? 80, widestPage);
  const topic = topics.find((topic) => topic.name === name);
  const command = program.commands.find((command) => [command.name(), ...command.aliases()].includes(name ?? ''));
  if (topic !== undefined) process.stdout.write(topicPage(topic, width, paint));
  else if (command !== undefined) command.outputHelp();
  else if (name === undefined) {
    program.outputHelp();
    const list = termList(
      topics.map(({ name, summary }) => [name, summary]),
      width,
      paint,
    );
    process.stdout.write(`\nTopics (norm-growth help <topic>):\n${list}\n`);
  } else {
    process.stderr.write(unknown(name, program));
    return false;
  }
  return true;
}

function unknown(name: string, program: Command): string {
  const commands = program.commands.flatMap((command) => [command.name(), ...command.aliases()]);
  const names = topics.map((topic) => topic.name);
  const near = suggestion(name, [...names, ...commands]);
  return `norm-growth: help: expected a topic or a command, got ${visibleText(name)}${near}
topics are ${names.join(', ')}
commands are ${commands.join(', ')}\n`;
}
