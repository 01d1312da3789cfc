/** How a command line ended, and all that it printed. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The named errors of the doors at which foreign input enters. */
const doors = ['ScenarioError', 'DataError', 'ResultsError', 'ClaimError', 'QueueError'];

/** Words by which a refusal says what is wrong and what to do: at least one of them is in each. */
const says =
  /expected|YAML:|bad rows?\b|restore|run with|run the|name (?:one|another|each|runs)|choose|give one|there (?:is|are) no|damaged|changed by hand|is named twice|more problem|install|merge|is not finished|look at it with|query:|shipped are|summary\.json|norm-growth |cannot be|refuses|nothing to show|Allowed choices|Expected|is of a kind|too large|more than/;

/** Far above what ten problems with long names take. */
const longestMessage = 20_000;
const longestLine = 4000;

/** Characters that act on a terminal or a page instead of showing: see `visibleText`. */
const acting = /(?!\u200c|\u200d|\ufe0f|\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|\p{M}{5}/u;

/** The first character of a text that acts instead of showing, with what is around it; null where all show. */
export function actingIn(text: string): string | null {
  const shown = acting.exec(text);
  if (shown === null) return null;
  const around = text.slice(Math.max(0, shown.index - 80), shown.index + 20);
  return `U+${shown[0].codePointAt(0)!.toString(16).padStart(4, '0')} in ${JSON.stringify(around)}`;
}

/** What is wrong with an error as an answer to wrong input; null where nothing is. */
export function faultOfRefusal(error: unknown): string | null {
  if (!(error instanceof Error)) return `threw what is no error: ${String(error)}`;
  if (!doors.includes(error.name)) return `threw a ${error.name}: ${error.stack}`;
  return faultOfMessage(error.message);
}

/** What is wrong with how a command line ended that may have been given wrong input; null where nothing is. */
export function faultOfEnd({ code, stdout, stderr }: Ended): string | null {
  // 130 is what `watch` ends with where a run is not finished.
  if (code === null || ![0, 1, 2, 130].includes(code)) return `exit code ${code}: ${stderr}`;
  if (/defect of the program|\n {4}at |Error \[/.test(stderr)) return `a stack trace: ${stderr}`;
  const shown = actingIn(stderr);
  if (shown !== null) return `stderr has ${shown}`;
  if (code === 2 && stdout !== '') return `exit code 2 after an answer: ${stdout.slice(0, 500)}`;
  return code === 2 ? faultOfMessage(stderr.trimEnd()) : null;
}

function faultOfMessage(message: string): string | null {
  const what = (text: string) => `${text}: ${JSON.stringify(message.slice(0, longestMessage))}`;
  const shown = actingIn(message);
  if (shown !== null) return `a message with ${shown}`;
  if (message.trim() === '') return 'a message without a word';
  if (message.length > longestMessage) return what(`a message of ${message.length} characters`);
  if (message.split('\n').some((line) => line.length > longestLine)) return what('a message with a long line');
  return says.test(message) ? null : what('a message without what is expected or what to do');
}
