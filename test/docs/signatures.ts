import {
  type ClassDeclaration,
  type FunctionDeclaration,
  type JSDocableNode,
  type MethodDeclaration,
  Node,
  type ParameterDeclaration,
  type TypeParameteredNode,
  type VariableDeclaration,
} from 'ts-morph';
import wrapAnsi from 'wrap-ansi';
import { type Declaration, headsOf } from './declarations.ts';

/** Columns of a block of code that most screens show without scrolling. */
const width = 100;

/** A declaration as a reader calls it or reads its fields: no bodies, no `readonly`, comments as lines. */
export function signature(declaration: Declaration): string {
  if (Node.isFunctionDeclaration(declaration)) {
    return headsOf(declaration).map(actionText).join('\n');
  }
  if (Node.isVariableDeclaration(declaration)) return variable(declaration);
  if (Node.isClassDeclaration(declaration)) return classText(declaration);
  return written(declaration.getText());
}

function actionText(action: FunctionDeclaration | MethodDeclaration): string {
  const name = generic(action.getName() ?? '', action);
  return call(name, action.getParameters(), action.getReturnTypeNode()?.getText());
}

/** What others may call: the constructor, and the methods that are not private. */
function classText(declaration: ClassDeclaration): string {
  const methods = declaration.getInstanceMethods().filter((method) => !method.getName().startsWith('#'));
  const members = [
    ...declaration.getConstructors().map((each) => commented(each, call('constructor', each.getParameters()))),
    ...methods.map((each) => commented(each, actionText(each))),
  ];
  return `class ${generic(declaration.getName() ?? '', declaration)} {\n${indented(members.join('\n'))}\n}`;
}

/** The text of a type, its comments as lines. */
export function written(text: string): string {
  return plain(text)
    .replaceAll(/^( *)\/\*\*([\s\S]*?)\*\/$/gm, (_, indent: string, comment: string) => {
      return commentLines(comment.replaceAll(/\n\s*\*/g, ' '), indent);
    })
    .replaceAll(/\n\n+/g, '\n')
    .replaceAll(/\((\w+\[\])\)\[\]/g, '$1[]');
}

function variable(declaration: VariableDeclaration): string {
  const name = declaration.getName();
  const type = declaration.getTypeNode();
  if (type !== undefined) return `${name}: ${plain(type.getText())}`;
  const value = declaration.getInitializer();
  const expected = `${name}: expected a type, or an object of functions`;
  if (!Node.isObjectLiteralExpression(value)) throw new RangeError(expected);
  const members = value.getProperties().map((property) => {
    if (!Node.isPropertyAssignment(property)) throw new RangeError(expected);
    const action = property.getInitializer();
    if (!Node.isArrowFunction(action)) throw new RangeError(expected);
    return call(property.getName(), action.getParameters());
  });
  return `${name}: {\n${indented(members.join('\n'))}\n}`;
}

/** A name with the type parameters that it takes. */
function generic(name: string, node: TypeParameteredNode): string {
  const parameters = node.getTypeParameters().map((parameter) => parameter.getText());
  return parameters.length === 0 ? name : `${name}<${parameters.join(', ')}>`;
}

/** A call on one line, or a parameter a line where that is too long. */
function call(name: string, parameters: readonly ParameterDeclaration[], returns?: string): string {
  const words = parameters.map(parameterText);
  const end = returns === undefined ? ')' : `): ${plain(returns).replaceAll(/\s*\n\s*/g, ' ')}`;
  const line = `${name}(${words.join(', ')}${end}`;
  return line.length <= width ? line : `${name}(\n${indented(words.join(',\n'))},\n${end}`;
}

function parameterText(parameter: ParameterDeclaration): string {
  const type = parameter.getTypeNode()?.getText();
  const value = parameter.getInitializer()?.getText();
  const isOptional = parameter.hasQuestionToken() || value !== undefined;
  const name = `${nameOf(parameter)}${isOptional ? '?' : ''}`;
  return type === undefined ? `${parameter.getName()} = ${value}` : `${name}: ${plain(type)}`;
}

/** Parameters that are taken apart at once have no name of their own: they are called after their type. */
function nameOf(parameter: ParameterDeclaration): string {
  if (Node.isIdentifier(parameter.getNameNode())) return parameter.getName();
  const type = parameter.getTypeNode()?.getText() ?? '';
  return (
    type
      .match(/[A-Z][a-z]+/g)
      ?.at(-1)
      ?.toLowerCase() ?? 'value'
  );
}

function commented(member: JSDocableNode, text: string): string {
  const [comment] = member.getJsDocs().map((doc) => commentLines(doc.getInnerText(), ''));
  return comment === undefined ? text : `${comment}\n${text}`;
}

/** A comment as lines, what its tags say after what it says. */
function commentLines(comment: string, indent: string): string {
  const words = comment
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replaceAll(/@param (\w+)/g, '@param $1:');
  const sentences = words.split(/ ?@(?:param |(?=returns|throws))/).filter((sentence) => sentence !== '');
  const lines = sentences.flatMap((sentence) => wrapAnsi(sentence, width - indent.length - 3).split('\n'));
  return lines.map((line) => `${indent}// ${line}`).join('\n');
}

function plain(text: string): string {
  return text.replaceAll(/\b(?:export|readonly) /g, '');
}

function indented(text: string): string {
  return text.replaceAll(/^/gm, '  ');
}
