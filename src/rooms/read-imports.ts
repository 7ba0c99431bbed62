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
  const visit = (node: ts.Node): void => {
    const site = importOf(node);
    if (site !== null) add(node.pos, site.target, site.typeOnly);
    ts.forEachChild(node, visit);
  };
  visit(source);
  for (const directive of source.typeReferenceDirectives) add(directive.pos, directive.fileName, true);
  for (const directive of source.referencedFiles) add(directive.pos, `./${directive.fileName}`, true);
  return found;
}

type Found = Pick<ImportSite, 'target' | 'typeOnly'>;

function importOf(node: ts.Node): Found | null {
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
  return ts.isCallExpression(node) && loadsModule(node.expression) ? { target: literal(node.arguments[0]), typeOnly: false } : null;
}

/** `import { type A, type B }` leaves nothing at run time but the import itself, so only `import type` counts. */
function isTypeImport(clause: ts.ImportClause | undefined): boolean {
  return clause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
}

function loadsModule(callee: ts.Expression): boolean {
  if (callee.kind === ts.SyntaxKind.ImportKeyword) return true;
  if (ts.isIdentifier(callee)) return callee.text === 'require';
  if (!ts.isPropertyAccessExpression(callee)) return false;
  const { expression, name } = callee;
  return name.text === 'require' || (name.text === 'resolve' && ((ts.isIdentifier(expression) && expression.text === 'require') || ts.isMetaProperty(expression)));
}

function literal(node: ts.Node | undefined): string | null {
  return node !== undefined && ts.isStringLiteralLike(node) ? node.text : null;
}

function kindOf(path: string): ts.ScriptKind {
  if (path.endsWith('.tsx')) return ts.ScriptKind.TSX;
  return /\.[cm]?js$/.test(path) ? ts.ScriptKind.JS : ts.ScriptKind.TS;
}
