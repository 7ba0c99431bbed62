import ts from 'typescript';

export interface ImportSite {
  /** The text between the quotes; null when it is computed and cannot be judged. */
  target: string | null;
  typeOnly: boolean;
  line: number;
}

/** Every import of a file: static, dynamic, require, export from, import types, import = and reference directives. */
export function readImports(path: string, text: string): ImportSite[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, false, kindOf(path));
  const found: ImportSite[] = [];
  const add = (position: number, target: string | null, typeOnly: boolean): void => {
    found.push({ target, typeOnly, line: source.getLineAndCharacterOfPosition(position).line + 1 });
  };
  const requires = new Set(['require']);
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && isCreateRequire(node)) requires.add(node.name.text);
    const site = importOf(node, requires);
    if (site !== null) add(node.pos, site.target, site.typeOnly);
    ts.forEachChild(node, visit);
  };
  visit(source);
  for (const directive of source.typeReferenceDirectives) add(directive.pos, directive.fileName, true);
  for (const directive of source.referencedFiles) add(directive.pos, `./${directive.fileName}`, true);
  return found;
}

type Found = Pick<ImportSite, 'target' | 'typeOnly'>;

/** `requires` are the names by which this file knows require so far: "require", and what createRequire gave. */
function importOf(node: ts.Node, requires: ReadonlySet<string>): Found | null {
  if (ts.isImportDeclaration(node)) return { target: literal(node.moduleSpecifier), typeOnly: isTypeImport(node.importClause) };
  if (ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined) {
    return { target: literal(node.moduleSpecifier), typeOnly: node.isTypeOnly };
  }
  if (ts.isImportEqualsDeclaration(node) && ts.isExternalModuleReference(node.moduleReference)) {
    return { target: literal(node.moduleReference.expression), typeOnly: node.isTypeOnly };
  }
  if (ts.isImportTypeNode(node)) {
    return { target: ts.isLiteralTypeNode(node.argument) ? literal(node.argument.literal) : null, typeOnly: true };
  }
  return ts.isCallExpression(node) && loadsModule(node.expression, requires) ? { target: literal(node.arguments[0]), typeOnly: false } : null;
}

/** `import { type A, type B }` leaves nothing at run time but the import itself, so only `import type` counts. */
function isTypeImport(clause: ts.ImportClause | undefined): boolean {
  return clause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
}

function isCreateRequire(node: ts.VariableDeclaration): node is ts.VariableDeclaration & { name: ts.Identifier } {
  const { name, initializer } = node;
  return ts.isIdentifier(name) && initializer !== undefined && ts.isCallExpression(initializer)
    && ts.isIdentifier(initializer.expression) && initializer.expression.text === 'createRequire';
}

function loadsModule(callee: ts.Expression, requires: ReadonlySet<string>): boolean {
  if (callee.kind === ts.SyntaxKind.ImportKeyword) return true;
  // createRequire(...)('name'), without a name of its own.
  if (ts.isCallExpression(callee)) return ts.isIdentifier(callee.expression) && callee.expression.text === 'createRequire';
  if (ts.isIdentifier(callee)) return requires.has(callee.text);
  if (!ts.isPropertyAccessExpression(callee)) return false;
  const { expression, name } = callee;
  return name.text === 'require' || (name.text === 'resolve' && ((ts.isIdentifier(expression) && requires.has(expression.text)) || ts.isMetaProperty(expression)));
}

function literal(node: ts.Node | undefined): string | null {
  return node !== undefined && ts.isStringLiteralLike(node) ? node.text : null;
}

function kindOf(path: string): ts.ScriptKind {
  if (path.endsWith('.tsx')) return ts.ScriptKind.TSX;
  return /\.[cm]?js$/.test(path) ? ts.ScriptKind.JS : ts.ScriptKind.TS;
}
