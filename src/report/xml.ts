/** An element of XML, written out. */
export type Xml = string & { readonly isXml: true };

/** Writes an element with its attributes, and what is in it: a text, or further elements. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string>>,
  content: string | readonly Xml[] = '',
): Xml {
  const start = [name, ...Object.entries(attributes).map(([key, value]) => `${key}="${inAttribute(value)}"`)];
  const inner = typeof content === 'string' ? escaped(content) : content.map((one) => `\n${one}`).join('');
  const end = typeof content === 'string' ? `</${name}>` : `\n</${name}>`;
  // This function alone makes one.
  return (inner === '' ? `<${start.join(' ')}/>` : `<${start.join(' ')}>${inner}${end}`) as Xml;
}

/** What XML has no characters for: https://www.w3.org/TR/xml/#charsets */
const NOT_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

function escaped(text: string): string {
  return text.replace(NOT_XML, '\ufffd').replace(/[&<>"\r]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A parser makes spaces of line breaks that stand there as they are. */
function inAttribute(text: string): string {
  return escaped(text).replace(/[\t\n]/g, (character) => `&#${character.charCodeAt(0)};`);
}
