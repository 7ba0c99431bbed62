/** As much of pdfmake as a report needs: the types that are published bring the DOM into rooms that have none. */
declare module 'pdfmake' {
  interface Style { font?: string; fontSize?: number; lineHeight?: number; color?: string; bold?: boolean; alignment?: 'right'; margin?: number | [number, number, number, number] }
  interface Layout { hLineWidth(): number; vLineWidth(): number; hLineColor(): string; paddingLeft(): number; paddingRight(): number; paddingTop(): number; paddingBottom(): number }
  export interface Text extends Style { text: string; style?: string; noWrap?: boolean }
  interface Stack { stack: readonly Content[]; unbreakable: boolean }
  interface Picture { svg: string; width: number; margin?: Style['margin']; unbreakable?: boolean }
  interface Table { margin?: Style['margin']; layout: Layout; table: { headerRows: number; keepWithHeaderRows: number; dontBreakRows: boolean; widths: readonly ('auto' | '*')[]; body: readonly (readonly (string | Text)[])[] } }
  export type Content = Text | Stack | Picture | Table;
  export interface Definition {
    info: { title: string };
    pageSize: 'A4';
    pageMargins: number;
    defaultStyle: Style;
    styles: Readonly<Record<string, Style>>;
    footer(page: number, pages: number): Text;
    content: readonly Content[];
  }
  const pdfmake: {
    setFonts(fonts: Readonly<Record<string, { normal: string; bold: string; italics: string; bolditalics: string }>>): void;
    setLocalAccessPolicy(allows: (path: string) => boolean): void;
    setUrlAccessPolicy(allows: (url: string) => boolean): void;
    createPdf(definition: Definition): { getBuffer(): Promise<Uint8Array> };
  };
  export default pdfmake;
}
