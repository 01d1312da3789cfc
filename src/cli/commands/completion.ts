import { Argument, Command } from 'commander';

/** Apart from the scripts' writers, so that the command line is parsed without loading them. */
const shellNames = ['bash', 'zsh', 'fish'];

/** `norm-growth completion <shell>`: what makes Tab complete the command line. */
export function completionCommand(): Command {
  return new Command('completion')
    .description('print the script that makes a shell complete commands, options, scenarios and run folders')
    .addArgument(new Argument('<shell>', 'whose script').choices(shellNames))
    .addHelpText('after', examples)
    .action(async (name: string, _: unknown, command: Command) => {
      const { completionScript } = await import('../completion/completion-script.ts');
      process.stdout.write(await completionScript(command.parent!, name));
    });
}

const examples = `
Where the script goes; the shell reads it when it is started anew:

bash, 4 or newer, with the package bash-completion:
  mkdir -p ~/.local/share/bash-completion/completions
  norm-growth completion bash > ~/.local/share/bash-completion/completions/norm-growth
without it, in ~/.bashrc:
  source <(norm-growth completion bash)

zsh, with these lines in ~/.zshrc, in this order:
  fpath+=(~/.zfunc); autoload -Uz compinit; compinit
and once:
  mkdir -p ~/.zfunc
  norm-growth completion zsh > ~/.zfunc/_norm-growth

fish:
  mkdir -p ~/.config/fish/completions
  norm-growth completion fish > ~/.config/fish/completions/norm-growth.fish

It completes the word norm-growth: npm install --global, or a PATH with node_modules/.bin, makes it one. Write it anew
after an update: it holds the options and scenarios of the version that wrote it.`;
