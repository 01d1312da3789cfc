import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type ClassDeclaration,
  type FunctionDeclaration,
  type InterfaceDeclaration,
  Node,
  Project,
  type SourceFile,
  type TypeAliasDeclaration,
  type VariableDeclaration,
} from 'ts-morph';

export type Declaration =
  | FunctionDeclaration
  | VariableDeclaration
  | ClassDeclaration
  | InterfaceDeclaration
  | TypeAliasDeclaration;

const source = fileURLToPath(new URL('../../src/', import.meta.url));

/** Declarations of src/ as they are written: files are parsed when they are asked for, and no type is checked. */
export class Declarations {
  readonly #project = new Project({ skipAddingFilesFromTsConfig: true, skipFileDependencyResolution: true });

  file(path: string): SourceFile {
    return this.#project.addSourceFileAtPath(resolve(source, path));
  }

  /** What a file of `export … from` lines exports, in their order. */
  exportedBy(path: string): Declaration[] {
    const entry = this.file(path);
    return entry.getExportDeclarations().flatMap((line) => {
      const file = this.#beside(entry, line.getModuleSpecifierValue() ?? '');
      return line.getNamedExports().map((specifier) => {
        const found = this.#declared(file, specifier.getName());
        if (found === undefined)
          throw new RangeError(`${path}: there is no ${specifier.getName()} in ${roomFile(file)}`);
        return found;
      });
    });
  }

  /** The types of our own that a declaration's types name, in their order, each once. */
  typesIn(declaration: Declaration): Declaration[] {
    const nodes = typeNodesOf(declaration).flatMap((node) => [node, ...node.getDescendants()]);
    const names = nodes.flatMap((node) => {
      if (Node.isTypeReference(node)) return node.getTypeName().getText();
      return Node.isExpressionWithTypeArguments(node) ? node.getExpression().getText() : [];
    });
    const file = declaration.getSourceFile();
    return [...new Set(names)].flatMap((name) => this.#named(file, name) ?? []);
  }

  /** What a name means in a file: its own declaration, or one that it imports from src/. */
  #named(file: SourceFile, name: string): Declaration | undefined {
    const own = this.#declared(file, name);
    if (own !== undefined) return own;
    for (const line of file.getImportDeclarations()) {
      const from = line.getModuleSpecifierValue();
      const imported = line
        .getNamedImports()
        .find((each) => (each.getAliasNode() ?? each.getNameNode()).getText() === name);
      if (from.startsWith('.') && imported) return this.#declared(this.#beside(file, from), imported.getName());
    }
    return undefined;
  }

  #declared(file: SourceFile, name: string): Declaration | undefined {
    return (
      file.getInterface(name) ??
      file.getTypeAlias(name) ??
      file.getFunction(name) ??
      file.getClass(name) ??
      file.getVariableDeclaration(name)
    );
  }

  #beside(file: SourceFile, specifier: string): SourceFile {
    return this.file(resolve(dirname(file.getFilePath()), specifier));
  }
}

/** The path of a file within src/. */
export function roomFile(file: SourceFile): string {
  return file.getFilePath().slice(source.length);
}

/** What a reader meets of a declaration's types: of a function the heads, without its body. */
function typeNodesOf(declaration: Declaration): Node[] {
  if (Node.isFunctionDeclaration(declaration)) {
    const heads = headsOf(declaration);
    return heads.flatMap((head) => [...head.getParameters(), head.getReturnTypeNode() ?? []].flat());
  }
  if (Node.isVariableDeclaration(declaration)) return [declaration.getTypeNode() ?? []].flat();
  if (Node.isClassDeclaration(declaration)) {
    const methods = [...declaration.getConstructors(), ...declaration.getMethods()];
    return methods.flatMap((method) => [...method.getParameters(), method.getReturnTypeNode() ?? []].flat());
  }
  return [declaration];
}

/** A function's overloads, or the function itself. */
export function headsOf(declaration: FunctionDeclaration): FunctionDeclaration[] {
  const overloads = declaration.getOverloads();
  return overloads.length > 0 ? overloads : [declaration];
}

/** A docstring: its text, and its tags. */
interface Docstring {
  /** Paragraphs, each on one line. */
  readonly text: string;
  readonly tags: readonly { readonly name: string; readonly text: string }[];
}

/** The docstring of a declaration; undefined where it has none. */
export function docstringOf(declaration: Node): Docstring | undefined {
  const [doc] = documentedNodes(declaration).flatMap((node) => (Node.isJSDocable(node) ? node.getJsDocs() : []));
  if (doc === undefined) return undefined;
  const [text, ...tags] = doc.getInnerText().split(/(?:^|\n| )@(?=(?:param|throws|see|returns)\b)/);
  return {
    text: paragraphs(text),
    tags: tags.map((tag) => {
      const [name] = tag.split(/\s/, 1);
      return { name, text: paragraphs(tag.slice(name.length)) };
    }),
  };
}

/** A docstring stands before the statement of a variable, and before the first overload of a function. */
function documentedNodes(declaration: Node): Node[] {
  if (Node.isVariableDeclaration(declaration)) return [declaration.getVariableStatementOrThrow()];
  return Node.isFunctionDeclaration(declaration) ? [...declaration.getOverloads(), declaration] : [declaration];
}

function paragraphs(text: string): string {
  const joined = text.trim().split(/\n\s*\n/);
  return joined.map((paragraph) => paragraph.replaceAll(/\s*\n\s*/g, ' ')).join('\n\n');
}
