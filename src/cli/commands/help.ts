import { Command } from 'commander';
import { inputWrong } from '../exit-codes.ts';

/** `norm-growth help [topic]`: a topic's page, a command's help, or what there is. */
export function helpCommand(report: (exitCode: number) => void): Command {
  return new Command('help')
    .description('tell about a topic or a command')
    .argument('[topic]', 'a topic or a command (default: list them)')
    .addHelpText('after', examples)
    .action(async (name: string | undefined, _: unknown, command: Command) => {
      const { tellHelp } = await import('../tell-help.ts');
      if (!tellHelp(command.parent!, name)) report(inputWrong);
    });
}

const examples = `
Examples:
  norm-growth help              commands and topics
  norm-growth help scenarios    a topic
  norm-growth help run          a command, as norm-growth run --help does`;
